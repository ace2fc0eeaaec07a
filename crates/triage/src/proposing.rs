//! Who could be asked, who would hear of it, who never: the router's lists for a page and for programs.

use report::{Country, Day, Facets, InstitutionCode};
use routing::institution::{Anonymous, Disclosure, LimitFrom, Signature};
use routing::{Agreement, Hearing, Proposal, Proposals, Reason, Registry};
use schemars::JsonSchema;
use serde::Serialize;
use words::text;

use crate::pages::{Fact, InstitutionLine, InstitutionList};
use crate::telling::Telling;

/// One reason: a code for programs, a sentence for people.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReasonLine {
    /// Key of the sentence.
    pub code: &'static str,
    /// The sentence, in the reader's language.
    pub text: String,
}

/// One institution that could be asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProposalLine {
    /// Its code.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Purpose of consent it would be asked for.
    pub purpose: String,
    /// As which kind of recipient.
    pub recipient_kind: String,
    /// `given`, `missing` or `vital-interest`.
    pub agreement: String,
    /// Kinds of parts it would get.
    pub parts: Vec<String>,
    /// Why it is proposed, and what to know before asking.
    pub reasons: Vec<ReasonLine>,
    /// Whether it tells the accused: `never`, `on_consent`, `usual`, `always`.
    pub tells_accused: &'static str,
    /// Whether it wants a signature.
    pub needs_signature: bool,
    /// Whether it takes reports without a name: `yes`, `discretion`, `no`, `unknown`.
    pub anonymous: &'static str,
    /// Days in which it must be asked, where there is a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_days: Option<u16>,
    /// Languages it works in.
    pub languages: Vec<String>,
    /// Codes to accept before asking: whoever is shut out and would hear of it.
    pub hazard: Vec<String>,
    /// Whether it has keys here.
    pub on_system: bool,
}

/// One institution with reasons.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedLine {
    /// Its code.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Why it stands in this list.
    pub reasons: Vec<ReasonLine>,
}

/// The answer of `GET /api/v1/reports/{report}/routes`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Routes {
    /// Must be asked.
    pub required: Vec<ProposalLine>,
    /// Fit, and tell nobody who is shut out.
    pub recommended: Vec<ProposalLine>,
    /// Fit, with something to weigh first.
    pub possible: Vec<ProposalLine>,
    /// Never.
    pub shut_out: Vec<ListedLine>,
    /// Would hear of it, through whom.
    pub will_hear: Vec<ListedLine>,
}

/// The registry as somebody asks it about one report.
#[derive(Clone, Copy)]
pub struct Proposing<'a> {
    /// Who asks, in which language.
    pub telling: Telling<'a>,
    /// The institutions.
    pub registry: &'a Registry,
    /// The day.
    pub today: Day,
}

