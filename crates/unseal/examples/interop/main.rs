//! `cargo run -p unseal --example interop -- [COUNT]`: exchanges COUNT (1,000) random parts and grants each way with npm's
//! `age-encryption` and prints one JSON line; needs Node and `npm install` in `web/`.

mod exchange;

use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(1_000), |count| count.parse())?;
    if !exchange::is_possible() {
        return Err("needs node, and npm install in web/".into());
    }
    let folder = tempfile::tempdir()?;
    let (opened, read) = exchange::exchange(folder.path(), count, rand::random())?;
    let failed = usize::from(count) * 2 - opened - read;
    Ok(writeln!(
        std::io::stdout(),
        "{}",
        serde_json::json!([{"drill": "interop", "case": "age-encryption", "tried": usize::from(count) * 2, "failed": failed,
            "note": "parts and grants each way with npm's age-encryption"}])
    )?)
}
