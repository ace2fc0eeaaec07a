//! Who could read a report, who would hear of it, and who never gets it: decided before anything is sealed.

use std::collections::BTreeMap;

use report::{Area, Code, Coding, ConsentRow, Facets, InstitutionCode, PartKind, PartName};
use routing::{Eligible, EligibleSet, Reason};
use serde_json::{Value, json};
use vault::{Directory, Listed, When};

use crate::Failure;
use crate::around::{Around, Home};

/// The purposes an institution named on the command line may be given a report for, in the order they are tried.
const PURPOSES: [&str; 6] = ["C-OVER", "C-SERV", "C-GUARD", "C-CRIM", "C-INTL", "C-XBOR"];

/// What is decided about a report.
pub struct Plan {
    /// What the server may know.
    pub facets: Facets,
    /// Who reads it.
    pub readers: Vec<Reader>,
    /// Everyone shut out, with the registry's reason where it has one.
    shut_out: BTreeMap<InstitutionCode, Option<Reason>>,
    /// Why a reader that was asked for is none.
    pub refused: Option<String>,
}

/// Somebody who reads a report.
pub struct Reader {
    eligible: Eligible,
    purpose: Code,
    kinds: Vec<PartKind>,
    when: When,
}

impl Reader {
    /// The institution.
    pub fn eligible(&self) -> &Eligible {
        &self.eligible
    }

    /// For what.
    pub fn purpose(&self) -> &Code {
        &self.purpose
    }

    /// Now, or if the lead is silent.
    pub fn when(&self) -> When {
        self.when
    }

    /// Whether it reads this part.
    pub fn reads(&self, part: PartName) -> bool {
        self.kinds.contains(&part.kind())
    }
}

/// What plans are made on.
pub struct Ground<'a> {
    /// The country.
    pub home: &'a Home,
    /// The directory in force.
    pub directory: &'a Directory,
    /// Today.
    pub today: report::Day,
}

