//! What belongs to the house: institutions, ledger, mails, blobs, versions, releases.

use super::table;

table!(incidents, "incidents", { incident: Vec<u8> }, { day: i32 });

table!(releases, "releases", { plan: String, period: String }, {
    number: i32,
    day: i32,
    ledger_size: i32,
    published: Vec<u8>,
});

table!(institutions, "institutions", { institution: String, epoch: i32 }, {
    recipient: String,
    signing: Vec<u8>,
    since_day: i32,
    until_day: Option<i32>,
});

table!(members, "members", { institution: String, member: String }, {
    role: String,
    recipient: String,
    signing: Vec<u8>,
    mailbox: Option<String>,
    since_day: i32,
    until_day: Option<i32>,
});

table!(wraps, "wraps", { institution: String, member: String, epoch: i32 }, { sealed: Vec<u8> });

table!(sessions, "sessions", { token: Vec<u8> }, {
    institution: String,
    member: String,
    idle_minute: i32,
    end_minute: i32,
});

table!(challenges, "challenges", { challenge: Vec<u8> }, { end_minute: i32 });

table!(links, "links", { link: Vec<u8> }, { institution: String, made_day: i32, end_day: i32 });

table!(ledger, "ledger", { ledger_index: i64 }, {
    leaf: Vec<u8>,
    blind: Option<Vec<u8>>,
    event: Option<Vec<u8>>,
    report: Option<Vec<u8>>,
    audience: Option<String>,
});

table!(outbox, "outbox", { mail: Vec<u8> }, {
    institution: String,
    notice: String,
    reference: String,
    state: String,
    attempts: i32,
    next_minute: i32,
});

table!(taken_mails, "taken_mails", { mail: Vec<u8>, addressee: Vec<u8> }, {});

table!(blobs, "blobs", { blob: String }, { sha256: Vec<u8>, size: i64, orphan_day: Option<i32> });

table!(uploads, "uploads", { upload: Vec<u8> }, {
    length: i64,
    received: i64,
    blob: Option<String>,
    begun_day: i32,
});

table!(registry_versions, "registry_versions", { ordinal: i32 }, { version: String, sha256: Vec<u8>, day: i32 });

table!(directory_versions, "directory_versions", { version: i32 }, {
    note: Vec<u8>,
    issued_day: i32,
    expires_day: i32,
});
