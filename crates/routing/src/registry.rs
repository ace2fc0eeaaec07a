//! The registry: which bodies there are, how they stand to each other, and who is shut out when some of them are accused.

use std::collections::{BTreeMap, BTreeSet};

use report::{Accused, Area, Code, Country, Fault, InstitutionCode, Period, Sources};

use crate::bodies::Bodies;
use crate::book::{Book, Roster};
use crate::checks;
use crate::closure::Closure;
use crate::command::{Command, Lines, Shut};
use crate::institution::{Institution, Kind};
use crate::land::Land;
use crate::leads::{Desk, Leads};
use crate::pages::Row;
use crate::pointed::Pointed;
use crate::rules::Rules;
use crate::sharing::Sharing;

/// All bodies a report may go to or be about, their lines of command, and who leads where.
#[derive(Debug, Clone)]
pub struct Registry {
    version: String,
    institutions: Vec<Institution>,
    places: BTreeMap<InstitutionCode, usize>,
    mandates: BTreeMap<Code, String>,
    pub(crate) land: Land,
    pub(crate) rules: Rules,
    leads: Leads,
    desks: Vec<Desk>,
    sharing: Option<Sharing>,
    /// Per institution: everyone shut out when it alone is accused, and why.
    shut: Vec<Shut>,
    /// The same as sets.
    closures: Vec<Bodies>,
    pointed: BTreeMap<Code, Pointed>,
}

impl Registry {
    /// Reads `institutions.toml`, `leads.toml` and `routing.toml` and checks them against each other and the country.
    ///
    /// # Errors
    /// All faults of the three files at once.
    pub fn read(sources: &Sources, country: &Country) -> Result<Self, Vec<Fault>> {
        let (book, mut faults) = Book::read(sources);
        let (roster, more) = Roster::read(sources);
        faults.extend(more);
        let rules = Rules::read(sources).map_err(|more| faults.extend(more)).ok();
        let Some(rules) = rules else { return Err(sorted(faults)) };
        let registry = Self::draw(&book, &roster, rules, Land::of(country));
        faults.extend(checks::all(&registry, sources, country, (&book, &roster)));
        if faults.is_empty() { Ok(registry) } else { Err(sorted(faults)) }
    }

    /// What is wrong with the three files in themselves, where there is no country to hold them to.
    pub fn shape(sources: &Sources) -> Vec<Fault> {
        let rules = Rules::read(sources).err().unwrap_or_default();
        sorted([Book::read(sources).1, Roster::read(sources).1, rules].concat())
    }

    /// Draws the registry from its entries; edges to bodies that are not in it lead nowhere.
    pub(crate) fn draw(book: &Book, roster: &Roster, rules: Rules, land: Land) -> Self {
        let institutions: Vec<Institution> = book.institutions.iter().map(Row::value).cloned().collect();
        let mut places = BTreeMap::new();
        for (place, body) in institutions.iter().enumerate() {
            places.entry(body.code.clone()).or_insert(place);
        }
        let mut registry = Self {
            version: book.as_of.map(|period: Period| period.to_string()).unwrap_or_default(),
            institutions,
            places,
            mandates: book.mandates.clone(),
            land,
            rules,
            leads: Leads::of(roster.leads.iter().map(Row::value).cloned()),
            desks: roster.desks.iter().map(Row::value).cloned().collect(),
            sharing: None,
            shut: Vec::new(),
            closures: Vec::new(),
            pointed: BTreeMap::new(),
        };
        registry.pointed = Pointed::of_all(&registry);
        registry.redraw();
        registry
    }

    /// The same registry, knowing who is on the system and what they share. Without it every body counts as reachable.
    #[must_use]
    pub fn with_sharing(mut self, sharing: Sharing) -> Self {
        self.sharing = Some(sharing);
        self.redraw();
        self
    }

    fn redraw(&mut self) {
        let command = Command::draw(&self.lines());
        self.shut = (0..self.count()).map(|place| command.shut_out(place)).collect();
        self.closures = self.shut.iter().map(|shut| Bodies::of(self.count(), shut.keys().copied())).collect();
    }

    fn lines(&self) -> Lines {
        let of_kind = |kind: Kind| {
            let places = self.institutions.iter().enumerate().filter(move |(_, body)| body.kind == kind);
            Bodies::of(self.count(), places.map(|(place, _)| place))
        };
        let edges = |pick: fn(&Institution) -> Vec<&InstitutionCode>| {
            let each = self.institutions.iter().enumerate();
            each.flat_map(|(from, body)| pick(body).into_iter().filter_map(move |to| Some((from, self.place(to)?))))
                .collect()
        };
        let bonds = self.sharing.iter().flat_map(Sharing::bonds);
        Lines {
            count: self.count(),
            above: edges(|body| body.parent.ever().collect()),
            successors: edges(|body| body.successor.iter().collect()),
            governments: of_kind(Kind::Government),
            offices: of_kind(Kind::Judicial),
            bonds: bonds
                .map(|(bond, holders)| (bond, holders.iter().filter_map(|code| self.place(code)).collect()))
                .collect(),
        }
    }

