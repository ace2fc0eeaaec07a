//! What pages weigh on the wire, in every language they are written in.

use house_tests::{Database, Door, House, Reply, browse};
use words::Language;

/// Bytes that the first load of the sealing form may take, and any page after it.
const FIRST: u64 = 75 * 1024;
const LATER: u64 = 10 * 1024;
const LATER_PAGES: [&str; 6] = ["quick", "receipt", "waiting", "leaving", "link", "import"];

/// Packed bytes of a page's own document with its headers, as the browser counts them: a line more or less.
fn document(door: &Door, path: &str) -> u64 {
    let reply = door.send("GET", path, &[("accept-encoding", "br"), ("accept", "text/html")], &[]).unwrap();
    assert_eq!(reply.status, 200, "{path}");
    u64::try_from(on_the_wire(&reply)).unwrap()
}

/// Bytes of an answer with its headers.
pub(crate) fn on_the_wire(reply: &Reply) -> usize {
    let headers: usize = reply.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    headers + reply.body.len()
}

/// Code, styles and lists are the same in every language; only documents differ. So one language is loaded in a browser, and
/// of the others the documents are weighed.
#[test]
fn no_page_is_too_heavy_in_any_language() {
    let house = House::open(Database::Sqlite);
    let door = house.public_door();
    let pages: Vec<&str> = ["report"].into_iter().chain(LATER_PAGES).collect();
    let words: Vec<String> = pages.iter().map(|page| format!("/en/{page}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(english) = browse("weight.mjs", &[&[house.public.as_str()], words.as_slice()].concat()) else { return };
    let mut heavy = Vec::new();
    for page in pages {
        let seen = &english[format!("/en/{page}")];
        let around = seen["all"].as_u64().unwrap() - seen["document"].as_u64().unwrap();
        let most = if page == "report" { FIRST } else { LATER };
        for language in Language::ALL {
            let bytes = around + document(&door, &format!("/{language}/{page}"));
            println!("{page} {language}: {bytes} bytes");
            if bytes > most {
                heavy.push(format!("/{language}/{page}: {bytes} bytes of {most}"));
            }
        }
    }
    assert_eq!(heavy, Vec::<String>::new());
}
