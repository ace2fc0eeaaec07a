//! A mail address that was read once.

use std::fmt;
use std::str::FromStr;

/// Where mail goes. Not printable: who works where is nobody's business in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(lettre::Address);

/// The text is no mail address we would write to. Says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl fmt::Display for NotAnAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a mail address")
    }
}

impl std::error::Error for NotAnAddress {}

/// The longest path SMTP carries (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        if text.len() > LONGEST || text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
            return Err(NotAnAddress);
        }
        text.parse().map(Self).map_err(|_| NotAnAddress)
    }
}

impl Address {
    /// What lettre works with.
    pub(crate) fn inner(&self) -> &lettre::Address {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_could_carry_a_second_command_is_none() {
        for text in [
            "a@b.example\r\nRCPT TO:<x@y.example>",
            "a@b.example\0",
            "a b@c.example",
            "a@b.example\u{85}",
            "",
            "a",
            "@b",
        ] {
            assert!(text.parse::<Address>() == Err(NotAnAddress), "{text:?} was taken");
        }
        assert!(format!("{}@b.example", "a".repeat(260)).parse::<Address>().is_err());
        assert!("duty@ngo.example".parse::<Address>().is_ok());
    }
}
