//! The built code of the pages: files under names that carry their own hash, packed once when they were built.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};

use crate::{Code, Described, Encoding, InPath, Policy, Problem, Routes};

/// Files that are named by their hash are the same for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Why the folder cannot be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetsFault {
    /// No `manifest.json`, or it cannot be read: the pages' code was not built.
    NoManifest,
    /// The manifest names a file that is not there.
    Incomplete,
}

/// One file, as it is and packed.
#[derive(Clone, Debug)]
struct Held {
    plain: Bytes,
    packed: BTreeMap<Encoding, Bytes>,
    media: &'static str,
}

/// The folder, read once at start: a page never waits for the disk, and nothing else in the folder can be asked for.
/// Cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    inside: Arc<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    files: BTreeMap<String, Held>,
    names: BTreeMap<String, String>,
}

impl Assets {
    /// Reads `manifest.json` and the files it names.
    ///
    /// # Errors
    /// When the folder was not built or lacks a file.
    pub fn read(folder: &Path) -> Result<Self, AssetsFault> {
        Self::of(|name| std::fs::read(folder.join(name)).ok().map(Bytes::from))
    }

    /// The same from wherever files are found by name, such as in the program itself.
    ///
    /// # Errors
    /// As [`Assets::read`].
    pub fn of(find: impl Fn(&str) -> Option<Bytes>) -> Result<Self, AssetsFault> {
        let manifest = find("manifest.json").ok_or(AssetsFault::NoManifest)?;
        let names: BTreeMap<String, String> = serde_json::from_slice(&manifest).map_err(|_| AssetsFault::NoManifest)?;
        let found = |file: &String| {
            let plain = find(file).ok_or(AssetsFault::Incomplete)?;
            let packed = Encoding::ALL.into_iter();
            let packed = packed.filter_map(|how| Some((how, find(&format!("{file}.{}", how.ending()))?))).collect();
            Ok((file.clone(), Held { plain, packed, media: media(file) }))
        };
        let files = names.values().map(found).collect::<Result<_, _>>()?;
        Ok(Self { inside: Arc::new(Inside { files, names }) })
    }

    /// No code: the pages show, and nothing can be opened, sealed or signed on them. Programs are served as ever.
    pub fn none() -> Self {
        Self::default()
    }

    /// The address of a file by its name without the hash, such as `form.js`.
    pub fn address(&self, name: &str) -> String {
        format!("/assets/{}", self.inside.names.get(name).map_or("none", String::as_str))
    }

    /// The answer to a request for a file by its full name: packed as the asker understands, good for ever.
    ///
    /// # Errors
    /// When the manifest does not name it.
    pub fn answer(&self, name: &str, asked: &HeaderMap) -> Result<Response, Problem> {
        let mut response = self.held(name, asked, FOR_EVER)?;
        response.extensions_mut().insert(Policy::Asset);
        Ok(response)
    }

    /// The same for a file that has an address of its own, such as the service worker: asked for anew each time.
    ///
    /// # Errors
    /// When it was not built.
    pub fn answer_named(&self, name: &str, asked: &HeaderMap) -> Result<Response, Problem> {
        let file = self.inside.names.get(name).ok_or(Code::NotFound)?;
        self.held(file, asked, "no-cache")
    }

    fn held(&self, file: &str, asked: &HeaderMap, cached: &'static str) -> Result<Response, Problem> {
        let held = self.inside.files.get(file).ok_or(Code::NotFound)?;
        let chosen = Encoding::chosen(asked).and_then(|how| Some((how, held.packed.get(&how)?)));
        let mut response = chosen.map_or(&held.plain, |(_, bytes)| bytes).clone().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(held.media));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cached));
        Encoding::tell(chosen.map(|(how, _)| how), headers);
        Ok(response)
    }
}

/// The route both listeners serve these files by.
pub fn asset_routes<S>() -> Routes<S>
where
    S: Clone + Send + Sync + 'static,
    Assets: FromRef<S>,
{
    let file = Described::get("/assets/{file}", "A file of the pages, under a name that carries its hash.");
    Routes::new().open(file.gives_media(200, "text/javascript").gives_media(200, "text/css"), asset)
}

async fn asset(
    State(assets): State<Assets>,
    InPath(name): InPath<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    assets.answer(&name, &asked)
}

fn media(file: &str) -> &'static str {
    match Path::new(file).extension().and_then(|end| end.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(manifest: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [("manifest.json", manifest), ("a-1.js", "1"), ("a-1.js.br", "packed"), ("a-2.css", "2")] {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        folder
    }

    #[test]
    fn only_what_the_manifest_names_is_served() {
        let built = folder(r#"{"a.js":"a-1.js","a.css":"a-2.css"}"#);
        let assets = Assets::read(built.path()).expect("built");
        assert_eq!(assets.address("a.js"), "/assets/a-1.js");
        let css = assets.answer("a-2.css", &HeaderMap::new()).expect("named");
        assert_eq!(css.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(css.headers()[header::CACHE_CONTROL], FOR_EVER);
        for name in ["manifest.json", "../Cargo.toml", "a-1.js.br", "a.js"] {
            assert!(assets.answer(name, &HeaderMap::new()).is_err(), "{name}");
        }
    }

    #[test]
    fn a_file_travels_packed_only_to_who_can_unpack_it() {
        let assets = Assets::read(folder(r#"{"a.js":"a-1.js"}"#).path()).expect("built");
        let asked = |accepts: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts))]);
            assets.answer_named("a.js", &headers).expect("built").headers().get(header::CONTENT_ENCODING).cloned()
        };
        assert_eq!(asked("gzip, br").expect("packed"), "br");
        assert_eq!(asked("gzip, br;q=0"), None);
        assert_eq!(asked("identity"), None);
    }

    #[test]
    fn a_folder_that_was_not_built_is_a_fault_at_start() {
        let empty = tempfile::tempdir().expect("a folder");
        assert_eq!(Assets::read(empty.path()).err(), Some(AssetsFault::NoManifest));
        let gone = folder(r#"{"a.js":"a-3.js"}"#);
        assert_eq!(Assets::read(gone.path()).err(), Some(AssetsFault::Incomplete));
    }
}
