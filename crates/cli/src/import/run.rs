//! `putokaz import`: every row of a table becomes a report or a named fault, and no row becomes two.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use report::{Country, Day, ReportId};
use routing::Registry;
use serde_json::json;
use testimony::Document;
use vault::Stretched;
use vault::hash::sha256;
use zeroize::Zeroizing;

use super::journal::{Journal, row_name};
use super::row::Draft;
use super::table::Row;
use super::{Map, Reader, RowFault, Table};
use crate::command::Import;
use crate::door::Door;
use crate::filing::{Contents, Doing, Ground, Reporter, seal, send, unknown_accused};
use crate::link::FilingLink;
use crate::{Answer, Around, Failure, Home, Outcome, directory};

/// How many rows are sealed and sent at once.
const HANDS: usize = 4;

/// What became of the rows.
#[derive(Default)]
pub(super) struct Tally {
    /// Whether the directory was past its last day.
    directory: &'static str,
    filed: usize,
    pub(super) already: usize,
    to_code: usize,
    pub(super) faults: Vec<RowFault>,
    /// What ended the whole run: the server or the journal cannot be reached.
    broken: Option<Failure>,
}

/// One row that is to be filed, under the name the journal knows it by.
pub(super) struct Due<'a> {
    number: usize,
    name: String,
    pub(super) draft: Draft,
    key_column: &'a str,
}

/// Imports a table.
///
/// # Errors
/// When map, table, journal or directory cannot be read, or the server fails for good; the tally is printed all the same.
pub fn import(asked: &Import, around: &mut Around) -> Outcome {
    let map = Map::read(&asked.map)?;
    let table = Table::read(&asked.file, &map)?;
    let home = Home::embedded()?;
    let link = asked.link.as_deref().map(FilingLink::read).transpose()?;
    let door = Door::new(&asked.public.to, around.language.tag());
    let directory = directory::for_reporter(&door, asked.public.board.as_deref(), around)?;
    let ground = home.ground(&directory, around.today);
    let instance = hex::encode(directory.body().salt);
    let mut tally = Tally { directory: directory::age(&directory, around.today), ..Tally::default() };
    let due = due(&table, &map, (&home, around), &instance, &mut tally);
    let rows = table.rows.len();
    if asked.dry_run {
        tally.filed = 0;
        tally.to_code = due.iter().filter(|due| due.draft.to_code).count();
        for due in &due {
            if let Err(fault) = contents(due, (&home.country, &home.registry, around.today)) {
                tally.faults.push(fault);
            }
        }
        return Ok(Answer::Document(tally.told(rows)));
    }
    let mut secret = [0; 32];
    around.rng.fill_bytes(&mut secret);
    let journal = Mutex::new(Journal::open(&asked.file, secret)?);
    let tally = Work { door: &door, link: link.as_ref(), ground: &ground, journal: &journal, tally: Mutex::new(tally) }
        .all(&due, around);
    match tally.broken {
        Some(ref broken) => {
            let failure = Failure::refused(broken.message.clone());
            Err(failure.with(tally.told(rows)))
        }
        None => Ok(Answer::Document(tally.told(rows))),
    }
}

/// Reads every row; what is none is a fault, what stands twice is filed once.
pub(super) fn due<'a>(
    table: &Table,
    map: &'a Map,
    (home, around): (&Home, &Around),
    instance: &str,
    tally: &mut Tally,
) -> Vec<Due<'a>> {
    let crosswalks = map.crosswalks(home.country.taxonomy());
    let reader = Reader { map, crosswalks: &crosswalks, today: around.today };
    let key_column = map.key.first().map_or("", String::as_str);
    let mut seen: HashMap<String, &Row> = HashMap::new();
    let mut due = Vec::new();
    for row in &table.rows {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                tally.faults.push(fault.clone());
                continue;
            }
        };
        let cells = table.pairs(row);
        let key: Vec<&str> = map.key.iter().map(|name| cell(&cells, name)).collect();
        let name =
            row_name(instance, &map.name, &if key.iter().all(|cell| cell.is_empty()) { whole(&cells) } else { key });
        match seen.get(&name) {
            Some(twin) if twin.cells == row.cells => tally.already += 1,
            Some(_) => tally.faults.push(fault(row.number, key_column, "the key of another row, with other cells")),
            None => {
                seen.insert(name.clone(), row);
                due.push(Due { number: row.number, name, draft: reader.draft(&cells), key_column });
            }
        }
    }
    due
}

fn cell<'a>(cells: &[(&str, &'a str)], name: &str) -> &'a str {
    cells.iter().find(|(heading, _)| *heading == name).map_or("", |(_, text)| text.trim())
}

fn whole<'a>(cells: &[(&str, &'a str)]) -> Vec<&'a str> {
    cells.iter().map(|(_, text)| *text).collect()
}

fn fault(row: usize, column: &str, why: &str) -> RowFault {
    RowFault { row, column: column.to_owned(), why: why.to_owned() }
}

