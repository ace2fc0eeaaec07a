//! How an answer is packed for its way over the wire.

use http::{HeaderMap, HeaderValue, header};

/// A packing that a browser may understand, the smaller first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Encoding {
    /// Both, the smaller first.
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its name in `Content-Encoding`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The ending of a packed file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    /// The smallest packing the asker understands.
    pub fn chosen(asked: &HeaderMap) -> Option<Self> {
        Self::understood(asked).next()
    }

    /// A packing the asker understands that takes little work.
    pub fn quick(asked: &HeaderMap) -> Option<Self> {
        Self::understood(asked).find(|how| *how == Self::Gzip)
    }

    fn understood(asked: &HeaderMap) -> impl Iterator<Item = Self> {
        let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self::ALL.into_iter().filter(|how| accepts.split(',').any(|wish| how.is_wanted(wish)))
    }

    fn is_wanted(self, wish: &str) -> bool {
        let mut fields = wish.split(';').map(str::trim);
        let named = fields.next().is_some_and(|name| name.eq_ignore_ascii_case(self.name()));
        let refused = |field: &str| field.strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>() == Ok(0.0));
        named && !fields.any(refused)
    }

    /// Says on an answer how it is packed, and that others may get it packed otherwise.
    pub fn tell(chosen: Option<Self>, headers: &mut HeaderMap) {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(how) = chosen {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(how.name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_and_a_quick_one_are_chosen_of_what_is_understood() {
        let both = |accepts: &'static str| {
            let asked = [(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts))].into_iter().collect();
            (Encoding::chosen(&asked), Encoding::quick(&asked))
        };
        assert_eq!(both("gzip, deflate, br, zstd"), (Some(Encoding::Brotli), Some(Encoding::Gzip)));
        assert_eq!(both("br"), (Some(Encoding::Brotli), None));
        assert_eq!(both("br;q=0, gzip"), (Some(Encoding::Gzip), Some(Encoding::Gzip)));
        assert_eq!(both("identity"), (None, None));
    }
}
