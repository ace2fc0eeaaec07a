//! Who could read a report, and who never gets it.

use std::collections::{BTreeMap, BTreeSet};

use report::{Area, Code, Coding, ConsentRow, Country, Day, Facets, InstitutionCode, PartKind, PartName};
use routing::{Eligible, EligibleSet, Hearing, Reason, Registry};

use crate::directory::{Directory, Listed};
use crate::statement::When;

/// What is decided about a report.
pub struct Plan {
    /// What the server may know.
    pub facets: Facets,
    /// Who reads it.
    pub readers: Vec<Reader>,
    /// Everyone shut out, with the registry's reason where it has one.
    pub shut_out: BTreeMap<InstitutionCode, Option<Reason>>,
}

/// Somebody who reads a report.
pub struct Reader {
    eligible: Eligible,
    row: ConsentRow,
    when: When,
}

impl Reader {
    /// A reader of what a row of consent names.
    pub fn new(eligible: Eligible, row: ConsentRow, when: When) -> Self {
        Self { eligible, row, when }
    }

    /// The institution.
    pub fn eligible(&self) -> &Eligible {
        &self.eligible
    }

    /// For what.
    pub fn purpose(&self) -> &Code {
        &self.row.purpose
    }

    /// Now, or if the lead is silent.
    pub fn when(&self) -> When {
        self.when
    }

    /// Reads at once from now on: who reads already does not wait for anybody's silence.
    pub fn read_now(&mut self) {
        self.when = When::Now;
    }

    /// Whether it reads this kind of part.
    pub fn reads_kind(&self, kind: PartKind) -> bool {
        self.row.parts.contains(&kind)
    }

    /// Whether it reads this part.
    pub fn reads(&self, part: PartName) -> bool {
        self.reads_kind(part.kind())
    }
}

/// What plans are made on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The country.
    pub country: &'a Country,
    /// Its institutions.
    pub registry: &'a Registry,
    /// The directory in force.
    pub directory: &'a Directory,
    /// Today.
    pub today: Day,
}

impl Ground<'_> {
    /// What the server may know of a coding.
    pub fn facets(&self, coding: &Coding) -> Facets {
        Facets::project(coding, self.country, self.today)
    }

    /// The lead now, the alternate if the lead is silent; nobody when the report is held for the receipt alone.
    pub fn draw(&self, facets: Facets) -> Plan {
        let area = facets.area().cloned().unwrap_or_else(Area::unknown);
        let by_registry = self.registry.closure(facets.accused(), &area);
        let mut shut_out: BTreeMap<InstitutionCode, Option<Reason>> =
            self.directory.closure(&facets).into_iter().map(|code| (code, None)).collect();
        shut_out.extend(by_registry.iter().map(|(code, reason)| (code.clone(), Some(reason.clone()))));
        let able = self.directory.eligible(&facets);
        let keep = self.country.consent().keep();
        let kept = facets.consent().iter().find(|row| row.purpose == keep.purpose);
        let readers = kept.map_or_else(Vec::new, |row| self.posts((&facets, &area), &able, row));
        let readers = readers.into_iter().filter(|reader| !shut_out.contains_key(reader.eligible.code())).collect();
        Plan { facets, readers, shut_out }
    }

    fn posts(&self, (facets, area): (&Facets, &Area), able: &EligibleSet, row: &ConsentRow) -> Vec<Reader> {
        let leads = &self.directory.body().leads;
        let posts = leads.readers(area, able, |body| self.directory.institution(body).is_some());
        let alone = if posts.lead.is_some() { When::IfSilent } else { When::Now };
        let lead = posts.lead.into_iter().map(|body| (body, When::Now));
        let reader = |(eligible, when)| Reader { eligible, row: row.clone(), when };
        let mut readers: Vec<Reader> =
            lead.chain(posts.alternate.into_iter().map(|body| (body, alone))).map(reader).collect();
        let today = readers.iter().find(|reader| reader.when == When::Now);
        let named = today.map_or_else(Vec::new, |reader| self.named(reader, facets));
        readers.extend(named);
        readers
    }

    /// The line of the directory of a reader.
    pub fn listed(&self, reader: &Reader) -> Option<&Listed> {
        self.directory.institution(reader.eligible.code())
    }

    /// Who would hear of it through the readers of a plan.
    pub fn will_hear(&self, plan: &Plan) -> Vec<Hearing> {
        // Somebody with several rows hears, and tells, once.
        let mut seen = BTreeSet::new();
        let codes = plan.readers.iter().map(|reader| reader.eligible.code()).filter(|code| seen.insert(*code));
        routing::will_hear(&plan.facets, self.registry, self.today, codes)
    }

    /// Who reads today also gets what the rows with the name say, each part once: to pass a name on one must have it.
    fn named(&self, reader: &Reader, facets: &Facets) -> Vec<Reader> {
        let able = routing::eligible(facets, self.registry, self.today);
        let Some(body) = able.get(reader.eligible.code()) else { return Vec::new() };
        let mut read: BTreeSet<PartKind> = reader.row.parts.iter().copied().collect();
        let rows = facets.consent().iter().filter(|row| row.parts.contains(&PartKind::Identity));
        let own = rows.filter(|row| body.receives_as(&row.purpose, &row.recipient_kind));
        let named = own.filter_map(|row| {
            let parts: Vec<PartKind> = row.parts.iter().copied().filter(|kind| read.insert(*kind)).collect();
            let row = ConsentRow { parts, ..row.clone() };
            (!row.parts.is_empty()).then(|| Reader { eligible: reader.eligible.clone(), row, when: reader.when })
        });
        named.collect()
    }
}