impl Proposing<'_> {
    /// What the router proposes for these facets.
    pub fn propose(&self, facets: &Facets) -> Proposals {
        let country: &Country = self.telling.country;
        routing::propose(facets, self.registry, country, self.today)
    }

    /// The lists for programs.
    pub fn routes(&self, proposals: &Proposals) -> Routes {
        let lines = |list: &[Proposal]| list.iter().map(|proposal| self.proposal(proposal)).collect();
        let shut_out = proposals.shut_out.iter().map(|line| self.listed(&line.institution, &line.reason));
        let will_hear = proposals.will_hear.iter().map(|line| self.listed(&line.institution, &line.reason));
        Routes {
            required: lines(&proposals.required),
            recommended: lines(&proposals.recommended),
            possible: lines(&proposals.possible),
            shut_out: shut_out.collect(),
            will_hear: will_hear.collect(),
        }
    }

    /// The name of an institution.
    pub fn name(&self, code: &InstitutionCode) -> String {
        let telling = &self.telling;
        self.registry.name(code, telling.country, telling.tag()).to_owned()
    }

    /// The facets in words, with names in place of codes.
    pub fn facts(&self, facets: &Facets) -> Vec<Fact> {
        self.telling.facts(facets, |code| self.name(code))
    }

    /// One sentence about whether an institution tells the accused, and the word for programs.
    pub fn tells(&self, code: &InstitutionCode) -> (&'static str, String) {
        let disclosure = self.registry.get(code).map_or(Disclosure::Unknown, |body| body.respondent_disclosure);
        let (word, key) = match disclosure {
            Disclosure::Never => ("never", "dashboard-tells-never"),
            Disclosure::OnConsent => ("on_consent", "dashboard-tells-consent"),
            Disclosure::Usual => ("usual", "dashboard-tells-usual"),
            Disclosure::Always | Disclosure::Unknown => ("always", "dashboard-tells-always"),
        };
        (word, self.telling.say(key))
    }

    /// The lists for the page: proposals by weight, then *can read*, *will hear of it*, *never*.
    pub fn lists(&self, proposals: &Proposals, readers: &[InstitutionCode]) -> Vec<InstitutionList> {
        let proposed = [
            ("dashboard-list-required", &proposals.required),
            ("dashboard-list-recommended", &proposals.recommended),
            ("dashboard-list-possible", &proposals.possible),
        ];
        let mut lists: Vec<InstitutionList> = proposed
            .into_iter()
            .map(|(key, list)| self.list(key, list.iter().map(|proposal| self.line(proposal, readers)).collect()))
            .collect();
        // Whoever must be asked must be asked: where they have no keys here, by other ways.
        for (line, proposal) in lists.iter_mut().flat_map(|list| &mut list.lines).zip(&proposals.required) {
            line.is_outside = !proposal.is_present;
        }
        let holds = || vec![self.telling.say("dashboard-holds-grant")];
        let read = readers.iter().map(|code| InstitutionLine::named(self.name(code), holds()));
        lists.push(self.list("dashboard-list-can-read", read.collect()));
        let heard = joined(proposals.will_hear.iter().map(|line| (&line.institution, self.heard(line))));
        lists.push(self.list("dashboard-list-will-hear", self.plain(heard)));
        let never = joined(proposals.shut_out.iter().map(|line| (&line.institution, self.sentence(&line.reason))));
        lists.push(self.list("dashboard-list-never", self.plain(never)));
        lists
    }

    fn list(&self, key: &str, lines: Vec<InstitutionLine>) -> InstitutionList {
        let folded =
            !matches!(key, "dashboard-list-required" | "dashboard-list-recommended" | "dashboard-list-can-read");
        InstitutionList { title: self.telling.say(key), lines, folded }
    }

    fn plain(&self, lines: Vec<(&InstitutionCode, Vec<String>)>) -> Vec<InstitutionLine> {
        let line = |(code, reasons)| InstitutionLine::named(self.name(code), reasons);
        lines.into_iter().map(line).collect()
    }

    fn heard(&self, line: &Hearing) -> String {
        let told = self.sentence(&line.reason);
        let names: Vec<String> = line.hears.iter().take(3).map(|code| self.name(code)).collect();
        if names.is_empty() { told } else { format!("{told} ({})", names.join(", ")) }
    }

    fn line(&self, proposal: &Proposal, readers: &[InstitutionCode]) -> InstitutionLine {
        let line = self.proposal(proposal);
        let is_open = proposal.is_present && !readers.contains(&proposal.institution);
        InstitutionLine {
            refer: is_open.then(|| line.institution.clone()),
            is_outside: false,
            name: line.name,
            reasons: line.reasons.into_iter().map(|reason| reason.text).collect(),
        }
    }

    fn proposal(&self, proposal: &Proposal) -> ProposalLine {
        let hazard = proposal.hears.iter().filter(|hearing| hearing.is_relay).flat_map(|hearing| &hearing.hears);
        ProposalLine {
            institution: proposal.institution.to_string(),
            name: self.name(&proposal.institution),
            purpose: proposal.purpose.to_string(),
            recipient_kind: proposal.recipient_kind.to_string(),
            agreement: agreement(proposal.agreement).to_owned(),
            parts: proposal.parts.iter().map(ToString::to_string).collect(),
            reasons: self.reasons(proposal),
            tells_accused: self.tells(&proposal.institution).0,
            needs_signature: needs_signature(proposal),
            anonymous: proposal.anonymous.as_str(),
            limit_days: proposal.limit.map(|limit| limit.days),
            languages: proposal.languages.iter().map(ToString::to_string).collect(),
            hazard: hazard.map(ToString::to_string).collect(),
            on_system: proposal.is_present,
        }
    }

    fn reasons(&self, proposal: &Proposal) -> Vec<ReasonLine> {
        let say = |code: &'static str| ReasonLine { code, text: self.telling.say(code) };
        let mut reasons = vec![self.reason(&proposal.reason)];
        reasons.extend(proposal.hears.iter().map(|hearing| self.reason(&hearing.reason)));
        if needs_signature(proposal) {
            reasons.push(say("dashboard-signature-needed"));
        }
        if proposal.anonymous == Anonymous::No {
            reasons.push(say("dashboard-anonymous-no"));
        }
        if let Some(limit) = proposal.limit.filter(|limit| limit.from == LimitFrom::Event) {
            let told = text(self.telling.language, "dashboard-limit-days", &[("days", &limit.days.to_string())]);
            reasons.push(ReasonLine { code: "dashboard-limit-days", text: told });
        }
        if !proposal.is_present {
            reasons.push(say("dashboard-not-on-system"));
        }
        reasons
    }

    fn reason(&self, reason: &Reason) -> ReasonLine {
        ReasonLine { code: reason.key, text: self.sentence(reason) }
    }

    /// The sentence of a reason, with names in place of codes.
    fn sentence(&self, reason: &Reason) -> String {
        let named = |name: &str, code: &str| match name {
            "institution" => code.parse().map_or_else(|_| code.to_owned(), |code| self.name(&code)),
            "mandate" => self.mandate(code),
            "category" => self.telling.category(code),
            _ => code.to_owned(),
        };
        let told: Vec<(&str, String)> =
            reason.arguments.iter().map(|(name, code)| (*name, named(name, code))).collect();
        let arguments: Vec<(&str, &str)> = told.iter().map(|(name, told)| (*name, told.as_str())).collect();
        text(self.telling.language, reason.key, &arguments)
    }

    /// What a mandate is called in the reader's language, else as the registry says it.
    fn mandate(&self, code: &str) -> String {
        let own = self.telling.country.labels().own("mandate", code, self.telling.tag());
        own.or_else(|| self.registry.mandate(&code.parse().ok()?)).unwrap_or(code).to_owned()
    }

    fn listed(&self, code: &InstitutionCode, reason: &Reason) -> ListedLine {
        ListedLine { institution: code.to_string(), name: self.name(code), reasons: vec![self.reason(reason)] }
    }
}

