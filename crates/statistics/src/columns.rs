//! The rows of one run as arrays: one entry an incident, whatever the number of its reports.

use std::collections::{BTreeMap, BTreeSet};

use report::ReportId;
use report::found::Direction;

use crate::plan::{Dimension, PROTECTED, Plan, UNKNOWN};
use crate::rows::{Counted, Referral, Rows};

/// A column in which every incident has a few values: all values end to end, and where each incident's begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    ends: Vec<usize>,
    values: Vec<u16>,
}

impl Column {
    fn push(&mut self, values: impl IntoIterator<Item = u16>) {
        self.values.extend(values);
        self.ends.push(self.values.len());
    }

    /// The values of one incident.
    pub(crate) fn of(&self, incident: usize) -> &[u16] {
        let begin = incident.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(incident).and_then(|end| self.values.get(begin..*end)).unwrap_or_default()
    }
}

/// Incidents (or referrals) as columns, in ascending order of id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) ids: Vec<[u8; 16]>,
    pub(crate) when: Vec<Option<report::Period>>,
    pub(crate) sources: Column,
    pub(crate) persons: Column,
    /// After how many days a referral was answered; nothing for those that were not.
    pub(crate) days: Column,
    columns: BTreeMap<Dimension, Column>,
}

impl Block {
    /// The values of an incident in a dimension.
    pub(crate) fn values(&self, dimension: Dimension, incident: usize) -> &[u16] {
        self.columns.get(&dimension).map_or(&[][..], |column| column.of(incident))
    }

    fn push(&mut self, dimension: Dimension, values: impl IntoIterator<Item = u16>) {
        self.columns.entry(dimension).or_default().push(values);
    }
}

/// Everything a run counts.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub(crate) incidents: Block,
    pub(crate) referrals: Block,
    /// How many sources there are.
    pub(crate) sources: usize,
}

impl Columns {
    /// Builds the columns of a run: one pass over the rows. Reports without consent to be counted are left out.
    pub fn of(plan: &Plan, rows: &Rows) -> Self {
        let sources = numbered(rows);
        let mut by_incident: BTreeMap<ReportId, Vec<&Counted>> = BTreeMap::new();
        for row in rows.reports.iter().filter(|row| row.consent != Some(false)) {
            by_incident.entry(row.incident).or_default().push(row);
        }
        let mut incidents = Block::default();
        for (id, reports) in &by_incident {
            Incident { plan, sources: &sources, reports }.push_to(&mut incidents, *id);
        }
        Self { incidents, referrals: referrals(plan, &rows.referrals, &sources), sources: sources.len() }
    }
}

fn numbered(rows: &Rows) -> BTreeMap<&str, u16> {
    let names = rows.reports.iter().map(|row| row.source.as_str());
    let names: BTreeSet<&str> = names.chain(rows.referrals.iter().map(|row| row.source.as_str())).collect();
    names.into_iter().zip(0..).collect()
}

fn referrals(plan: &Plan, rows: &[Referral], sources: &BTreeMap<&str, u16>) -> Block {
    let sorted: BTreeMap<ReportId, &Referral> = rows.iter().map(|row| (row.referral, row)).collect();
    let mut block = Block::default();
    for (id, row) in sorted {
        block.ids.push(*id.as_bytes());
        block.when.push(Some(row.referred.month()));
        block.sources.push(sources.get(row.source.as_str()).copied());
        block.days.push(row.answered.map(|days| u16::try_from(days).unwrap_or(u16::MAX)));
        block.push(Dimension::RecipientKind, [plan.place(Dimension::RecipientKind, row.recipient_kind.as_str())]);
        block.push(
            Dimension::Answered,
            [plan.place(Dimension::Answered, if row.answered.is_some() { "yes" } else { "no" })],
        );
    }
    block
}

/// One incident: what its reports tell together.
struct Incident<'a> {
    plan: &'a Plan,
    sources: &'a BTreeMap<&'a str, u16>,
    reports: &'a [&'a Counted],
}

