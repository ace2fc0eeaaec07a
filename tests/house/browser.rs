//! Scripts of `web/test/browser`: most drive a real Chromium, and each prints one line with what it saw.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::root;

/// Runs a script with these words, and gives what it saw. Fails with that line where something was not as it must be.
/// A script in TypeScript is one of `web/test/real`, and drives the pages' own code without a browser.
pub fn walk(script: &str, words: &[&str]) -> Value {
    let own = Path::new(script).extension().is_some_and(|end| end == "ts");
    let path = Path::new(if own { "test/real" } else { "test/browser" }).join(script);
    let runner = own.then_some("test/run.mjs");
    let output =
        Command::new("node").args(runner).arg(path).args(words).current_dir(root().join("web")).output().unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} {words:?}: {seen} {said}");
    seen
}

/// The same in a real Chromium; `None`, and one line that says so, where the tests were given none.
pub fn browse(script: &str, words: &[&str]) -> Option<Value> {
    if std::env::var_os("PUTOKAZ_TEST_CHROMIUM").is_none() {
        println!("PUTOKAZ_TEST_CHROMIUM names no browser: {script} not driven (cargo xtask test finds one)");
        return None;
    }
    Some(walk(script, words))
}

/// Where walks leave their pictures for a human eye.
pub fn pictures() -> String {
    root().join("target/pictures").display().to_string()
}
