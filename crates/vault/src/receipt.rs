//! The reporter's digits and what comes of them (docs/formats.md, "Receipt").

use std::fmt;

use hkdf::Hkdf;
use rand::{CryptoRng, Rng, RngCore};
use report::Sha256;
use signed::SecretKey;
use zeroize::Zeroizing;

use crate::fault::SealFault;
use crate::hash::sha256;
use crate::hybrid::{Recipient, Seed};

/// How many digits; the last checks the others.
pub const DIGITS: usize = 24;

const LOG_N: u8 = 15;

/// The text is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAReceipt {
    /// Something that is neither a digit nor a space or hyphen.
    Letter,
    /// Not 24 digits.
    Length,
    /// 24 digits, but at least one is mistyped.
    Mistyped,
}

impl NotAReceipt {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Letter => "receipt-letter",
            Self::Length => "receipt-length",
            Self::Mistyped => "receipt-mistyped",
        }
    }
}

impl fmt::Display for NotAReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for NotAReceipt {}

/// The reporter's 24 digits. Wiped when dropped; shown to the reporter once, by [`ReceiptDigits::groups`].
pub struct ReceiptDigits(Zeroizing<[u8; DIGITS]>);

impl ReceiptDigits {
    /// New digits from the caller's chance: 23 random ones (76 bits) and the check digit.
    pub fn generate(rng: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut digits = Zeroizing::new([0; DIGITS]);
        let Some((check, random)) = digits.split_last_mut() else { return Self(digits) };
        for digit in random.iter_mut() {
            *digit = rng.gen_range(0..10);
        }
        *check = (11 - product(random)) % 10;
        Self(digits)
    }

    /// Reads digits as typed: ASCII, Arabic-Indic or Persian, with spaces and hyphens anywhere.
    ///
    /// # Errors
    /// [`NotAReceipt`]; it never repeats what was typed.
    pub fn parse(text: &str) -> Result<Self, NotAReceipt> {
        let mut digits = Zeroizing::new([0; DIGITS]);
        let mut places = digits.iter_mut();
        for typed in text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)) {
            let digit = digit(typed).ok_or(NotAReceipt::Letter)?;
            *places.next().ok_or(NotAReceipt::Length)? = digit;
        }
        if places.next().is_some() {
            return Err(NotAReceipt::Length);
        }
        let good = digits.split_last().is_some_and(|(check, random)| (product(random) + check) % 10 == 1);
        if good { Ok(Self(digits)) } else { Err(NotAReceipt::Mistyped) }
    }

    /// Six groups of four, to be shown or printed for the reporter and nobody else.
    pub fn groups(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(DIGITS + 5));
        for (at, digit) in self.0.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push(' ');
            }
            text.push(char::from(b'0' + digit));
        }
        text
    }

    /// Stretches the digits with the directory's salt: slow on purpose (about 0.2 s).
    ///
    /// # Errors
    /// [`SealFault::Cipher`] never happens with these parameters.
    pub fn stretch(&self, salt: &[u8; 32]) -> Result<Stretched, SealFault> {
        let ascii = Zeroizing::new(self.0.map(|digit| b'0' + digit));
        let parameters = scrypt::Params::new(LOG_N, 8, 1, 32).map_err(|_| SealFault::Cipher)?;
        let mut key = Zeroizing::new([0; 32]);
        scrypt::scrypt(&*ascii, salt, &parameters, key.as_mut()).map_err(|_| SealFault::Cipher)?;
        Stretched::of_key(&key)
    }
}

/// What the digits give. Wiped when dropped.
pub struct Stretched {
    lookup: Zeroizing<[u8; 32]>,
    identity: Seed,
    signing: SecretKey,
}

impl Stretched {
    /// The receipt of a program that keeps a random key instead of digits, such as an import with its journal:
    /// what is random already needs no stretching.
    ///
    /// # Errors
    /// [`SealFault::Cipher`] never happens with these lengths.
    pub fn of_key(key: &Zeroizing<[u8; 32]>) -> Result<Self, SealFault> {
        let derive = Hkdf::<sha2::Sha256>::new(None, key.as_ref());
        let derived = |info: &[u8]| {
            let mut out = Zeroizing::new([0; 32]);
            derive.expand(info, out.as_mut()).map(|()| out).map_err(|_| SealFault::Cipher)
        };
        Ok(Self {
            lookup: derived(b"putokaz/1 lookup")?,
            identity: Seed::of_bytes(derived(b"putokaz/1 identity")?),
            signing: SecretKey::of_seed(&*derived(b"putokaz/1 signing")?),
        })
    }