impl Incident<'_> {
    fn push_to(&self, block: &mut Block, id: ReportId) {
        let open: Vec<&Counted> = self.reports.iter().copied().filter(|row| !self.is_protected(row)).collect();
        let first = |code: &dyn Fn(&Counted) -> Option<String>| open.iter().find_map(|row| code(row));
        block.ids.push(*id.as_bytes());
        block.when.push(self.reports.iter().find_map(|row| row.period));
        let sources: BTreeSet<u16> =
            self.reports.iter().filter_map(|row| self.sources.get(row.source.as_str()).copied()).collect();
        block.sources.push(sources);
        block.push(Dimension::Category, self.categories(&open));
        block.push(Dimension::Area, [self.area()]);
        let grounds =
            open.iter().flat_map(|row| &row.grounds).map(|code| self.plan.place(Dimension::Ground, code.as_str()));
        block.push(Dimension::Ground, or_unknown(grounds.collect(), self.plan, Dimension::Ground));
        let kinds = open
            .iter()
            .flat_map(|row| &row.perpetrators)
            .map(|code| self.plan.place(Dimension::Perpetrator, code.as_str()));
        block.push(
            Dimension::Perpetrator,
            or_unknown(kinds.collect(), self.plan, Dimension::Perpetrator).into_iter().take(1),
        );
        let segment = first(&|row| row.segment.as_ref().map(ToString::to_string));
        block.push(Dimension::Segment, [self.plan.place(Dimension::Segment, segment.as_deref().unwrap_or(UNKNOWN))]);
        let direction = open.iter().map(|row| row.direction).find(|direction| *direction != Direction::Unknown);
        let direction = direction.unwrap_or_default().word();
        block.push(Dimension::Direction, [self.plan.place(Dimension::Direction, direction)]);
        self.push_persons(block, &open);
    }

    /// Sexual violence, children's rights and health are counted as such only with consent to it.
    fn is_protected(&self, row: &Counted) -> bool {
        let sensitive = || row.categories.iter().any(|code| self.plan.is_sensitive(code.as_str()));
        row.protected || (row.consent != Some(true) && sensitive())
    }

    /// The categories told, in the plan's order; an incident told only under protection has the one category `protected`.
    fn categories(&self, open: &[&Counted]) -> Vec<u16> {
        if open.is_empty() {
            return vec![self.plan.place(Dimension::Category, PROTECTED)];
        }
        let told =
            open.iter().flat_map(|row| &row.categories).map(|code| self.plan.place(Dimension::Category, code.as_str()));
        or_unknown(told.collect(), self.plan, Dimension::Category)
    }

    fn area(&self) -> u16 {
        let area = self.reports.iter().find_map(|row| row.area.as_ref()).map_or(UNKNOWN, |area| area.as_str());
        let is_country_abroad = (2..=3).contains(&area.len()) && !self.plan.knows(Dimension::Area, area);
        self.plan.place(Dimension::Area, if is_country_abroad { "outside" } else { area })
    }

    /// The people of the report that tells of most, up to the cap: reports of one incident tell of the same people.
    fn push_persons(&self, block: &mut Block, open: &[&Counted]) {
        let told = open.iter().max_by_key(|row| row.persons.iter().map(|group| u64::from(group.count)).sum::<u64>());
        let mut left = self.plan.limits.persons_cap;
        let mut groups = Vec::new();
        for group in told.map_or(&[][..], |row| row.persons.as_slice()) {
            let count = group.count.min(left);
            left -= count;
            let place = |dimension, name| self.plan.place(dimension, name);
            groups.push((
                place(Dimension::Sex, group.sex.word()),
                place(Dimension::Age, group.age.word()),
                u16::try_from(count).unwrap_or(0),
            ));
        }
        groups.retain(|(_, _, count)| *count > 0);
        block.push(Dimension::Sex, groups.iter().map(|(sex, ..)| *sex));
        block.push(Dimension::Age, groups.iter().map(|(_, age, _)| *age));
        block.persons.push(groups.iter().map(|(.., count)| *count));
    }
}

/// Distinct places in order; nothing told is unknown, and unknown is dropped beside something told.
fn or_unknown(places: BTreeSet<u16>, plan: &Plan, dimension: Dimension) -> Vec<u16> {
    let unknown = plan.place(dimension, UNKNOWN);
    let told: Vec<u16> = places.into_iter().filter(|place| *place != unknown).collect();
    if told.is_empty() { vec![unknown] } else { told }
}