impl Ground<'_> {
    /// Decides who reads a coding; an institution asked for by name adds its row to the consent, since naming it is the consent.
    ///
    /// # Errors
    /// When a code of an institution is none.
    pub fn plan(&self, coding: &mut Coding, also: &[String]) -> Result<Plan, Failure> {
        let also = also.iter().map(|code| code.parse()).collect::<Result<Vec<InstitutionCode>, _>>();
        let also = also.map_err(|_| Failure::usage("not the code of an institution"))?;
        let mut plan = self.draw(self.facets(coding));
        let mut asked = Vec::new();
        for code in also {
            match self.ask(&code, coding, &plan) {
                Ok(reader) => asked.push(reader),
                Err(why) => plan.refused = Some(format!("{code}: {why}")),
            }
        }
        if plan.refused.is_none() && !asked.is_empty() {
            plan = self.draw(self.facets(coding));
            let known: Vec<InstitutionCode> =
                plan.readers.iter().map(|reader| reader.eligible.code().clone()).collect();
            plan.readers.extend(asked.into_iter().filter(|reader| !known.contains(reader.eligible.code())));
        }
        Ok(plan)
    }

    /// What the server may know of a coding.
    pub fn facets(&self, coding: &Coding) -> Facets {
        Facets::project(coding, &self.home.country, self.today)
    }

    /// The lead now, the alternate if the lead is silent; nobody when the report is held for the receipt alone.
    pub fn draw(&self, facets: Facets) -> Plan {
        let area = facets.area().cloned().unwrap_or_else(Area::unknown);
        let by_registry = self.home.registry.closure(facets.accused(), &area);
        let mut shut_out: BTreeMap<InstitutionCode, Option<Reason>> =
            self.directory.closure(&facets).into_iter().map(|code| (code, None)).collect();
        shut_out.extend(by_registry.iter().map(|(code, reason)| (code.clone(), Some(reason.clone()))));
        let able = self.directory.eligible(&facets);
        let keep = self.home.country.consent().keep();
        let kept = facets.consent().iter().find(|row| row.purpose == keep.purpose);
        let readers = kept.map_or_else(Vec::new, |row| self.posts(&area, &able, row));
        let readers = readers.into_iter().filter(|reader| !shut_out.contains_key(reader.eligible.code())).collect();
        Plan { facets, readers, shut_out, refused: None }
    }

    fn posts(&self, area: &Area, able: &EligibleSet, row: &ConsentRow) -> Vec<Reader> {
        let leads = &self.directory.body().leads;
        let posts = leads.readers(area, able, |body| self.directory.institution(body).is_some());
        let alone = if posts.lead.is_some() { When::IfSilent } else { When::Now };
        let lead = posts.lead.into_iter().map(|body| (body, When::Now));
        let reader =
            |(eligible, when)| Reader { eligible, purpose: row.purpose.clone(), kinds: row.parts.clone(), when };
        lead.chain(posts.alternate.into_iter().map(|body| (body, alone))).map(reader).collect()
    }

    /// A reader asked for by name, or why it cannot be one.
    fn ask(&self, code: &InstitutionCode, coding: &mut Coding, plan: &Plan) -> Result<Reader, &'static str> {
        if plan.shut_out.contains_key(code) {
            return Err("shut out from this report");
        }
        let able = routing::eligible(&plan.facets, &self.home.registry, self.today);
        let eligible = able.get(code).ok_or("may not receive reports")?;
        self.directory.institution(code).ok_or("not on the system")?;
        if coding.consent.as_ref().is_some_and(Vec::is_empty) {
            return Err("the report is to be held for the receipt alone");
        }
        let rows = coding.consent.get_or_insert_default();
        let given = rows.iter().find(|row| eligible.recipient_kind(&row.purpose) == Some(&row.recipient_kind));
        let row = match given {
            Some(row) => row.clone(),
            None => {
                PURPOSES.iter().find_map(|purpose| row_for(purpose, eligible)).ok_or("no purpose it may act for")?
            }
        };
        if !rows.contains(&row) {
            rows.push(row.clone());
        }
        Ok(Reader { eligible: eligible.clone(), purpose: row.purpose, kinds: row.parts, when: When::Now })
    }

    /// The line of the directory of a reader.
    pub fn listed(&self, reader: &Reader) -> Option<&Listed> {
        self.directory.institution(reader.eligible.code())
    }
}

fn row_for(purpose: &str, eligible: &Eligible) -> Option<ConsentRow> {
    let purpose: Code = purpose.parse().ok()?;
    let recipient_kind = eligible.recipient_kind(&purpose)?.clone();
    Some(ConsentRow { purpose, recipient_kind, parts: vec![PartKind::Account, PartKind::Coding, PartKind::Evidence] })
}

impl Plan {
    /// The three lists, as the contract prints them; `parts` are those of the report.
    pub fn lists(&self, parts: &[PartName], home: &Home, around: &Around) -> Value {
        let reads = |reader: &Reader| {
            let parts: Vec<String> =
                parts.iter().filter(|part| reader.reads(**part)).map(ToString::to_string).collect();
            json!({ "institution": reader.eligible.code(), "parts": parts, "purpose": reader.purpose, "when": reader.when })
        };
        let codes: Vec<&InstitutionCode> = self.readers.iter().map(|reader| reader.eligible.code()).collect();
        let hear = routing::will_hear(&self.facets, &home.registry, around.today, codes);
        let line = |code: &InstitutionCode, reason: &Reason| json!({ "institution": code, "reason": reason.key, "text": around.reason(reason) });
        let shut = |(code, reason): (&InstitutionCode, &Option<Reason>)| match reason {
            Some(reason) => line(code, reason),
            None => {
                json!({ "institution": code, "reason": "reason-accused", "text": around.say("reason-accused", &[]) })
            }
        };
        json!({
            "readers": self.readers.iter().map(reads).collect::<Vec<_>>(),
            "will_hear": hear.iter().map(|one| line(&one.institution, &one.reason)).collect::<Vec<_>>(),
            "shut_out": self.shut_out.iter().map(shut).collect::<Vec<_>>(),
        })
    }
}
