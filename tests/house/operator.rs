//! What whoever holds the machine, or the board's keys, can do beside the doors.

use std::path::Path;

use crate::rows::{Connection, Field, Table};
use crate::{House, Said, free_port, putokaz, template, wait_for};

impl House {
    /// A command of the server's own program, with this house's settings or those of another file.
    pub fn operator(&self, command: &str, settings: &str, more: &[&str]) -> Said {
        let mut words = vec![command, "--config", settings];
        words.extend(more);
        let output = std::process::Command::new(template::program("putokaz-server")).args(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Said { exit: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Settings for a second server on the same folder and database, at other ports.
    pub fn twin(&self) -> String {
        let own = std::fs::read_to_string(self.file("server.toml")).unwrap();
        let elsewhere = |text: String, base: &str| {
            text.replace(base.trim_start_matches("http://"), &format!("127.0.0.1:{}", free_port()))
        };
        self.write("twin.toml", &elsewhere(elsewhere(own, &self.public), &self.members))
    }

    /// Takes away everything in the house's folder but what is named.
    pub fn empty_but(&self, kept: &[&str]) {
        for entry in std::fs::read_dir(self.file("")).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if kept.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
        }
    }

    /// Puts another directory in force, of this version and first day, and starts the server on it. Those left out lose their keys.
    pub fn sign_directory(&mut self, version: u32, issued: report::Day, without: &[&str]) {
        self.write_directory(version, issued, without);
        self.kill_and_restart();
    }

    /// Signs another directory, which counts when the server starts the next time.
    pub fn write_directory(&self, version: u32, issued: report::Day, without: &[&str]) {
        for code in without {
            std::fs::remove_file(self.file(&format!("enrolments/{code}.json"))).unwrap();
        }
        let salt = std::fs::read_to_string(self.file("salt")).unwrap();
        let (version, issued) = (version.to_string(), issued.to_string());
        let files = ["server.pub", "board-1.key", "board-2.key", "directory.note"].map(|name| self.file(name));
        let [server, one, two, out] = &files;
        let mut words = vec!["keys", "directory", "--deployment", "training", "--training", "--salt", salt.trim()];
        words.extend(["--version", &version, "--issued", &issued, "--server", server, "--sign", one, "--sign", two]);
        words.extend(["--out", out]);
        let country = self.file("country");
        if Path::new(&country).is_dir() {
            words.extend(["--config", &country]);
        }
        let enrolments = std::fs::read_dir(self.file("enrolments")).unwrap();
        let enrolments: Vec<_> = enrolments.map(|entry| entry.unwrap().path().display().to_string()).collect();
        words.extend(enrolments.iter().map(String::as_str));
        putokaz(&words, "").done();
    }

    /// Gives an institution its next keys, opened with a member's file, and says what that said. They count from the next directory on.
    pub fn rotate(&self, member: &str, more: &[&str]) -> Said {
        let (institution, _) = member.split_once('.').unwrap();
        let (key, out) = (self.key(member), self.file(""));
        putokaz(&[&["keys", "rotate", institution, "--key", &key, "--out", &out], more].concat(), "")
    }

    /// Every table that holds something, read past the server.
    pub fn tables(&self) -> Vec<Table> {
        wait_for(async { Connection::open(&self.url()).await.tables().await })
    }

    /// Runs a statement with its values in the database, past the server and all its checks.
    pub fn alter_with(&self, statement: &str, values: &[Field]) {
        wait_for(async { Connection::open(&self.url()).await.run(statement, values.iter()).await });
    }
}
