//! The stable names of everything that can go wrong at a door.

use http::StatusCode;
use words::{Language, text};

/// Writes the enum, its statuses, names and word keys from one table, so that none can be forgotten.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $status:ident, $name:literal;)+) => {
        /// What went wrong, as a name that never changes: clients decide by it, `words` has a sentence for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code there is, for tests and the interface's description.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The HTTP status this code answers with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)+ }
            }

            /// The stable name, as in the `code` field of a problem document.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

        }
    };
}

impl Code {
    /// What happened, in one sentence of the reader's language.
    pub fn title(self, language: Language) -> String {
        let code = self.name();
        text(language, &format!("problem-{code}-title"), &[])
    }

    /// What to do next, in the reader's language.
    pub fn next(self, language: Language) -> String {
        let code = self.name();
        text(language, &format!("problem-{code}-next"), &[])
    }
}

codes! {
    /// Nothing is here, or not for this asker: absent and forbidden answer alike.
    NotFound = NOT_FOUND, "not-found";
    /// The route exists, but not for this method.
    MethodUnknown = METHOD_NOT_ALLOWED, "method-unknown";
    /// The body is of a type this route does not take.
    TypeUnsupported = UNSUPPORTED_MEDIA_TYPE, "type-unsupported";
    /// The body is longer than this route takes.
    BodyTooLarge = PAYLOAD_TOO_LARGE, "body-too-large";
    /// The body ended before what its headers promised.
    BodyCut = BAD_REQUEST, "body-cut";
    /// The body came too slowly.
    BodyTooSlow = REQUEST_TIMEOUT, "body-too-slow";
    /// The body is not JSON (or not the format its type says).
    BodyUnreadable = BAD_REQUEST, "body-unreadable";
    /// The body is JSON, but not of the shape this route takes: an unknown, missing, doubled or mistyped field.
    BodyShape = UNPROCESSABLE_ENTITY, "body-shape";
    /// Fields were read but do not hold what they may hold; the fields are listed.
    FieldsRefused = UNPROCESSABLE_ENTITY, "fields-refused";
    /// A query parameter cannot be read.
    QueryUnreadable = BAD_REQUEST, "query-unreadable";
    /// A header this route needs is missing or cannot be read.
    HeaderUnreadable = BAD_REQUEST, "header-unreadable";
    /// A member must sign in first.
    SignInNeeded = UNAUTHORIZED, "sign-in-needed";
    /// The proof of a member's key does not hold.
    SignInRefused = FORBIDDEN, "sign-in-refused";
    /// A request that changes something came from another site.
    OriginRefused = FORBIDDEN, "origin-refused";
    /// The state the request starts from is no longer the case.
    Conflict = CONFLICT, "conflict";
    /// Another report or statement already has this name.
    Taken = CONFLICT, "taken";
    /// What this names was destroyed.
    Gone = GONE, "gone";
    /// The upload protocol's version is missing or not 1.0.0.
    UploadVersion = PRECONDITION_FAILED, "upload-version";
    /// The upload continues at another byte.
    UploadOffset = CONFLICT, "upload-offset";
    /// Somebody else writes to this upload now.
    UploadBusy = LOCKED, "upload-busy";
    /// The envelope does not read as one.
    EnvelopeUnreadable = BAD_REQUEST, "envelope-unreadable";
    /// The facets hold something the taxonomy does not know or the projection does not allow.
    FacetsRefused = UNPROCESSABLE_ENTITY, "facets-refused";
    /// The statement, a part or a grant breaks a rule of sealing; the field list says which and how.
    SealRefused = UNPROCESSABLE_ENTITY, "seal-refused";
    /// The filing link has ended or is none; the same report can be filed without it.
    LinkEnded = FORBIDDEN, "link-ended";
    /// The anonymous door is busy: a puzzle must be solved first, or a while be waited.
    PuzzleNeeded = TOO_MANY_REQUESTS, "puzzle-needed";
    /// No period that tables are published for is written so.
    StatisticsPeriodUnreadable = BAD_REQUEST, "statistics-period-unreadable";
    /// A table leaves in no such form.
    StatisticsFormUnknown = BAD_REQUEST, "statistics-form-unknown";
    /// The plan of publication has no such table.
    StatisticsUnknownTable = NOT_FOUND, "statistics-unknown-table";
    /// The plan publishes this table for longer periods only.
    StatisticsPeriodTooShort = UNPROCESSABLE_ENTITY, "statistics-period-too-short";
    /// The period has not ended.
    StatisticsPeriodNotOver = CONFLICT, "statistics-period-not-over";
    /// The table was published for a period that shares a day with this one.
    StatisticsAlreadyPublished = CONFLICT, "statistics-already-published";
    /// Small numbers could be worked out from this table and the earlier ones.
    StatisticsUnsafe = CONFLICT, "statistics-unsafe";
    /// A grant for which nobody gave consent.
    NotAgreed = UNPROCESSABLE_ENTITY, "not-agreed";
    /// A grant for who may not receive this report, or nothing sealed at all.
    ReaderRefused = UNPROCESSABLE_ENTITY, "reader-refused";
    /// Only the institution that answers for the report does this.
    LeadOnly = UNPROCESSABLE_ENTITY, "lead-only";
    /// Somebody else than who began it must do this.
    SecondMember = UNPROCESSABLE_ENTITY, "second-member";
    /// More is asked of the server than it can do now.
    Busy = SERVICE_UNAVAILABLE, "busy";
    /// What the server stands on is away.
    Unavailable = SERVICE_UNAVAILABLE, "unavailable";
    /// A fault of the server.
    Internal = INTERNAL_SERVER_ERROR, "internal";
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_a_name_of_its_own_and_an_error_status() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.status().is_client_error() || code.status().is_server_error());
        }
    }

    #[test]
    fn every_code_says_what_happened_and_what_to_do_next() {
        for code in Code::ALL.iter().map(|code| code.name()) {
            assert!(words::known(&format!("problem-{code}-title")), "{code} has no title");
            assert!(words::known(&format!("problem-{code}-next")), "{code} has no next step");
        }
    }
}