    /// The lookup id in hexadecimal, for the `Authorization: Receipt` header.
    pub fn lookup(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.lookup))
    }

    /// What the server keeps of it.
    pub fn lookup_hash(&self) -> Sha256 {
        lookup_hash(&self.lookup)
    }

    /// The receipt's recipient: every part of the reporter is granted to it.
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }

    /// The seed of the receipt's identity, for `unseal`.
    pub fn identity(&self) -> &Seed {
        &self.identity
    }

    /// The key the reporter's statements are signed with.
    pub fn signing(&self) -> &SecretKey {
        &self.signing
    }
}

/// What a server keeps of a lookup id.
pub fn lookup_hash(lookup: &[u8; 32]) -> Sha256 {
    sha256(lookup)
}

/// The running product of ISO/IEC 7064 MOD 11,10 after these digits.
fn product(digits: &[u8]) -> u8 {
    digits.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        2 * (if sum == 0 { 10 } else { sum }) % 11
    })
}

fn digit(typed: char) -> Option<u8> {
    let first = [u32::from('0'), 0x0660, 0x06F0];
    let value = first.iter().filter_map(|zero| u32::from(typed).checked_sub(*zero)).find(|value| *value < 10)?;
    u8::try_from(value).ok()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // Known from the standard's use in tax numbers: 86095742719 is valid under MOD 11,10.
        assert_eq!((product(&[8, 6, 0, 9, 5, 7, 4, 2, 7, 1]) + 9) % 10, 1);
    }

    #[test]
    fn digits_read_back_in_three_scripts_and_with_hyphens() {
        let digits = ReceiptDigits::generate(&mut StdRng::seed_from_u64(1));
        let shown = digits.groups();
        for zero in ['0', '\u{660}', '\u{6F0}'] {
            let typed = shown.chars().map(|c| match c.to_digit(10) {
                Some(value) => char::from_u32(u32::from(zero) + value).unwrap(),
                None => '-',
            });
            let typed: String = typed.collect();
            let again = ReceiptDigits::parse(&typed).unwrap();
            assert_eq!(*again.0, *digits.0);
        }
    }

    #[test]
    fn every_single_mistyped_digit_and_every_swap_of_neighbours_is_noticed() {
        for seed in 0..20 {
            let digits = ReceiptDigits::generate(&mut StdRng::seed_from_u64(seed));
            let ascii: Vec<u8> = digits.0.iter().map(|digit| b'0' + digit).collect();
            for at in 0..DIGITS {
                for other in b'0'..=b'9' {
                    let mut typed = ascii.clone();
                    typed[at] = other;
                    let good = ReceiptDigits::parse(std::str::from_utf8(&typed).unwrap()).is_ok();
                    assert_eq!(good, other == ascii[at]);
                }
            }
        }
    }

    #[test]
    fn what_is_no_receipt_says_why_in_one_code() {
        let code = |text| ReceiptDigits::parse(text).err().map(NotAReceipt::code);
        assert_eq!(code("12 34"), Some("receipt-length"));
        assert_eq!(code("1234 5678 9012 3456 7890 12345"), Some("receipt-length"));
        assert_eq!(code("one"), Some("receipt-letter"));
    }

    #[test]
    fn stretching_gives_three_keys_that_have_nothing_in_common() {
        let digits = ReceiptDigits::generate(&mut StdRng::seed_from_u64(2));
        let (one, again, other) =
            (digits.stretch(&[1; 32]).unwrap(), digits.stretch(&[1; 32]).unwrap(), digits.stretch(&[2; 32]).unwrap());
        assert_eq!(one.recipient(), again.recipient());
        assert_eq!(one.signing().public(), again.signing().public());
        assert_ne!(one.lookup_hash(), other.lookup_hash());
        assert_ne!(one.recipient(), other.recipient());
    }

    #[test]
    fn digits_give_the_same_three_keys_in_every_client() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../vectors/receipt.json")).unwrap();
        for vector in vectors.as_array().unwrap() {
            let text = |field: &str| vector[field].as_str().unwrap();
            let salt = hex::decode(text("salt")).unwrap().try_into().unwrap();
            let stretched = ReceiptDigits::parse(text("digits")).unwrap().stretch(&salt).unwrap();
            assert_eq!(stretched.lookup_hash().to_string(), text("lookup"));
            assert_eq!(stretched.recipient().to_string(), text("recipient"));
            assert_eq!(stretched.signing().public().to_string(), text("signer"));
        }
    }
}
