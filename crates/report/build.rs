//! Lists every file of `config/` so that the country travels inside the binary. A file added there needs no line of code here.

use std::fmt::Write;
use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config").canonicalize()?;
    println!("cargo::rerun-if-changed={}", config.display());
    let mut files = Vec::new();
    list(&config, "", &mut files)?;
    files.sort();
    let mut rows = String::new();
    for name in &files {
        let path = config.join(name).display().to_string();
        writeln!(rows, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    let out = std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("embedded.rs"), format!("&[\n{rows}]\n"))
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else if Path::new(&name).extension().is_some_and(|end| end == "toml") {
            files.push(name);
        }
    }
    Ok(())
}
