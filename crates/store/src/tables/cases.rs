//! What belongs to a report.

use super::table;

table!(reports, "reports", { report: Vec<u8> }, {
    stage: String,
    outcome: Option<String>,
    filed_day: i32,
    facets: Vec<u8>,
    facets_hash: Vec<u8>,
    registry: String,
    taxonomy: String,
    directory: i32,
    first: Vec<u8>,
    signer: Vec<u8>,
    receipt: String,
    lookup: Vec<u8>,
    lead: Option<String>,
    alternate: Option<String>,
    clock: i32,
    due_hour: Option<i32>,
    severity: i32,
    area: String,
    held: bool,
    plain: bool,
    withdrawn_day: Option<i32>,
    withdrawn_from: Option<String>,
});

table!(report_keys, "report_keys", { report: Vec<u8> }, { key: Vec<u8> });

table!(filed_through, "filed_through", { report: Vec<u8> }, { institution: String });

table!(report_categories, "report_categories", { report: Vec<u8>, category: String }, {});

table!(tombstones, "tombstones", { hash: Vec<u8> }, { day: i32 });

table!(statements, "statements", { hash: Vec<u8> }, {
    report: Vec<u8>,
    act: String,
    author: String,
    signer: Vec<u8>,
    sequence: i32,
    statement: Vec<u8>,
    signature: Vec<u8>,
    facets: Option<Vec<u8>>,
    day: i32,
    ledger_index: i64,
});

table!(consents, "consents", {
    report: Vec<u8>,
    statement: Vec<u8>,
    purpose: String,
    recipient_kind: String,
    part: String,
}, { day: i32 });

table!(parts, "parts", { report: Vec<u8>, part: String }, {
    author: String,
    statement: Vec<u8>,
    sha256: Vec<u8>,
    size: i64,
    blob: Option<String>,
    day: i32,
});

table!(small_parts, "small_parts", { report: Vec<u8>, part: String }, { sealed: Vec<u8> });

table!(grants, "grants", {
    report: Vec<u8>,
    part: String,
    recipient: String,
    purpose: String,
    statement: Vec<u8>,
}, {
    state: String,
    key: Vec<u8>,
    sha256: Vec<u8>,
    wrapped: Option<Vec<u8>>,
    since_day: Option<i32>,
    until_day: Option<i32>,
});

table!(desk, "desk", { institution: String, report: Vec<u8> }, {
    open: bool,
    stage: String,
    rank: i32,
    least: bool,
    due_hour: i32,
    filed_day: i32,
    area: String,
});

table!(clocks, "clocks", { report: Vec<u8>, clock: String }, {
    state: String,
    due_hour: i32,
});

table!(reminders, "reminders", { report: Vec<u8>, clock: String, institution: String }, {});

table!(referrals, "referrals", { report: Vec<u8>, statement: Vec<u8> }, {
    author: String,
    recipient: String,
    purpose: String,
    hazard: Option<String>,
    basis: Option<String>,
    member: Option<String>,
    confirm_hour: Option<i32>,
    confirmed_day: Option<i32>,
    confirmed_by: Option<String>,
    day: i32,
    due_day: Option<i32>,
    reminded: bool,
    answered_day: Option<i32>,
    answer: Option<String>,
});

table!(exposures, "exposures", { institution: String, member: String, day: i32 }, { points: i32, parts: i32 });

table!(incident_reports, "incident_reports", { report: Vec<u8> }, { incident: Vec<u8>, source: String });

table!(findings, "findings", { report: Vec<u8> }, { statement: Vec<u8>, found: String });

table!(verifications, "verifications", { report: Vec<u8>, act: String }, {
    status: String,
    institution: String,
    statement: Vec<u8>,
    day: i32,
});
