//! Who would hear of a report through an institution, and the specific yes that takes.

use routing::Hearing;

use crate::Around;

/// An institution that tells the accused only after a separate yes is asked for that yes when it comes to it.
const ASKED_LATER: &str = "reason-tells-on-consent";

/// Whether the hazards of a referral were accepted. One that reaches somebody who is shut out must itself be named;
/// of the others it is enough to name one, since all of them are told together.
///
/// # Errors
/// The hazards that are open, when they are.
pub fn check<'a>(hearings: &'a [Hearing], accepted: &[String]) -> Result<(), Vec<&'a Hearing>> {
    let hazards: Vec<&Hearing> = hearings.iter().filter(|one| one.reason.key != ASKED_LATER).collect();
    let named = |one: &&Hearing| codes(one).iter().any(|code| accepted.contains(code));
    let relays: Vec<&Hearing> = hazards.iter().copied().filter(|one| one.is_relay && !named(one)).collect();
    if !relays.is_empty() {
        return Err(relays);
    }
    if hazards.is_empty() || hazards.iter().any(named) { Ok(()) } else { Err(hazards) }
}

/// What a hazard can be named by: its reason with or without the topic, a short word, or whoever would hear of it.
fn codes(hearing: &Hearing) -> Vec<String> {
    let key = hearing.reason.key;
    let bare = key.strip_prefix("reason-").unwrap_or(key);
    let short: &[&str] = match bare {
        "tells-always" => &["always"],
        "tells-usually" => &["usual"],
        "tells-unknown" => &["unknown", "always"],
        "duty-to-report" | "duty-unknown" => &["duty"],
        "relays" => &["relay"],
        _ => &[],
    };
    let words = [key, bare].into_iter().chain(short.iter().copied()).map(str::to_owned);
    words.chain(hearing.hears.iter().map(ToString::to_string)).collect()
}

/// The open hazards in sentences, each with what accepts it.
pub fn tell(open: &[&Hearing], around: &Around) -> String {
    let line = |one: &&Hearing| format!("{} (--accept-hazard {})", around.reason(&one.reason), one.reason.key);
    open.iter().map(line).collect::<Vec<_>>().join(" ")
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
    fn what_may_reach_the_accused_wants_a_specific_yes() {
        assert!(check(&hearings("BA-OMB"), &[]).is_err());
        assert!(accepts("BA-OMB", "usual") && accepts("BA-OMB", "reason-tells-usually"));
        assert!(!accepts("BA-OMB", "something-else"));
    }

    #[test]
    fn a_body_that_passes_on_to_the_accuseds_line_wants_that_named() {
        let open = hearings("BA-PACCB");
        assert!(open.iter().any(|one| one.is_relay));
        assert!(!accepts("BA-PACCB", "always"));
        assert!(accepts("BA-PACCB", "reason-relays"));
    }
}
