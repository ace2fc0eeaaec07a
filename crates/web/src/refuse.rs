//! How the refusals of the rooms below become problems.

use report::FacetFault;
use vault::Refusal;

use crate::{Code, Problem};

impl From<Refusal> for Problem {
    /// What does not read at all is a bad request, what is too much is too large, what breaks a rule is unprocessable.
    fn from(refusal: Refusal) -> Self {
        use Refusal as R;
        let code = match refusal {
            R::EnvelopeMagic | R::EnvelopeHead | R::EnvelopeLength | R::StatementShape => Code::EnvelopeUnreadable,
            R::EnvelopeHeadTooLarge | R::EnvelopePartTooLarge | R::EnvelopeTooMany => Code::BodyTooLarge,
            R::GrantConsent | R::FacetsAccused | R::FacetsConsent => Code::NotAgreed,
            // Something else stands in this place by now: whoever sends the same again gets the same answer before this is asked.
            R::StatementSequence | R::PartTaken => Code::Taken,
            R::GrantReader | R::GrantClosure => Code::ReaderRefused,
            _ => Code::SealRefused,
        };
        Self::new(code).named(refusal.code())
    }
}

impl From<FacetFault> for Problem {
    fn from(fault: FacetFault) -> Self {
        let between = if fault.field.is_empty() { "" } else { "/" };
        Self::new(Code::FacetsRefused).field(format!("facets{between}{}", fault.field), fault.code)
    }
}

impl From<store::Error> for Problem {
    /// What only the operator can mend is logged with its class; the reader gets a constant sentence.
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        match error {
            E::Taken => Code::Taken.into(),
            E::Gone => Code::Gone.into(),
            E::Missing => Code::NotFound.into(),
            E::NotNow => Code::Conflict.into(),
            E::NotLead => Code::LeadOnly.into(),
            E::Upload => Refusal::PartMissing.into(),
            E::Busy => Code::Busy.into(),
            E::Outdated | E::Full | E::Away => Self::new(Code::Unavailable).because(error),
            E::Corrupt { .. } | E::Wrapped | E::Former => Self::new(Code::Internal).because(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_leaves_to_the_lead_is_refused_as_the_door_refuses_it() {
        assert_eq!(Problem::from(store::Error::NotLead).code(), Code::LeadOnly);
    }

    #[test]
    fn every_refusal_is_a_clients_fault_under_its_own_name() {
        for refusal in Refusal::ALL {
            let problem = Problem::from(*refusal);
            assert!(problem.code().status().is_client_error());
            assert_eq!(problem.name(), refusal.code());
        }
    }
}
