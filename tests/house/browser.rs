//! Scripts of `web/test/browser`: most drive a real Chromium, and each prints one line with what it saw.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

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
    std::env::var_os("PUTOKAZ_TEST_CHROMIUM").or_else(|| not_driven(script))?;
    Some(walk(script, words))
}

/// The same, for a walk that says a line when something is to happen beside the browser, and goes on when it did.
pub fn browse_while(script: &str, words: &[&str], mut meanwhile: impl FnMut(&str)) -> Option<Value> {
    std::env::var_os("PUTOKAZ_TEST_CHROMIUM").or_else(|| not_driven(script))?;
    let mut node = Command::new("node");
    node.arg(Path::new("test/browser").join(script)).args(words).current_dir(root().join("web"));
    let mut browser = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut goes_on, says) = (browser.stdin.take().unwrap(), BufReader::new(browser.stdout.take().unwrap()));
    let mut seen = Value::Null;
    for line in says.lines() {
        let line = line.unwrap();
        seen = serde_json::from_str(&line).unwrap_or_default();
        if seen.is_null() {
            meanwhile(&line);
            goes_on.write_all(b"\n").unwrap();
        }
    }
    assert!(browser.wait().unwrap().success(), "{script} {words:?}: {seen}");
    Some(seen)
}

fn not_driven<T>(script: &str) -> Option<T> {
    println!("PUTOKAZ_TEST_CHROMIUM names no browser: {script} not driven (cargo xtask test finds one)");
    None
}

/// Where walks leave their pictures for a human eye.
pub fn pictures() -> String {
    root().join("target/pictures").display().to_string()
}
