//! The headers every response carries, errors included.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// What a page may ask of the device: nothing, or only its place or its microphone. Without spaces: it travels with every page.
macro_rules! permissions {
    ($place:literal, $microphone:literal) => {
        concat!(
            "accelerometer=(),autoplay=(),browsing-topics=(),camera=(),display-capture=(),geolocation=",
            $place,
            ",gyroscope=(),hid=(),identity-credentials-get=(),idle-detection=(),local-fonts=(),magnetometer=(),microphone=",
            $microphone,
            ",midi=(),payment=(),publickey-credentials-get=(),screen-wake-lock=(),serial=(),usb=(),xr-spatial-tracking=()"
        )
    };
}

/// Writes a content security policy: scripts and styles come from this origin's own files, nothing is inline.
macro_rules! policy {
    ($scripts:literal) => {
        concat!(
            "default-src 'none'; ",
            $scripts,
            "; style-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src blob:; font-src 'self'; \
             manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'"
        )
    };
}

/// What a page may do. A handler puts one on its answer; without one it is the strictest that runs a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Scripts of ours, no place, no worker addresses made by script.
    #[default]
    Strict,
    /// A public page: the Trusted Types policy `putokaz` makes addresses of workers.
    Page,
    /// A public page that may ask the device where it is.
    Place,
    /// A public page in which a person can record their voice.
    Voice,
    /// Both.
    PlaceAndVoice,
    /// No script at all.
    Plain,
    /// A built file: part of a page, never one itself. It may do nothing, and carries only what a file needs.
    Asset,
}

impl Policy {
    const fn content(self) -> &'static str {
        match self {
            Self::Strict => policy!("script-src 'self'; worker-src 'self'; trusted-types 'none'"),
            Self::Page | Self::Place | Self::Voice | Self::PlaceAndVoice => {
                policy!("script-src 'self'; worker-src 'self'; trusted-types putokaz")
            }
            Self::Plain => {
                "default-src 'none'; script-src 'none'; trusted-types 'none'; style-src 'self'; img-src 'self'; \
                 manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                 require-trusted-types-for 'script'"
            }
            Self::Asset => "default-src 'none'; frame-ancestors 'none'",
        }
    }

    const fn permissions(self) -> &'static str {
        match self {
            Self::Place => permissions!("(self)", "()"),
            Self::Voice => permissions!("()", "(self)"),
            Self::PlaceAndVoice => permissions!("(self)", "(self)"),
            // Who runs no script can ask for nothing; the three that matter most are named all the same.
            Self::Plain => "camera=(), geolocation=(), microphone=()",
            _ => permissions!("()", "()"),
        }
    }
}

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// On everything, files included: the worker that seals files is one, and must be embedded as its page is.
const ALWAYS: [(HeaderName, &str); 4] = [
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// On every answer that can be a page. A built file goes without: these would travel again with each piece of a page.
const NAVIGATED: [(HeaderName, &str); 2] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
];

/// Puts the security headers on; a handler cannot weaken them. Nothing is stored by caches unless a handler said so
/// (only files that are the same for everybody may).
pub(crate) fn secure(headers: &mut HeaderMap, policy: Policy) {
    let own = [(PERMISSIONS, policy.permissions())];
    let navigated = NAVIGATED.into_iter().chain(own).filter(|_| policy != Policy::Asset);
    let always = ALWAYS.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy.content())]);
    for (name, value) in always.chain(navigated) {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// The headers of every answer as they are written, for answers that no handler gave: the strictest.
pub fn written_headers() -> Vec<u8> {
    let mut headers = HeaderMap::new();
    secure(&mut headers, Policy::default());
    headers
        .iter()
        .flat_map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handler_cannot_weaken_the_policy_but_may_let_a_public_file_be_cached() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src *"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
        secure(&mut headers, Policy::Strict);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], Policy::Strict.content());
        assert_eq!(headers[header::CACHE_CONTROL], "max-age=60");
        assert!(headers[PERMISSIONS].to_str().is_ok_and(|text| text.contains("geolocation=(),")));
        for policy in [Policy::Strict, Policy::Page, Policy::Place, Policy::Plain] {
            assert!(!policy.content().contains("unsafe") && policy.content().contains("require-trusted-types-for"));
        }
    }

    #[test]
    fn a_built_file_may_do_nothing_and_carries_few_headers() {
        let mut headers = HeaderMap::new();
        secure(&mut headers, Policy::Asset);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
        assert!(!headers.contains_key(PERMISSIONS) && !headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
        let length = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 4;
        assert!(headers.iter().map(length).sum::<usize>() < 300);
    }
}
