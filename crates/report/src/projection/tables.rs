//! The projection as plain data, for a second implementation that has no taxonomy of its own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::country::Country;
use crate::origin;
use crate::taxonomy::{Act, Taxonomy, Term};

/// The lists a projection looks at.
const READ: [&str; 9] =
    ["age_band", "channel", "danger", "date_precision", "gender", "language", "need", "place_kind", "source_kind"];

impl Country {
    /// Everything a client needs to project, assess and choose consent without reading `config/`: codes, places, rules, rows.
    /// The vectors in `vectors/projection.json` can be computed from this table alone.
    pub fn tables(&self) -> Value {
        let crossings = self.territories().crossings().map(|crossing| (&crossing.code, &crossing.municipality));
        json!({
            "version": 1,
            "taxonomy": self.taxonomy().version(),
            "acts": acts(self.taxonomy()),
            "lists": lists(self.taxonomy()),
            "areas": self.areas(),
            "facilities": self.facilities(),
            "crossings": crossings.collect::<BTreeMap<_, _>>(),
            "countries": origin::countries().collect::<BTreeMap<_, _>>(),
            "consent": self.consent(),
            "triage": self.triage(),
            "projection": self.projection(),
        })
    }

    fn areas(&self) -> BTreeMap<&str, Value> {
        let tier_2 = |area: &str| self.territories().tier_2(area);
        let units = self.territories().all().map(|unit| (unit.code.as_str(), unit.tier));
        units.map(|(code, tier)| (code, json!({"tier": tier, "tier_2": tier_2(code)}))).collect()
    }

    fn facilities(&self) -> BTreeMap<&str, Value> {
        let rows = self.territories().facilities().map(|facility| {
            let runs = facility.operators.iter();
            let runs: Vec<Value> = runs
                .map(|run| json!({"institution": run.institution, "from": run.validity.from, "to": run.validity.to}))
                .collect();
            (facility.code.as_str(), json!({"municipality": facility.municipality, "operators": runs}))
        });
        rows.collect()
    }
}

fn acts(taxonomy: &Taxonomy) -> BTreeMap<&str, Value> {
    let row =
        |act: &Act| json!({"category": act.category, "clock": act.clock, "severity": act.severity, "flags": act.flags});
    taxonomy.acts().map(|act| (act.code.as_str(), row(act))).collect()
}

/// Lists as code → the attributes that the projection looks at.
fn lists(taxonomy: &Taxonomy) -> BTreeMap<&str, BTreeMap<&str, Value>> {
    let list = |name| taxonomy.list(name).iter().map(|term| (term.code.as_str(), attributes(term))).collect();
    READ.into_iter().map(|name| (name, list(name))).collect()
}

fn attributes(term: &Term) -> Value {
    let mut row = serde_json::Map::new();
    for name in ["danger", "import", "vague"].into_iter().filter(|name| term.flag(name)) {
        row.insert(name.to_owned(), true.into());
    }
    for (name, text) in ["span", "within"].into_iter().filter_map(|name| Some((name, term.text(name)?))) {
        row.insert(name.to_owned(), text.into());
    }
    Value::Object(row)
}
