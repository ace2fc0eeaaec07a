//! What somebody who takes this machine would see, on one page.

use std::fmt::Write;

use report::fields::{Class, fields};

use crate::command::Failure;
use crate::start::{database_url, open_store};
use crate::{Config, instruments};

/// The page: what lies there, and what of each table can be read.
pub async fn page(config: &Config) -> Result<String, Failure> {
    let store = open_store(config, &instruments::machine()).await?;
    let seen = store.snapshot().await.map_err(Failure::of)?.exposure().await.map_err(Failure::of)?;
    let kind = if database_url(config)?.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let mut page = format!(
        "What somebody who takes this machine would see\n\ndeployment {}, database {kind}\n\n\
         {:>10}  reports, each with its facets\n{:>10}  sealed parts, {} bytes, closed\n\
         {:>10}  mail addresses of members\n{:>10}  members signed in\n{:>10}  uploads without a statement\n",
        config.deployment, seen.reports, seen.parts, seen.sealed_bytes, seen.mailboxes, seen.sessions, seen.uploads
    );
    for (institution, grants) in &seen.grants {
        writeln!(page, "{grants:>10}  grants that {institution} could open and this machine cannot")
            .map_err(Failure::of)?;
    }
    page.push_str("\ntable                 readable: facets, (careful facets); sealed columns are closed\n");
    for (table, columns) in fields()? {
        let of = |class: Class| {
            columns.iter().filter(|(_, of)| **of == class).map(|(name, _)| name.as_str()).collect::<Vec<_>>()
        };
        let careful = of(Class::C).into_iter().map(|name| format!("({name})"));
        let readable: Vec<String> = of(Class::F).into_iter().map(str::to_owned).chain(careful).collect();
        let sealed = of(Class::S);
        if !(readable.is_empty() && sealed.is_empty()) {
            let closed = if sealed.is_empty() { String::new() } else { format!("; sealed: {}", sealed.join(", ")) };
            writeln!(page, "{table:<21} {}{closed}", readable.join(", ")).map_err(Failure::of)?;
        }
    }
    page.push_str(MEANING);
    Ok(page)
}

const MEANING: &str = "
Tables and columns not named are administration: ids, hashes, public keys, days, the log.

Readable: the facets of every report - what kind of thing was reported, in which municipality at the finest, in which week,
who of the registry is accused, which language, how urgent; which institution may read which part, and since when.
Protected reports (sexual violence, children, health): only that there is one, its tier-2 area and its month.

Not readable, whatever else is taken from here: accounts, names, contacts, exact places and times, files, messages, notes.
They are sealed to institutions and to the reporter's digits; no key that opens them was ever on this machine.

With the signing key of this server a thief can sign acknowledgements and checkpoints; nobody's report opens with it.
The database and report_keys together let nobody read either: they only keep grants, which are sealed themselves.
Addresses and browsers of reporters are nowhere: not in the database, not in the log.
";
