//! Another implementation of age opens what we seal, and we open what it seals.

#[path = "../examples/interop/exchange.rs"]
mod exchange;

use std::io::Write;

const FILES: u16 = 50;

#[test]
fn npms_age_opens_every_part_given_its_key_and_we_open_every_part_of_its() {
    if !exchange::is_possible() {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: node or web/node_modules/age-encryption is absent (npm install in web/)"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (opened, read) = exchange::exchange(folder.path(), FILES, 11).unwrap();
    assert_eq!((opened, read), (usize::from(FILES), usize::from(FILES)));
}
