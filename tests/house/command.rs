//! The real command, as a person types it.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{House, template};

/// What the command said.
#[derive(Debug)]
pub struct Said {
    /// 0 done, 1 refused or failed, 2 wrong usage.
    pub exit: i32,
    /// The document.
    pub stdout: String,
    /// The messages.
    pub stderr: String,
}

impl Said {
    /// The document as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_default()
    }

    /// The document, of a command that must have been done.
    pub fn done(&self) -> Value {
        assert_eq!(self.exit, 0, "{} {}", self.stdout, self.stderr);
        self.json()
    }
}

/// Runs `putokaz` with these words, and `input` on its stdin.
pub fn putokaz(words: &[&str], input: &str) -> Said {
    let mut child = Command::new(template::program("putokaz"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { exit: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl House {
    /// Files a report from this house's visitor.
    pub fn files(&self, report: &Value, more: &[&str]) -> Said {
        let name = format!("report-{}.json", report["account"]["narrative"].as_str().map_or(0, str::len));
        let path = self.write(&name, &report.to_string());
        let mut words = vec!["file", &path, "--to", &self.public];
        words.extend(more);
        putokaz(&words, "")
    }

    /// A member's work from a terminal.
    pub fn desk(&self, member: &str, words: &[&str]) -> Said {
        let key = self.key(member);
        let all = [&["desk"], words, &["--key", &key, "--to", &self.members]].concat();
        putokaz(&all, "")
    }

    /// The reporter comes back with the digits.
    pub fn receipt(&self, digits: &str, more: &[&str]) -> Said {
        let all = [&["receipt", "--to", &self.public], more].concat();
        putokaz(&all, digits)
    }
}