/// One line an institution, with all that is said of it.
fn joined<'a>(lines: impl Iterator<Item = (&'a InstitutionCode, String)>) -> Vec<(&'a InstitutionCode, Vec<String>)> {
    let mut all: Vec<(&InstitutionCode, Vec<String>)> = Vec::new();
    for (code, told) in lines {
        match all.iter_mut().find(|(known, _)| *known == code) {
            Some((_, reasons)) if reasons.contains(&told) => {}
            Some((_, reasons)) => reasons.push(told),
            None => all.push((code, vec![told])),
        }
    }
    all
}

fn needs_signature(proposal: &Proposal) -> bool {
    matches!(proposal.signature, Signature::Yes | Signature::Proxy)
}

const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Given => "given",
        Agreement::Missing => "missing",
        Agreement::VitalInterest => "vital-interest",
    }
}

#[cfg(test)]
mod tests {
    use report::Sources;
    use words::Language;

    use super::*;

    fn facets(country: &Country) -> Facets {
        let source = r#"{"language":"en","event":{"area":"BA-BIH-01"},"acts":[{"code":"PUSH-01"}],"accused":[{"institution":"BA-BP"}],
            "consent":[{"purpose":"C-OVER","recipient_kind":"K-OVER","parts":["account"]}]}"#;
        let coding: report::Coding = serde_json::from_str(source).expect("a coding");
        Facets::project(&coding, country, "2026-11-20".parse().expect("a day"))
    }

    fn with_lists(check: impl Fn(&Proposing<'_>, &Proposals)) {
        with_lists_in(Language::English, check);
    }

    fn with_lists_in(language: Language, check: impl Fn(&Proposing<'_>, &Proposals)) {
        let country = Country::read(&Sources::embedded()).expect("the shipped country reads");
        let registry = Registry::read(&Sources::embedded(), &country).expect("the shipped registry reads");
        let telling = Telling { language, country: &country };
        let today = "2026-11-20".parse().expect("a day");
        let proposing = Proposing { telling, registry: &registry, today };
        let proposals = proposing.propose(&facets(&country));
        check(&proposing, &proposals);
    }

    #[test]
    fn an_institution_that_is_shut_out_is_never_offered() {
        with_lists(|proposing, proposals| {
            let routes = proposing.routes(proposals);
            let never: Vec<&str> = routes.shut_out.iter().map(|line| line.institution.as_str()).collect();
            assert!(never.contains(&"BA-BP") && never.contains(&"BA-MOS"));
            let offered = routes.required.iter().chain(&routes.recommended).chain(&routes.possible);
            assert!(offered.clone().count() > 3);
            assert!(offered.clone().all(|line| !never.contains(&line.institution.as_str())));
        });
    }

    #[test]
    fn every_line_says_why_in_a_sentence() {
        with_lists(|proposing, proposals| {
            for list in proposing.lists(proposals, &[]) {
                for line in list.lines {
                    assert!(!line.reasons.is_empty(), "{} has no reason", line.name);
                    assert!(line.reasons.iter().all(|reason| !reason.starts_with("reason-")), "{:?}", line.reasons);
                }
            }
        });
    }

    #[test]
    fn a_reason_names_the_mandate_in_the_members_language() {
        let told = [
            (Language::English, "legal aid"),
            (Language::Bosnian, "pravna pomoć"),
            (Language::SerbianCyrillic, "правна помоћ"),
        ];
        for (language, mandate) in told {
            with_lists_in(language, |proposing, proposals| {
                let lists = proposing.lists(proposals, &[]);
                let mut reasons = lists.iter().flat_map(|list| &list.lines).flat_map(|line| &line.reasons);
                assert!(reasons.any(|reason| reason.contains(&format!("({mandate})"))), "{mandate}");
            });
        }
    }

    #[test]
    fn who_reads_already_is_not_offered_again() {
        with_lists(|proposing, proposals| {
            let ombudsperson: InstitutionCode = "BA-OMB".parse().expect("a code");
            let offers = |readers: &[InstitutionCode]| {
                let lists = proposing.lists(proposals, readers);
                lists.into_iter().flat_map(|list| list.lines).any(|line| line.refer.as_deref() == Some("BA-OMB"))
            };
            assert!(offers(&[]));
            assert!(!offers(&[ombudsperson]));
        });
    }
}
