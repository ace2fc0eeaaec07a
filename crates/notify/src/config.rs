//! The section `[mail]` of the deployment's file.

use std::net::IpAddr;

use serde::Deserialize;
use validator::{Validate, ValidationError};

use crate::address::Address;

/// How the connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, and nothing without it.
    StartTls,
    /// None; only to this machine.
    Plain,
}

/// Where mail is handed over. A password stands in a file of its own and is given to [`crate::Post::new`].
#[derive(Clone, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "plain_stays_here"))]
pub struct Config {
    /// The mail server.
    #[validate(length(min = 1, max = 253))]
    pub host: String,
    /// Its port.
    #[validate(range(min = 1))]
    pub port: u16,
    /// How the connection is kept.
    pub security: Security,
    /// Whose name mails carry.
    #[validate(custom(function = "is_address"))]
    pub from: String,
    /// The domain this server calls itself by, in greetings and Message-IDs.
    #[validate(length(min = 1, max = 253), custom(function = "is_domain"))]
    pub domain: String,
    /// The account at the mail server, where it asks for one.
    #[serde(default)]
    #[validate(length(min = 1, max = 128))]
    pub account: Option<String>,
}

fn is_address(text: &str) -> Result<(), ValidationError> {
    text.parse::<Address>().map(|_| ()).map_err(|_| ValidationError::new("not-an-address"))
}

fn is_domain(text: &str) -> Result<(), ValidationError> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    if text.bytes().all(good) { Ok(()) } else { Err(ValidationError::new("not-a-domain")) }
}

fn plain_stays_here(config: &Config) -> Result<(), ValidationError> {
    let here = config.host == "localhost" || config.host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    if config.security == Security::Plain && !here {
        Err(ValidationError::new("plain-leaves-this-machine"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(host: &str, security: Security) -> Config {
        Config {
            host: host.to_owned(),
            port: 25,
            security,
            from: "putokaz@desk.example".to_owned(),
            domain: "desk.example".to_owned(),
            account: None,
        }
    }

    #[test]
    fn a_plain_connection_never_leaves_this_machine() {
        assert!(config("127.0.0.1", Security::Plain).validate().is_ok());
        assert!(config("localhost", Security::Plain).validate().is_ok());
        assert!(config("mail.example", Security::Plain).validate().is_err());
        assert!(config("mail.example", Security::StartTls).validate().is_ok());
    }

    #[test]
    fn a_sender_that_is_no_address_is_refused() {
        let mut wrong = config("localhost", Security::Plain);
        wrong.from = "desk\r\n@example".to_owned();
        assert!(wrong.validate().is_err());
        let mut wrong = config("localhost", Security::Plain);
        wrong.domain = "desk example".to_owned();
        assert!(wrong.validate().is_err());
    }
}
