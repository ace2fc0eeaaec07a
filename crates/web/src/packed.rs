//! A page that is the same for everybody who asks for it: packed once, and kept. And one that is somebody's own: packed for one answer.

use std::io::Write;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, header};

use crate::Encoding;

/// How hard brotli tries, 0 to 11: a page is packed once, and the last steps save the phone a seventh of it.
const QUALITY: u32 = 11;
/// Bytes that brotli looks back, as a power of two.
const WINDOW: u32 = 18;

/// A page as it is and packed. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Packed {
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
}

impl Packed {
    /// Packs a page.
    pub fn of(page: String) -> Self {
        let packed = (brotli(page.as_bytes(), QUALITY), gzip(page.as_bytes(), Compression::best()));
        Self { brotli: packed.0, gzip: packed.1, plain: Bytes::from(page) }
    }

    /// Bytes of the smallest way over the wire.
    pub fn smallest(&self) -> usize {
        self.brotli.len()
    }

    /// The page as an answer, packed as the asker understands.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let chosen = Encoding::chosen(asked);
        let bytes = match chosen {
            Some(Encoding::Brotli) => &self.brotli,
            Some(Encoding::Gzip) => &self.gzip,
            None => &self.plain,
        };
        told(bytes.clone(), chosen)
    }

    /// A page for one asker alone as an answer, packed so and in no other way. Brotli takes a good part of a second, on a thread that
    /// serves nobody; gzip a few milliseconds, for a page about a sixth larger.
    pub fn once(page: String, chosen: Option<Encoding>) -> Response {
        let bytes = match chosen {
            Some(Encoding::Brotli) => brotli(page.as_bytes(), QUALITY),
            Some(Encoding::Gzip) => gzip(page.as_bytes(), Compression::best()),
            None => Bytes::from(page),
        };
        told(bytes, chosen)
    }
}

fn told(bytes: Bytes, chosen: Option<Encoding>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Encoding::tell(chosen, headers);
    response
}

fn brotli(bytes: &[u8], quality: u32) -> Bytes {
    let mut packer = brotli::CompressorWriter::new(Vec::new(), bytes.len().max(1), quality, WINDOW);
    // Writing to memory does not fail.
    packer.write_all(bytes).ok();
    Bytes::from(packer.into_inner())
}

fn gzip(bytes: &[u8], quality: Compression) -> Bytes {
    let mut packer = GzEncoder::new(Vec::new(), quality);
    packer.write_all(bytes).ok();
    Bytes::from(packer.finish().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_unpacks_to_the_page() {
        let page = "a page that says the same thing often ".repeat(50);
        let packed = Packed::of(page.clone());
        let mut unpacked = String::new();
        brotli::Decompressor::new(&*packed.brotli, 4096).read_to_string(&mut unpacked).expect("brotli");
        assert_eq!(unpacked, page);
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(&*packed.gzip).read_to_string(&mut unpacked).expect("gzip");
        assert_eq!(unpacked, page);
        assert!(packed.brotli.len() < packed.gzip.len() && packed.gzip.len() < page.len() / 10);
    }
}