    /// The registry's version: the period its entries were last checked in.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All institutions, in the order of the file.
    pub fn institutions(&self) -> impl Iterator<Item = &Institution> {
        self.institutions.iter()
    }

    /// An institution by its code.
    pub fn get(&self, code: &InstitutionCode) -> Option<&Institution> {
        self.place(code).and_then(|place| self.at(place))
    }

    /// What an institution is called in a language: by the country's labels, else by the name it has at home, in the labels' base
    /// language by its English one; unknown ones by their code.
    pub fn name<'a>(&'a self, code: &'a InstitutionCode, country: &'a Country, language: &str) -> &'a str {
        let Some(body) = self.get(code) else { return code.as_str() };
        let labels = country.labels();
        let at_home = body.name_local.as_deref().filter(|_| language != labels.base());
        labels.own("institution", code.as_str(), language).or(at_home).unwrap_or(&body.name_en)
    }

    /// What a mandate means, in plain English.
    pub fn mandate(&self, code: &Code) -> Option<&str> {
        self.mandates.get(code).map(String::as_str)
    }

    /// Leads and alternates by area.
    pub fn leads(&self) -> &Leads {
        &self.leads
    }

    /// When an institution that leads reads.
    pub fn desk(&self, code: &InstitutionCode) -> Option<&Desk> {
        self.desks.iter().find(|desk| desk.institution == *code)
    }

    /// Who runs the server and who owns its machines.
    pub fn keepers(&self) -> [&InstitutionCode; 2] {
        self.rules.keepers().map(toml::Spanned::get_ref)
    }

    /// Whether an institution is on the system; everyone counts as reachable until `with_sharing` has told who is.
    pub fn is_present(&self, code: &InstitutionCode) -> bool {
        self.sharing.as_ref().is_none_or(|sharing| sharing.is_present(code))
    }

    /// The accused institutions the registry does not know. Their closure is only themselves; whoever takes facets refuses them.
    pub fn unknown<'a>(&self, accused: &'a Accused) -> Vec<&'a InstitutionCode> {
        accused.institutions.iter().filter(|code| self.place(code).is_none()).collect()
    }

    /// Everyone who must never receive a report that accuses these, at a place; each with one reason.
    pub fn closure(&self, accused: &Accused, area: &Area) -> Closure {
        let bases = self.bases(accused, area);
        Closure::drawn(self, &bases, self.unknown(accused).into_iter().cloned().collect::<BTreeSet<_>>())
    }

    /// The bodies that are accused: those named, and those the kinds point to at the place.
    pub(crate) fn bases(&self, accused: &Accused, area: &Area) -> Bodies {
        let mut bases = Bodies::of(self.count(), accused.institutions.iter().filter_map(|code| self.place(code)));
        let cells = self.land.cells(area);
        for pointed in accused.kinds.iter().filter_map(|kind| self.pointed.get(kind)) {
            bases.unite(&pointed.at(&cells));
        }
        bases
    }

    /// The closure as a set: the union of the closures of each.
    pub(crate) fn closure_of(&self, bases: &Bodies) -> Bodies {
        let mut all = Bodies::none(self.count());
        for closure in bases.iter().filter_map(|place| self.closures.get(place)) {
            all.unite(closure);
        }
        all
    }

    pub(crate) fn shut(&self, place: usize) -> Option<&Shut> {
        self.shut.get(place)
    }

    pub(crate) fn pointed(&self) -> &BTreeMap<Code, Pointed> {
        &self.pointed
    }

    pub(crate) fn count(&self) -> usize {
        self.institutions.len()
    }

    pub(crate) fn place(&self, code: &InstitutionCode) -> Option<usize> {
        self.places.get(code).copied()
    }

    pub(crate) fn at(&self, place: usize) -> Option<&Institution> {
        self.institutions.get(place)
    }

    pub(crate) fn mandates(&self) -> &BTreeMap<Code, String> {
        &self.mandates
    }

    /// Whether a body is competent at one of these cells, by its territory.
    pub(crate) fn covers(&self, body: &Institution, cells: &[&Area]) -> bool {
        body.territory.iter().any(|ground| cells.iter().any(|cell| self.land.touch(ground, cell)))
    }
}

fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}
