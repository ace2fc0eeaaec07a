//! Choosing whom to propose: mandate, competence, what is allowed, who is shut out, who would hear of it, and breadth.

use std::collections::BTreeSet;

use report::{Area, Code, Country, Day, Facets};

use crate::closure::Closure;
use crate::hearing::Ears;
use crate::institution::{Institution, Kind, MaxData, Status};
use crate::proposals::{Agreement, Limit, Proposal, Proposals, Service, ShutOut};
use crate::readers;
use crate::reason::Reason;
use crate::registry::Registry;
use crate::rules::plain;
use crate::situation::Situation;

/// Whom to ask about a report with these facets, in the order they should be considered.
///
/// Nothing in it is shut out: candidates are taken from what the closure leaves. A purpose the country's consent table does not
/// allow for a kind of recipient is not proposed.
pub fn propose(facets: &Facets, registry: &Registry, country: &Country, today: Day) -> Proposals {
    of(&Situation::of(facets), registry, Some(country), today)
}

pub(crate) fn of(situation: &Situation, registry: &Registry, country: Option<&Country>, today: Day) -> Proposals {
    let desk = Desk::set(situation, registry, country, today);
    let required = desk.required();
    let mut chosen = desk.chosen(&required);
    desk.broaden(&mut chosen, &required);
    for list in [&mut chosen.recommended, &mut chosen.possible] {
        desk.sort(list);
    }
    let all = required.iter().chain(&chosen.recommended).chain(&chosen.possible);
    let will_hear = all.flat_map(|proposal| proposal.hears.iter().cloned()).collect();
    let closure: Closure = registry.closure(&situation.accused, &situation.area);
    let shut_out = closure.iter().map(|(code, reason)| ShutOut { institution: code.clone(), reason: reason.clone() });
    let is_held =
        readers::of(situation, registry, today).is_held() && required.is_empty() && chosen.recommended.is_empty();
    Proposals {
        services: desk.services(),
        shut_out: shut_out.collect(),
        recommended: chosen.recommended,
        possible: chosen.possible,
        required,
        will_hear,
        is_held,
    }
}

/// What is weighed for one report.
struct Desk<'a> {
    situation: &'a Situation,
    registry: &'a Registry,
    country: Option<&'a Country>,
    ears: Ears<'a>,
    cells: Vec<&'a Area>,
    today: Day,
    /// Whoever is left by the closure, works, may get anything about a case, and is competent.
    candidates: Vec<&'a Institution>,
}

#[derive(Default)]
struct Chosen {
    recommended: Vec<Proposal>,
    possible: Vec<Proposal>,
}

/// A purpose, the kind of recipient, and the mandates that fit.
struct Fit {
    purpose: Code,
    kind: Code,
    mandates: Vec<Code>,
}

impl<'a> Desk<'a> {
    fn set(situation: &'a Situation, registry: &'a Registry, country: Option<&'a Country>, today: Day) -> Self {
        let ears = Ears::of(situation, registry, today);
        let cells = registry.land.cells(&situation.area);
        let mut desk = Self { situation, registry, country, ears, cells, today, candidates: Vec::new() };
        let grounds = desk.ears.accused().flat_map(|accused| &accused.territory);
        let states: BTreeSet<&Area> = grounds.filter_map(|ground| registry.land.state_of(ground)).collect();
        let left = (0..registry.count())
            .filter(|place| !desk.ears.shut.contains(*place))
            .filter_map(|place| registry.at(place));
        let able =
            left.filter(|body| body.works_on(today) && matches!(body.max_data, MaxData::Sealed | MaxData::Facets));
        desk.candidates = able.filter(|body| desk.is_competent(body, &states)).collect();
        desk
    }