/// A row's report, read and checked as any other.
pub(super) fn contents(
    due: &Due<'_>,
    (country, registry, today): (&Country, &Registry, Day),
) -> Result<Document, RowFault> {
    let text = due.draft.report.to_string();
    let document = Document::read(text.as_bytes()).map_err(|found| fault(due.number, &found.field, found.code))?;
    document.coding.check(country, today).map_err(|faults| {
        let first = faults.first();
        fault(due.number, first.map_or("", |one| one.field.as_str()), first.map_or("", |one| one.code))
    })?;
    match unknown_accused(&document.coding, registry) {
        Some(field) => Err(fault(due.number, &field, "unknown-code")),
        None => Ok(document),
    }
}

/// Sealing and sending, by several hands.
struct Work<'a> {
    door: &'a Door,
    link: Option<&'a FilingLink>,
    ground: &'a Ground<'a>,
    journal: &'a Mutex<Journal>,
    tally: Mutex<Tally>,
}

impl Work<'_> {
    fn all(self, due: &[Due<'_>], around: &mut Around) -> Tally {
        let next = AtomicUsize::new(0);
        let rngs: Vec<Option<StdRng>> = (0..HANDS).map(|_| StdRng::from_rng(&mut around.rng).ok()).collect();
        std::thread::scope(|scope| {
            for rng in rngs.into_iter().flatten() {
                scope.spawn(|| self.hand(due, &next, rng));
            }
        });
        let mut tally = self.tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        tally.faults.sort_by_key(|fault| fault.row);
        tally
    }

    fn hand(&self, due: &[Due<'_>], next: &AtomicUsize, mut rng: StdRng) {
        while let Some(row) = due.get(next.fetch_add(1, Ordering::Relaxed)) {
            if self.tally(|tally| tally.broken.is_some()) {
                return;
            }
            match self.one(row, &mut rng) {
                Ok(true) => self.tally(|tally| {
                    tally.filed += 1;
                    tally.to_code += usize::from(row.draft.to_code);
                }),
                Ok(false) => self.tally(|tally| tally.already += 1),
                Err(End::Row(fault)) => self.tally(|tally| tally.faults.push(fault)),
                Err(End::Run(failure)) => self.tally(|tally| tally.broken = Some(failure)),
            }
        }
    }

    fn tally<T>(&self, with: impl FnOnce(&mut Tally) -> T) -> T {
        with(&mut self.tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn journal<T>(&self, with: impl FnOnce(&mut Journal) -> T) -> T {
        with(&mut self.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Files one row, unless it is kept already: known to the journal, or to the server under the id drawn from the journal's secret.
    fn one(&self, due: &Due<'_>, rng: &mut StdRng) -> Result<bool, End> {
        if self.journal(|journal| journal.holds(&due.name)) {
            return Ok(false);
        }
        let document =
            contents(due, (self.ground.country, self.ground.registry, self.ground.today)).map_err(End::Row)?;
        let plan = self.ground.draw(self.ground.facets(&document.coding));
        let reporter = reporter(self.journal(|journal| journal.seed(&due.name))).map_err(End::Run)?;
        let contents = Contents::of(&document, &[]);
        let parcel = seal(&contents, &plan, &Doing::file(&reporter), self.ground, rng);
        let parcel = parcel.map_err(|failure| End::Row(fault(due.number, "", &failure.message)))?;
        let door = self.link.map_or_else(|| self.door.clone(), |link| link.stand_at(self.door, &plan));
        let filed = match send(&door, parcel, self.ground) {
            Ok(_) => true,
            Err(failure) if matches!(failure.status, Some(409 | 410)) => false,
            Err(failure) if failure.status.is_some_and(|status| status < 500 && status != 429) => {
                return Err(End::Row(fault(due.number, due.key_column, &failure.message)));
            }
            Err(failure) => return Err(End::Run(failure)),
        };
        self.journal(|journal| journal.keep(&due.name, &reporter.report.to_string())).map_err(End::Run)?;
        Ok(filed)
    }
}

/// What ends a row, or the run.
enum End {
    Row(RowFault),
    Run(Failure),
}

/// The id and the receipt of a row: the same on every run, unguessable without the journal.
fn reporter(seed: [u8; 32]) -> Result<Reporter, Failure> {
    let mut id = [0; 16];
    let drawn = sha256(&[b"report\n".as_slice(), &seed].concat());
    id.copy_from_slice(drawn.as_bytes().split_at(16).0);
    let receipt = Stretched::of_key(&Zeroizing::new(seed)).map_err(|fault| Failure::refused(fault.to_string()))?;
    Ok(Reporter { report: ReportId::from(id), receipt })
}

impl Tally {
    fn told(&self, rows: usize) -> serde_json::Value {
        json!({
            "directory": self.directory, "rows": rows, "filed": self.filed, "already": self.already, "faults": self.faults, "to_code": self.to_code,
        })
    }
}
