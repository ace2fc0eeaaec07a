//! Who would hear of a report through an institution, and the specific yes that a relay takes.

use routing::Hearing;
use serde_json::{Value, json};

use crate::Around;

/// Whether the hazards of a referral were accepted: by its own rules a relay carries the report to somebody who is shut out,
/// so each one must be named. What is told to the accused openly is said with the answer; naming the institution is the yes.
///
/// # Errors
/// The hazards that are open, when some are.
pub fn check<'a>(hearings: &'a [Hearing], accepted: &[String]) -> Result<(), Vec<&'a Hearing>> {
    let named = |one: &Hearing| codes(one).iter().any(|code| accepted.contains(code));
    let open: Vec<&Hearing> = hearings.iter().filter(|one| one.is_relay && !named(one)).collect();
    if open.is_empty() { Ok(()) } else { Err(open) }
}

/// What a relay can be named by: its reason with or without the topic, a short word, or whoever would hear of it.
fn codes(hearing: &Hearing) -> Vec<String> {
    let key = hearing.reason.key;
    let bare = key.strip_prefix("reason-").unwrap_or(key);
    let short = (bare == "relays").then_some("relay");
    let words = [key, bare].into_iter().chain(short).map(str::to_owned);
    words.chain(hearing.hears.iter().map(ToString::to_string)).collect()
}

/// The open hazards in sentences, each with what accepts it.
pub fn tell(open: &[&Hearing], around: &Around) -> String {
    let line = |one: &&Hearing| format!("{} (--accept-hazard {})", around.reason(&one.reason), one.reason.key);
    open.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// Everything that would be heard, as the contract prints it.
pub fn lines(hearings: &[Hearing], around: &Around) -> Vec<Value> {
    let line = |one: &Hearing| json!({ "institution": one.institution, "reason": one.reason.key, "text": around.reason(&one.reason), "hears": one.hears });
    hearings.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use report::{Accused, Facets};

    fn hearings(institution: &str) -> Vec<Hearing> {
        let home = crate::Home::embedded().map_err(|failure| failure.message).unwrap();
        let coding = r#"{"event":{"area":"BA-BIH-01"},"acts":[{"code":"PUSH-01"}],"accused":[{"kind":"P-BP"}]}"#;
        let coding = report::Coding::read(coding.as_bytes()).unwrap();
        let facets = Facets::project(&coding, &home.country, report::Day::new(20_800));
        assert_ne!(facets.accused(), &Accused::default());
        routing::will_hear(&facets, &home.registry, report::Day::new(20_800), [&institution.parse().unwrap()])
    }

    fn accepts(institution: &str, code: &str) -> bool {
        check(&hearings(institution), &[code.to_owned()]).is_ok()
    }

    #[test]
    fn the_ombudsperson_is_no_relay() {
        assert!(accepts("BA-OMB", ""));
    }

    #[test]
    fn a_body_that_passes_on_to_the_accuseds_line_wants_that_named() {
        let open = hearings("BA-PACCB");
        assert!(open.iter().any(|one| one.is_relay));
        assert!(!accepts("BA-PACCB", "always"));
        assert!(accepts("BA-PACCB", "reason-relays"));
    }
}
