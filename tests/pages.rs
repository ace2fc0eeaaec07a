//! What every answer of both listeners carries, whatever was asked; and the public pages in a real Chromium.

use std::collections::BTreeMap;
use std::process::Command;

use house_tests::{Database, Door, House, Reply, root};
use serde_json::Value;

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];
/// What may be kept by caches: files named by their hash, and documents that are the same for everybody.
const CACHED: [&str; 6] =
    ["/assets/", "/worker.js", "/api/v1/tables", "/api/v1/readers", "/api/v1/places", "/api/v1/country"];

/// Every path a listener describes, with values where it has variables.
fn paths(door: &Door) -> Vec<String> {
    let described = door.get("/api/openapi.json").unwrap().json();
    let written = described["paths"].as_object().unwrap().keys();
    let filled = written.map(|path| {
        let pieces = path.split('/').map(|piece| match piece {
            "{language}" => "fa",
            variable if variable.starts_with('{') => "none",
            fixed => fixed,
        });
        pieces.collect::<Vec<_>>().join("/")
    });
    filled.chain(["/nothing-here", "/xx/report", "/en/nothing", "/assets/../Cargo.toml"].map(str::to_owned)).collect()
}

fn check(reply: &Reply, asked: &str) {
    let header = |name: &str| reply.header(name).unwrap_or_else(|| panic!("{asked}: no {name}"));
    let policy = header("content-security-policy");
    for kept in
        ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"]
    {
        assert!(policy.contains(kept), "{asked}: {policy}");
    }
    for opened in ["unsafe", "http:", "https:", "data:", "*"] {
        assert!(!policy.contains(opened), "{asked}: {policy}");
    }
    assert_eq!(header("referrer-policy"), "no-referrer", "{asked}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{asked}");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{asked}");
    assert!(header("permissions-policy").contains("microphone=()"), "{asked}");
    let cached = header("cache-control");
    let may_be_kept = CACHED.iter().any(|path| asked.contains(path)) && reply.status == 200;
    assert!(cached == "no-store" || may_be_kept, "{asked}: {cached}");
    assert!(reply.header("set-cookie").is_none(), "{asked}: a cookie");
    assert!(reply.header("server").is_none(), "{asked}: names its program");
}

/// Every path, by every method, as a browser and as a program.
fn crawl(door: &Door, name: &str) -> BTreeMap<u16, usize> {
    let mut statuses = BTreeMap::new();
    for path in paths(door) {
        for method in METHODS {
            for accept in ["text/html", "application/json"] {
                let asked = format!("{name} {method} {path} ({accept})");
                let Some(reply) = door.send(method, &path, &[("accept", accept)], b"") else { continue };
                check(&reply, &asked);
                *statuses.entry(reply.status).or_default() += 1;
            }
        }
    }
    statuses
}

#[test]
fn every_route_by_every_method_answers_with_every_header() {
    let house = House::open(Database::Sqlite);
    for (door, name) in [(house.public_door(), "public"), (house.members_door(), "members")] {
        let statuses = crawl(&door, name);
        for status in [200, 404, 405] {
            assert!(statuses.contains_key(&status), "{name}: nothing answered {status}: {statuses:?}");
        }
    }
}

#[test]
fn only_the_form_may_ask_where_the_device_is_and_no_page_names_another_site() {
    let door = House::open(Database::Sqlite);
    let door = door.public_door();
    for path in paths(&door).iter().filter(|path| path.starts_with("/fa/")) {
        let reply = door.send("GET", path, &[("accept", "text/html")], b"").unwrap();
        let may_ask = reply.header("permissions-policy").unwrap().contains("geolocation=(self)");
        let is_form = ["/fa/report", "/fa/child", "/fa/quick"].contains(&path.as_str());
        assert_eq!(may_ask, is_form, "{path}");
        let text = reply.text();
        let loaded = [" src=\"", "<link"].iter().flat_map(|mark| text.split(mark).skip(1));
        for rest in loaded {
            let tag = rest.split('>').next().unwrap_or_default();
            assert!(!tag.contains("//"), "{path} loads {tag}");
        }
        for inline in ["<style", "style=\"", "onclick=", "<script>"] {
            assert!(!text.contains(inline), "{path} holds {inline}");
        }
    }
}

#[test]
fn every_public_page_is_usable_by_everybody_in_a_real_browser() {
    let Ok(chromium) = std::env::var("PUTOKAZ_TEST_CHROMIUM") else {
        println!("PUTOKAZ_TEST_CHROMIUM names no browser: not driven (cargo xtask test finds one)");
        return;
    };
    let house = House::open(Database::Sqlite);
    let output = Command::new("node")
        .args(["test/browser/pages.mjs", &house.public])
        .arg(root().join("target/pictures"))
        .env("CHROMIUM", chromium)
        .current_dir(root().join("web"))
        .output()
        .unwrap();
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    assert!(output.status.success(), "{seen} {}", String::from_utf8_lossy(&output.stderr));
}
