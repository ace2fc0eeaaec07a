//! The crate graph is the security policy: what the table in `docs/ARCHITECTURE.md` does not allow must not build.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use house_tests::root;
use serde_json::Value;

type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_arrow_between_crates_stands_in_the_table() {
    let (built, written) = (built(), written());
    let rooms: BTreeSet<_> = written.keys().cloned().collect();
    let crates: BTreeSet<_> = built.keys().filter(|name| !BESIDE.contains(&name.as_str())).cloned().collect();
    assert_eq!(crates, rooms, "crates/ and the table in docs/ARCHITECTURE.md name different rooms");
    for (room, allowed) in &written {
        let extra: Vec<_> = built[room].difference(allowed).collect();
        assert!(extra.is_empty(), "{room} depends on {extra:?}, which the table does not allow");
    }
}

#[test]
fn the_server_cannot_name_what_opens_a_report_and_sees_words_at_the_plain_door_alone() {
    let mut graph = built();
    let rooms = reachable(&graph, "server");
    assert!(rooms.contains("vault"), "the walk works: the server does reach the vault");
    for human in ["unseal", "cli"] {
        assert!(!rooms.contains(human), "{human} is reachable from the server");
    }
    graph.remove("plain");
    let rooms = reachable(&graph, "server");
    assert!(
        rooms.contains("vault") && !rooms.contains("testimony"),
        "words reach the server by another door than the plain one"
    );
}

#[test]
fn a_library_with_power_is_named_only_where_the_table_says() {
    let text = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let rows = rows_of(&text, "| library | only in |");
    assert!(rows.len() >= 4, "the table of libraries is gone");
    let packages = packages();
    for row in rows {
        let (library, allowed) = (name_in(&row[0]), names_in(&row[1]));
        let users: BTreeSet<_> = packages.iter().filter(|p| depends(p, &library)).map(name_of).collect();
        assert!(!users.is_empty(), "nobody uses {library}: the table has a dead row");
        assert!(users.is_subset(&allowed), "{library} is used by {users:?}, allowed is {allowed:?}");
    }
}

/// Packages that stand beside the rooms and may look into any of them.
const BESIDE: [&str; 3] = ["house-tests", "migrations", "xtask"];

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn name_of(package: &Value) -> String {
    package["name"].as_str().unwrap().to_owned()
}

fn depends(package: &Value, library: &str) -> bool {
    normal(package).any(|name| name == library)
}

/// Names of what a package needs to run; what only its tests need does not reach the product.
fn normal(package: &Value) -> impl Iterator<Item = &str> {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|dependency| dependency["kind"].is_null()).map(|dependency| dependency["name"].as_str().unwrap())
}

fn built() -> Graph {
    let packages = packages();
    let ours: BTreeSet<_> = packages.iter().map(name_of).collect();
    let arrows = |package: &Value| normal(package).filter(|name| ours.contains(*name)).map(str::to_owned).collect();
    packages.iter().map(|package| (name_of(package), arrows(package))).collect()
}

fn written() -> Graph {
    let text = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let rows = rows_of(&text, "| crate | one sentence | may depend on |");
    let all: BTreeSet<_> = rows.iter().map(|row| name_in(&row[0])).chain(["migrations".to_owned()]).collect();
    let allowed = |cell: &str| match cell.trim().strip_prefix("all but ") {
        Some(rest) => all.difference(&names_in(rest)).cloned().collect(),
        None => names_in(cell),
    };
    rows.iter().map(|row| (name_in(&row[0]), allowed(&row[2]))).collect()
}

/// The cells of the rows under a table's headline.
fn rows_of(text: &str, headline: &str) -> Vec<Vec<String>> {
    let after = text.split_once(headline).unwrap_or_else(|| panic!("no table {headline}")).1;
    let lines = after.lines().skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn name_in(cell: &str) -> String {
    cell.trim_matches('`').to_owned()
}

fn names_in(cell: &str) -> BTreeSet<String> {
    let names = cell.split(',').map(|name| name.trim().trim_matches('`').to_owned());
    names.filter(|name| !name.is_empty() && name != "–").collect()
}

fn reachable(graph: &Graph, from: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(room) = open.pop() {
        for next in graph.get(&room).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}
