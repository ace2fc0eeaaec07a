//! What makes a page one filing: 32 random bytes, of which report id and digits are derived.

use hkdf::Hkdf;
use rand::{CryptoRng, RngCore};
use report::ReportId;
use vault::ReceiptDigits;
use zeroize::Zeroizing;

/// Bytes drawn for digits: far more than 23 draws and their retries use.
const ROOM: usize = 1024;

/// The secret of one page. Whoever has it has the digits; it stands in the page of who files, nowhere else.
pub(crate) struct Fresh(Zeroizing<[u8; 32]>);

impl Fresh {
    /// A new one.
    pub(crate) fn draw(chance: &mut (impl RngCore + CryptoRng)) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        chance.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// The one a page carried.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut()).ok().map(|()| Self(bytes))
    }

    /// As the page carries it.
    pub(crate) fn write(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.0))
    }

    /// The report this page files.
    pub(crate) fn report(&self) -> ReportId {
        let mut id = [0; 16];
        self.derive(b"putokaz plain report", &mut id);
        ReportId::new(id)
    }

    /// The digits of that report.
    pub(crate) fn digits(&self) -> ReceiptDigits {
        let mut bytes = Zeroizing::new([0; ROOM]);
        self.derive(b"putokaz plain digits", bytes.as_mut());
        ReceiptDigits::generate(&mut Drawn { bytes, at: 0 })
    }

    fn derive(&self, what: &[u8], into: &mut [u8]) {
        let expanded = Hkdf::<sha2::Sha256>::new(None, self.0.as_ref()).expand(what, into);
        debug_assert!(expanded.is_ok(), "HKDF gives up to 8,160 bytes");
    }
}

/// Derived bytes, handed out as if they were drawn.
struct Drawn {
    bytes: Zeroizing<[u8; ROOM]>,
    at: usize,
}

impl RngCore for Drawn {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_be_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        u64::from(self.next_u32()) << 32 | u64::from(self.next_u32())
    }

    fn fill_bytes(&mut self, into: &mut [u8]) {
        for byte in into {
            *byte = self.bytes.get(self.at).copied().unwrap_or_default();
            self.at = (self.at + 1) % ROOM;
        }
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(into);
        Ok(())
    }
}

impl CryptoRng for Drawn {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_the_same_digits_whenever_it_is_sent() {
        let (page, other) = (Fresh(Zeroizing::new([7; 32])), Fresh(Zeroizing::new([8; 32])));
        let again = Fresh::read(&page.write()).unwrap();
        assert_eq!(*page.digits().groups(), *again.digits().groups());
        assert_eq!(page.report(), again.report());
        assert_ne!(*page.digits().groups(), *other.digits().groups());
        assert_ne!(page.report(), other.report());
        assert!(ReceiptDigits::parse(&page.digits().groups()).is_ok());
    }

    #[test]
    fn the_report_is_not_named_by_what_the_page_carries() {
        let page = Fresh(Zeroizing::new([7; 32]));
        assert!(!page.write().contains(&page.report().to_string()));
        assert!(Fresh::read("07").is_none() && Fresh::read(&"zz".repeat(32)).is_none());
    }
}