    fn candidates(&self) -> impl Iterator<Item = &'a Institution> {
        self.candidates.iter().copied()
    }

    /// Competent by the place, by the state of the accused, or by being outside every state and at home where the person may be now;
    /// a control or complaints body for certain bodies only where one of those is accused.
    fn is_competent(&self, body: &Institution, states: &BTreeSet<&Area>) -> bool {
        let of_the_accused = || body.territory.iter().any(|ground| states.contains(ground));
        let home = self.registry.land.home.as_ref();
        let at_home = || body.is_non_state() && home.is_some_and(|home| body.territory.contains(home));
        let oversees = body.oversees.is_empty() || self.ears.accuses(body.oversees.on(self.today));
        oversees && (of_the_accused() || at_home() || self.registry.covers(body, &self.cells))
    }

    /// The mandates to ask first, in order, for the categories of the report.
    fn first(&self) -> Vec<&'a Code> {
        let first = &self.registry.rules.first;
        let mut mandates = Vec::new();
        for mandate in self.situation.categories.iter().filter_map(|category| first.get(category)).flat_map(plain) {
            if !mandates.contains(&mandate) {
                mandates.push(mandate);
            }
        }
        mandates
    }

    /// The first purpose that one of the body's fitting mandates serves and that it may receive for.
    fn fit(&self, body: &Institution, wanted: &[&Code]) -> Option<Fit> {
        let mandates: Vec<Code> =
            wanted.iter().filter(|mandate| body.mandates.contains(mandate)).map(|code| (*code).clone()).collect();
        let rules = self.registry.rules.purposes.iter();
        let mut served = rules.filter(|rule| plain(&rule.mandates).any(|mandate| mandates.contains(mandate)));
        served.find_map(|rule| {
            let purpose = rule.code.get_ref().clone();
            let kind = self.kind(body, &purpose)?;
            Some(Fit { purpose, kind, mandates: mandates.clone() })
        })
    }

    /// As which kind of recipient: one the person agreed to, else the most particular the country's consent table knows.
    fn kind(&self, body: &Institution, purpose: &Code) -> Option<Code> {
        let mut kinds: Vec<&Code> = body.recipients.kinds(purpose.as_str()).iter().collect();
        kinds.retain(|kind| self.is_allowed(purpose, kind));
        kinds.sort_by_key(|kind| self.situation.agreed(purpose, kind).is_none());
        kinds.first().map(|kind| (*kind).clone())
    }

    /// Whether the country's consent table has this purpose for this kind of recipient at all.
    fn is_allowed(&self, purpose: &Code, kind: &Code) -> bool {
        self.country.is_none_or(|country| country.consent().cell(purpose.as_str(), kind.as_str()).is_some())
    }

    fn proposal(&self, body: &Institution, fit: Fit, reason: Reason) -> Proposal {
        let agreed = self.situation.agreed(&fit.purpose, &fit.kind);
        let limit = body.time_limit_days.zip(body.time_limit_from);
        Proposal {
            institution: body.code.clone(),
            reason,
            agreement: if agreed.is_some() { Agreement::Given } else { Agreement::Missing },
            parts: agreed.filter(|_| body.max_data == MaxData::Sealed).unwrap_or_default().to_vec(),
            purpose: fit.purpose,
            recipient_kind: fit.kind,
            max_data: body.max_data,
            mandates: fit.mandates,
            territory: body.territory.clone(),
            limit: limit.map(|(days, from)| Limit { days, from }),
            signature: body.signature,
            anonymous: body.anonymous,
            languages: body.languages.clone(),
            status: body.status,
            is_present: self.registry.is_present(&body.code),
            hears: self.ears.hear(body),
        }
    }

    /// A child alone: the guardianship authority of the place, with the least it needs, nothing of the act, nothing of the accused.
    /// Where that one is not on the system, those that are and work in a part of the place stand beside it: a protected report
    /// tells no finer place, and whoever opens it knows which of them is the child's.
    fn required(&self) -> Vec<Proposal> {
        let rule = &self.registry.rules.child;
        if !self.situation.urgency.iter().any(|flag| rule.urgency.contains(flag)) {
            return Vec::new();
        }
        let mandate = rule.mandate.get_ref();
        let land = &self.registry.land;
        let depth = |body: &Institution| {
            let around = body.territory.iter().filter(|ground| land.contains(ground, &self.situation.area));
            around.map(|ground| land.chain(ground).count()).max()
        };
        let able = self.candidates().filter(|body| body.mandates.contains(mandate) && body.max_data == MaxData::Sealed);
        let mut here: Vec<_> =
            able.filter_map(|body| Some((self.registry.is_present(&body.code), depth(body)?, body))).collect();
        here.sort_by_key(|(is_present, depth, body)| (!is_present, usize::MAX - depth, body.code.clone()));
        let best = here.into_iter().find_map(|(.., body)| Some((body, self.child_fit(body)?)));
        let best = best.map(|(body, fit)| self.least(body, fit, "reason-child-alone"));
        let beside = if best.as_ref().is_some_and(|best| best.is_present) { Vec::new() } else { self.around(mandate) };
        best.into_iter().chain(beside).collect()
    }

    /// The guardianship authorities on the system that are competent somewhere in the place.
    fn around(&self, mandate: &Code) -> Vec<Proposal> {
        let able = self.candidates().filter(|body| body.mandates.contains(mandate) && body.max_data == MaxData::Sealed);
        let present = able.filter(|body| self.registry.is_present(&body.code));
        let fitting =
            present.filter_map(|body| Some(self.least(body, self.child_fit(body)?, "reason-child-alone-around")));
        let mut around: Vec<Proposal> = fitting.collect();
        around.sort_by(|one, other| one.institution.cmp(&other.institution));
        around
    }

    fn child_fit(&self, body: &Institution) -> Option<Fit> {
        let rule = &self.registry.rules.child;
        let purpose = rule.purpose.get_ref().clone();
        let kind = self.kind(body, &purpose)?;
        Some(Fit { purpose, kind, mandates: vec![rule.mandate.get_ref().clone()] })
    }

    fn least(&self, body: &Institution, fit: Fit, why: &'static str) -> Proposal {
        let mut proposal = self.proposal(body, fit, Reason::plain(why));
        proposal.parts.clone_from(&self.registry.rules.child.parts);
        if proposal.agreement == Agreement::Missing {
            proposal.agreement = Agreement::VitalInterest;
        }
        proposal
    }

    fn chosen(&self, required: &[Proposal]) -> Chosen {
        let first = self.first();
        let mut chosen = Chosen::default();
        for body in self.candidates().filter(|body| !required.iter().any(|done| done.institution == body.code)) {
            let Some(fit) = self.fit(body, &first) else { continue };
            let reason = fit.mandates.first().map_or_else(
                || Reason::plain("reason-fits"),
                |code| Reason::with("reason-mandate-first", "mandate", code),
            );
            let proposal = self.proposal(body, fit, reason);
            let list =
                if self.is_recommended(body, &proposal) { &mut chosen.recommended } else { &mut chosen.possible };
            list.push(proposal);
        }
        chosen
    }

    /// Recommended is what needs no second thought by its own rules: no relay, no soft conflict, sure to exist, able to read,
    /// and for what cannot be taken back, asked for by the person.
    fn is_recommended(&self, body: &Institution, proposal: &Proposal) -> bool {
        let wished = plain(&self.registry.rules.wish.purposes).all(|purpose| *purpose != proposal.purpose)
            || proposal.agreement == Agreement::Given;
        let conflict =
            proposal.hears.iter().any(|hearing| hearing.is_relay || hearing.reason.key == "reason-influence");
        wished && !conflict && body.max_data == MaxData::Sealed && body.status != Status::Unconfirmed
    }

    /// Rule 7: at least one independent overseer and one body outside every state.
    fn broaden(&self, chosen: &mut Chosen, required: &[Proposal]) {
        let general: Vec<&Code> = plain(&self.registry.rules.complaints.general).collect();
        let overseer = |body: &Institution| body.kind == Kind::Oversight;
        self.add(chosen, required, (&overseer, &general, "reason-breadth-oversight"));
        let any: Vec<&Code> = self.registry.rules.purposes.iter().flat_map(|rule| plain(&rule.mandates)).collect();
        self.add(chosen, required, (&Institution::is_non_state, &any, "reason-breadth-non-state"));
    }

    fn add(&self, chosen: &mut Chosen, required: &[Proposal], missing: Missing<'_>) {
        let (sort, mandates, key) = missing;
        let is_sort = |proposal: &Proposal| self.registry.get(&proposal.institution).is_some_and(sort);
        if required.iter().chain(&chosen.recommended).any(is_sort) {
            return;
        }
        let weighed = |body: &Institution| chosen.possible.iter().any(|known| known.institution == body.code);
        let fitting = self.candidates().filter(|body| sort(body) && !weighed(body)).filter_map(|body| {
            let proposal = self.proposal(body, self.fit(body, mandates)?, Reason::plain(key));
            self.is_recommended(body, &proposal).then_some(proposal)
        });
        let mut able: Vec<Proposal> = fitting.collect();
        self.sort(&mut able);
        chosen.recommended.extend(able.into_iter().next());
    }

    /// Agreed first, then on the system, then who tells least, then the order of mandates.
    fn sort(&self, list: &mut [Proposal]) {
        let first = self.first();
        let rank = |proposal: &Proposal| {
            first.iter().position(|mandate| proposal.mandates.contains(mandate)).unwrap_or(usize::MAX)
        };
        list.sort_by_cached_key(|proposal| {
            (
                proposal.agreement,
                !proposal.is_present,
                proposal.hears.len(),
                rank(proposal),
                proposal.institution.clone(),
            )
        });
    }

    /// Rule 10: services are not complaints.
    fn services(&self) -> Vec<Service> {
        let wanted = self.registry.rules.services.iter().filter(|rule| {
            rule.categories.iter().any(|code| self.situation.categories.contains(code))
                || rule.needs.iter().any(|code| self.situation.needs.contains(code))
        });
        let each = wanted.filter_map(|rule| {
            let lawyer = self.lawyer(rule.through.get_ref())?;
            let mut givers = self.registry.institutions().filter(|body| body.works_on(self.today));
            let giver = givers
                .find(|body| body.has_mandate([rule.mandate.get_ref()]) && self.registry.covers(body, &self.cells))?;
            let reason = Reason::about("reason-service-through-lawyer", &lawyer.code);
            Some(Service { institution: giver.code.clone(), through: lawyer.code.clone(), reason })
        });
        each.collect()
    }

    /// Whoever would go to a service for the person: on the system, leading here, outside the state, in this order.
    fn lawyer(&self, mandate: &Code) -> Option<&'a Institution> {
        let posts = self.registry.leads().around(&self.situation.area);
        let leads = |body: &Institution| posts.is_some_and(|posts| posts.lead.contains(&body.code));
        let able = self.candidates().filter(|body| body.has_mandate([mandate]) && body.max_data == MaxData::Sealed);
        able.min_by_key(|body| {
            (!self.registry.is_present(&body.code), !leads(body), !body.is_non_state(), body.code.clone())
        })
    }
}

/// A sort of body, the mandates it may be proposed for, and the reason.
type Missing<'a> = (&'a dyn Fn(&Institution) -> bool, &'a [&'a Code], &'static str);
