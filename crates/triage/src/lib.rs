#![doc = include_str!("../README.md")]

mod allowing;
mod answer;
mod answering;
mod asked;
mod case;
mod challenge;
mod clocks;
mod confirming;
mod countable;
mod counting;
mod exposure;
mod links;
mod log;
mod own;
mod pages;
mod proposing;
mod queue;
mod releasing;
mod showing;
mod sign_in;
mod signing;
mod standing;
mod state;
mod stating;
mod tables;
mod telling;

pub use state::{Awaited, Dashboard, Founded, Logbook};
use web::Routes;

/// The members' listener's routes, without those both listeners have.
pub fn routes() -> Routes<Dashboard> {
    sign_in::routes()
        .and(queue::routes())
        .and(case::routes())
        .and(showing::routes())
        .and(stating::routes())
        .and(releasing::routes())
        .and(tables::routes())
        .and(links::routes())
        .and(own::routes())
        .and(log::routes())
        .and(web::asset_routes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of docs/api.md under "Members".
    fn documented() -> Vec<(String, String)> {
        let page = include_str!("../../../docs/api.md");
        let (_, members) = page.split_once("## Members").expect("the section is there");
        let rows = members.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let row = |row: &str| {
            let (method, rest) = row.split_once(' ').expect("a method and a path");
            let path = rest.split('?').next().unwrap_or(rest).replace("{part…}", "{*part}");
            (method.to_owned(), path)
        };
        rows.map(row).collect()
    }

    #[test]
    fn every_documented_route_of_the_members_is_there() {
        let built = routes();
        let there: Vec<(&str, &str)> = built.table().iter().map(|entry| (entry.method(), entry.path())).collect();
        let documented = documented();
        assert!(documented.len() > 7);
        for (method, path) in &documented {
            assert!(there.contains(&(method.as_str(), path.as_str())), "{method} {path} is not served");
        }
    }

    #[test]
    fn only_signing_in_and_the_files_of_the_pages_are_open() {
        let built = routes();
        let open = built.table().iter().filter(|entry| entry.who == web::Who::Open);
        let open: Vec<&str> = open.map(web::Entry::path).collect();
        let expected = ["/api/v1/session/challenge", "/api/v1/session", "/sign-in", "/", "/assets/{file}"];
        assert!(open.iter().all(|path| expected.contains(path)), "{open:?}");
    }
}
