//! How the refusals of the rooms below become problems. Every match is whole, so that a new refusal must be given an answer.

use report::facets::FacetFault;
use vault::Refusal;
use web::{Code, Problem};

/// An envelope that was refused: what does not read at all is a bad request, what breaks a rule is unprocessable.
pub(crate) fn envelope(refusal: Refusal) -> Problem {
    use Refusal as R;
    let code = match refusal {
        R::EnvelopeMagic | R::EnvelopeHead | R::EnvelopeLength | R::StatementShape => Code::EnvelopeUnreadable,
        R::EnvelopeHeadTooLarge | R::EnvelopePartTooLarge | R::EnvelopeTooMany => Code::BodyTooLarge,
        _ => Code::SealRefused,
    };
    Problem::new(code).named(refusal.code())
}

/// Facets that were not admitted.
pub(crate) fn facets(fault: &FacetFault) -> Problem {
    Problem::new(Code::FacetsRefused).field(format!("facets{}{}", separator(fault.field), fault.field), fault.code)
}

fn separator(field: &str) -> &'static str {
    if field.is_empty() { "" } else { "/" }
}

/// A refusal of the store. What only the operator can mend is logged with its class.
pub(crate) fn stored(error: store::Error) -> Problem {
    use store::Error as E;
    match error {
        E::Taken => Code::Taken.into(),
        E::Gone => Code::Gone.into(),
        E::Missing => Code::NotFound.into(),
        E::NotNow => Code::Conflict.into(),
        E::Upload => envelope(Refusal::PartMissing),
        E::Busy => Code::Busy.into(),
        E::Outdated | E::Full | E::Away => Problem::new(Code::Unavailable).because(error),
        E::Corrupt { .. } => Problem::new(Code::Internal).because(error),
    }
}
