//! What was typed, as it came: held for the length of one request, wiped after.

use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use web::{Code, Problem};
use zeroize::Zeroizing;

use crate::multipart;
use crate::state::{Plain, SMALL_BODY};

/// The most bytes of a form with its files.
const LIMIT: usize = 9 * 1024 * 1024;
/// The most bytes of all files.
const FILES_LIMIT: usize = 8 * 1024 * 1024;
/// The most fields, and the most files.
const MOST_FIELDS: usize = 2_000;
const MOST_FILES: usize = 8;

/// A file, as it was on the device.
pub(crate) struct File {
    /// Its name there.
    pub(crate) name: Zeroizing<String>,
    /// Its bytes.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

impl File {
    /// The same once more.
    pub(crate) fn again(&self) -> Self {
        Self { name: self.name.clone(), bytes: self.bytes.clone() }
    }
}

/// The fields of a form and its files. Not printable.
#[derive(Default)]
pub(crate) struct Typed {
    fields: Vec<(String, Zeroizing<String>)>,
    pub(crate) files: Vec<File>,
}

impl Typed {
    /// What a field holds, without white space around it; none when it was left empty.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a field that were not left empty.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a field holds this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|held| held == value)
    }

    /// Bytes of all values: room for any of them.
    pub(crate) fn weight(&self) -> usize {
        self.fields.iter().map(|(_, value)| value.len()).sum()
    }

    /// Whether its files are as few and as small as this door takes.
    pub(crate) fn files_fit(&self) -> bool {
        let bytes: usize = self.files.iter().map(|file| file.bytes.len()).sum();
        self.files.len() <= MOST_FILES && bytes <= FILES_LIMIT
    }

    /// A form of these fields.
    #[cfg(test)]
    pub(crate) fn of(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), Zeroizing::new((*value).to_owned())));
        Self { fields: fields.collect(), files: Vec::new() }
    }

    fn urlencoded(body: &[u8]) -> Option<Self> {
        let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let mut typed = Self::default();
        for pair in pairs {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(halves.next().unwrap_or_default())?;
            typed.put(name.to_string(), decoded(halves.next().unwrap_or_default())?)?;
        }
        Some(typed)
    }

    fn multipart(body: &[u8], boundary: &str) -> Option<Self> {
        let mut typed = Self::default();
        for field in multipart::read(body, boundary)? {
            match field.file {
                None => typed.put(field.name.to_owned(), text(field.bytes)?)?,
                Some(name) if name.is_empty() && field.bytes.is_empty() => {}
                Some(name) => {
                    let bytes = Zeroizing::new(field.bytes.to_vec());
                    typed.files.push(File { name: Zeroizing::new(name), bytes });
                }
            }
        }
        Some(typed)
    }

    fn put(&mut self, name: String, value: Zeroizing<String>) -> Option<()> {
        self.fields.push((name, value));
        (self.fields.len() <= MOST_FIELDS).then_some(())
    }
}

/// What was typed, or why it could not be read.
pub(crate) type Sent = Result<Typed, Problem>;

impl FromRequest<Plain> for Typed {
    type Rejection = Problem;

    async fn from_request(request: Request, plain: &Plain) -> Result<Self, Problem> {
        let stated = text_of(request.headers(), header::CONTENT_TYPE).unwrap_or_default().to_owned();
        let boundary = multipart::boundary(&stated);
        let essence = stated.split(';').next().unwrap_or_default().trim();
        if boundary.is_none() && !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Code::TypeUnsupported.into());
        }
        let length = text_of(request.headers(), header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let is_small = length.is_some_and(|length: usize| length <= SMALL_BODY);
        let place = if is_small { None } else { plain.bodies().enter().await };
        if place.is_none() && !is_small {
            // Let pass and kept nowhere: a browser shows the answer only when everything was sent.
            web::pour(request, LIMIT, |_| {}).await?;
            return Err(Code::Busy.into());
        }
        let request = if is_small { request } else { plain.bodies().pace(request) };
        let mut body = Zeroizing::new(Vec::with_capacity(length.unwrap_or(0).min(LIMIT)));
        web::pour(request, LIMIT, |piece| grow(&mut body, piece)).await?;
        let typed = match boundary {
            Some(boundary) => Self::multipart(&body, boundary),
            None => Self::urlencoded(&body),
        };
        typed.ok_or_else(|| Code::BodyUnreadable.into())
    }
}

/// Adds to a buffer; where it must move, what it leaves is wiped.
fn grow(buffer: &mut Zeroizing<Vec<u8>>, piece: &[u8]) {
    let needed = buffer.len() + piece.len();
    if needed > buffer.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(needed.next_power_of_two()));
        larger.extend_from_slice(buffer);
        *buffer = larger;
    }
    buffer.extend_from_slice(piece);
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    std::str::from_utf8(bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// `application/x-www-form-urlencoded`, one name or value.
fn decoded(written: &[u8]) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(written.len()));
    let mut rest = written.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(*rest.next()?)? << 4 | hex_digit(*rest.next()?)?,
            other => *other,
        });
    }
    text(&bytes)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_in_any_script() {
        let typed =
            Typed::urlencoded("acts=PUSH-01&acts=VIOL-01&account.place=%D8%A8%D9%86%D8%AF+1&empty=+".as_bytes());
        let typed = typed.unwrap();
        assert_eq!(typed.all("acts").collect::<Vec<_>>(), ["PUSH-01", "VIOL-01"]);
        assert_eq!(typed.one("account.place"), Some("بند 1"));
        assert_eq!(typed.one("empty"), None);
    }

    #[test]
    fn what_is_no_form_is_refused_whole() {
        for wrong in ["a=%", "a=%4", "a=%zz", "a=%ff"] {
            assert!(Typed::urlencoded(wrong.as_bytes()).is_none(), "{wrong}");
        }
        let many = "a=1&".repeat(MOST_FIELDS + 1);
        assert!(Typed::urlencoded(many.as_bytes()).is_none());
    }

    #[test]
    fn a_buffer_that_grows_holds_what_came() {
        let mut buffer = Zeroizing::new(Vec::new());
        for piece in [[1; 7], [2; 7], [3; 7]] {
            grow(&mut buffer, &piece);
        }
        assert_eq!(buffer.len(), 21);
    }
}
