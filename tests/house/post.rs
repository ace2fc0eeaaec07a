//! A real SMTP server for one house, and what arrived at it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::root;

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// To whom it was handed over.
    pub to: Vec<String>,
    /// Its bytes, headers first.
    pub raw: String,
}

/// The server and its mailbox.
pub struct Post {
    /// Where it listens on the loopback.
    pub port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    server: Child,
}

impl Post {
    /// Starts it.
    pub fn open() -> Self {
        let mut server = Command::new("node")
            .arg("test/parts/smtp.mjs")
            .current_dir(root().join("web"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let arriving = Arc::clone(&mails);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let line: Value = serde_json::from_str(&line).unwrap();
                let to = line["to"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
                arriving.lock().unwrap().push(Mail { to, raw: line["raw"].as_str().unwrap().to_owned() });
            }
        });
        Self { port: u16::try_from(first["port"].as_u64().unwrap()).unwrap(), mails, server }
    }

    /// What has arrived so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    /// Waits until a mail to `address` is there.
    pub fn wait_for(&self, address: &str) -> Mail {
        let begun = Instant::now();
        loop {
            let found = self.mails().into_iter().find(|mail| mail.to.iter().any(|to| to == address));
            if let Some(mail) = found {
                return mail;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no mail to {address} came");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
