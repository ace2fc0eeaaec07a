//! Who can read, who will hear, who never: three lists with one plain reason a line, and what the operator can read.

use report::consent::Leave;
use report::{ConsentRow, Facets, PartKind};
use serde_json::Value;
use vault::When;
use vault::filing::{Ground, Plan, Reader};

use crate::frame::Says;

/// One institution and why it stands in its list.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) why: String,
}

/// One thing that stands in the clear, as the server keeps it and in words.
pub(crate) struct Open {
    pub(crate) what: String,
    pub(crate) values: Vec<String>,
}

/// What is decided about a report, in the reader's language.
pub(crate) struct Lists {
    pub(crate) can_read: Vec<Line>,
    /// Kinds of recipients the reader may pass it on to, because the person agreed.
    pub(crate) may_read: Vec<Line>,
    /// Whether nobody reads because the person wants it so.
    pub(crate) held: bool,
    pub(crate) will_hear: Vec<Line>,
    pub(crate) never: Vec<Line>,
    pub(crate) open: Vec<Open>,
    /// The facets' exact text: word for word what the operator can read afterwards.
    pub(crate) exact: String,
    /// Whether the directory is past its last day.
    pub(crate) stale: bool,
}

impl Lists {
    /// The lists of a plan.
    pub(crate) fn of(plan: &Plan, ground: &Ground<'_>, says: Says<'_>) -> Self {
        let hearing = ground.will_hear(plan);
        let will_hear =
            hearing.iter().map(|one| Line { name: says.institution(&one.institution), why: says.reason(&one.reason) });
        let never = plan.shut_out.iter().map(|(code, reason)| Line {
            name: says.institution(code),
            why: reason.as_ref().map_or_else(|| says.say("reason-accused"), |reason| says.reason(reason)),
        });
        Self {
            can_read: plan.readers.iter().map(|reader| reads(reader, says)).collect(),
            may_read: agreed(plan, ground).iter().map(|one| one.line(says)).collect(),
            held: plan.facets.consent().is_empty(),
            will_hear: will_hear.chain(agreed(plan, ground).iter().filter_map(|one| one.heard(says))).collect(),
            never: never.collect(),
            open: open(&plan.facets, says),
            exact: String::from_utf8(plan.facets.to_bytes()).unwrap_or_default(),
            stale: ground.directory.is_stale(ground.today),
        }
    }
}

/// A row of the person's own, beyond keeping and being counted.
struct Agreed<'a> {
    row: &'a ConsentRow,
    reasons: Vec<&'static str>,
}

fn agreed<'a>(plan: &'a Plan, ground: &Ground<'_>) -> Vec<Agreed<'a>> {
    let explicit = |row: &&ConsentRow| {
        let cell = ground.country.consent().cell(row.purpose.as_str(), row.recipient_kind.as_str());
        cell.is_some_and(|cell| cell.leave == Leave::Explicit) && !row.parts.is_empty()
    };
    let rows = plan.facets.consent().iter().filter(|_| !plan.readers.is_empty()).filter(explicit);
    // Nobody is told of an accusation that points to no institution.
    let accuses =
        plan.shut_out.iter().any(|(_, reason)| reason.as_ref().is_some_and(|one| one.key == "reason-accused"));
    let reasons = |row: &ConsentRow| {
        let all = ground.registry.heard_through(row.purpose.as_str(), row.recipient_kind.as_str(), ground.today);
        all.into_iter().filter(|key| accuses || !key.contains("-tells-")).collect()
    };
    rows.map(|row| Agreed { row, reasons: reasons(row) }).collect()
}

impl Agreed<'_> {
    fn name(&self, says: Says<'_>) -> String {
        says.term("recipient_kind", self.row.recipient_kind.as_str())
    }

    fn line(&self, says: Says<'_>) -> Line {
        let key = if self.row.parts.contains(&PartKind::Identity) { "form-may-named" } else { "form-may-nameless" };
        let purpose = says.term("purpose_consent", self.row.purpose.as_str());
        Line { name: self.name(says), why: says.say_of(key, "purpose", &purpose) }
    }

    fn heard(&self, says: Says<'_>) -> Option<Line> {
        let reasons: Vec<String> = self.reasons.iter().map(|key| says.say(key)).collect();
        let why = says.say_of("form-may-hear", "reasons", &reasons.join(" "));
        (!reasons.is_empty()).then(|| Line { name: self.name(says), why })
    }
}

fn reads(reader: &Reader, says: Says<'_>) -> Line {
    let key = match reader.when() {
        When::Now => "plain-reads-now",
        When::IfSilent => "plain-reads-if-silent",
    };
    let kinds = [
        (PartKind::Account, "plain-part-account"),
        (PartKind::Coding, "plain-part-coding"),
        (PartKind::Evidence, "plain-part-evidence"),
        (PartKind::Message, "plain-part-message"),
        (PartKind::Identity, "plain-part-identity"),
    ];
    let parts: Vec<String> =
        kinds.iter().filter(|(kind, _)| reader.reads_kind(*kind)).map(|(_, key)| says.say(key)).collect();
    Line {
        name: says.institution(reader.eligible().code()),
        why: says.say_of(key, "parts", &parts.join(says.language.comma())),
    }
}

/// Everything of the facets in words, in the order it is kept. Numbers of versions say nothing about anybody.
fn open(facets: &Facets, says: Says<'_>) -> Vec<Open> {
    let Ok(Value::Object(fields)) = serde_json::to_value(facets) else { return Vec::new() };
    let told = FACETS.iter().filter_map(|(name, key)| {
        let values = leaves(fields.get(*name)?, says);
        (!values.is_empty()).then(|| Open { what: says.say(key), values })
    });
    told.collect()
}

/// What each facet is called.
const FACETS: [(&str, &str); 16] = [
    ("accused", "plain-facet-accused"),
    ("consent", "plain-facet-consent"),
    ("recency", "plain-facet-recency"),
    ("clock", "plain-facet-clock"),
    ("urgency", "plain-facet-urgency"),
    ("area", "plain-facet-area"),
    ("period", "plain-facet-period"),
    ("categories", "plain-facet-categories"),
    ("acts", "plain-facet-acts"),
    ("place_kind", "plain-facet-place"),
    ("needs", "plain-facet-needs"),
    ("source_kind", "plain-facet-source"),
    ("language", "plain-facet-language"),
    ("channel", "plain-facet-channel"),
    ("group", "plain-facet-group"),
    ("to_code", "plain-facet-to-code"),
];

/// Every word below a value. Of consent, the purpose says it all: who and which parts stand in the exact text.
fn leaves(value: &Value, says: Says<'_>) -> Vec<String> {
    match value {
        Value::String(code) => vec![says.anything(code)],
        Value::Bool(true) => vec![says.say("plain-yes")],
        Value::Bool(false) => vec![says.say("plain-no")],
        Value::Array(items) => items.iter().flat_map(|item| leaves(item, says)).collect(),
        Value::Object(fields) => match fields.get("purpose") {
            Some(purpose) => leaves(purpose, says),
            None => fields.values().flat_map(|field| leaves(field, says)).collect(),
        },
        Value::Null | Value::Number(_) => Vec::new(),
    }
}
