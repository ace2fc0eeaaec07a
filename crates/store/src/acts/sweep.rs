//! What follows from a change for everybody else: grants that must end, held ones that are released, and the desks.

use std::collections::{BTreeMap, BTreeSet};

use report::{Code, Consent, Day, InstitutionCode, PartName, Stage};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::Case;
use crate::change::Change;
use crate::error::Error;
use crate::event::Event;
use crate::moment::Moment;
use crate::rows::{ENDED, HELD, KEEP, LIVE, NO_HOUR, rank};
use crate::rules::Gate;
use crate::tables::{desk, grants, parts, put};

impl Case {
    /// Takes from every institution that is shut out now, or has left the system, what it had, and lets the alternate in when that was
    /// the lead. Gives back whether anything changed.
    pub(crate) async fn sweep(&mut self, change: &mut Change<'_>, gate: &Gate, now: Moment) -> Result<bool, Error> {
        let goes = |code: &str| code.parse().is_ok_and(|code: InstitutionCode| gate.parts_with(&code));
        let mut ended = BTreeSet::new();
        for grant in self.open_grants(change).await? {
            if goes(&grant.recipient) {
                end(change, &grant, now.day()).await?;
                ended.insert(grant.recipient);
            }
        }
        for institution in &ended {
            let event = Event::new("shut-out", "server", now.day()).of(self.id()?).about(institution);
            change.line(&event).await?;
        }
        let is_left = self.row.lead.as_deref().is_some_and(goes);
        if is_left {
            self.row.lead = None;
            self.release(change, now).await?;
            self.appoint(change).await?;
        }
        Ok(is_left || !ended.is_empty())
    }

    /// Where nobody answers for it, whoever reads it for keeping does; where nobody does, nobody: then it waits for the reporter.
    pub(crate) async fn appoint(&mut self, change: &Change<'_>) -> Result<(), Error> {
        if self.row.lead.is_none() {
            let kept = [PartName::ACCOUNT, PartName::CODING].map(|part| part.to_string());
            let keeps =
                |grant: &grants::Model| grant.state == LIVE && grant.purpose == KEEP && kept.contains(&grant.part);
            let open = self.open_grants(change).await?;
            self.row.lead = open.into_iter().filter(keeps).map(|grant| grant.recipient).min();
        }
        Ok(())
    }

    /// Hands the report to the alternate: what was held for it becomes readable, and it answers from now on.
    pub(crate) async fn release(&mut self, change: &mut Change<'_>, now: Moment) -> Result<(), Error> {
        let Some(alternate) = self.row.alternate.clone() else { return Ok(()) };
        let released = grants::Entity::update_many()
            .col_expr(grants::Column::State, Expr::value(LIVE))
            .col_expr(grants::Column::SinceDay, Expr::value(now.day().number()))
            .filter(grants::Column::Report.eq(self.row.report.clone()))
            .filter(grants::Column::Recipient.eq(alternate.clone()))
            .filter(grants::Column::State.eq(HELD))
            .exec(&change.tx)
            .await?;
        if released.rows_affected == 0 {
            return Ok(());
        }
        change.line(&Event::new("release", "server", now.day()).of(self.id()?).about(&alternate)).await?;
        self.row.lead = Some(alternate);
        Ok(())
    }

    /// Ends the grants of the reporter's parts that the consent in force no longer covers.
    pub(crate) async fn follow_consent(&mut self, change: &Change<'_>, today: Day) -> Result<(), Error> {
        let rules = change.inner.rules().ok_or(Error::Outdated)?;
        let gate = rules.about(&self.signed, today);
        let consent = Consent::of(self.facets.consent().iter().cloned());
        let reporters = self.reporters_parts(change).await?;
        for grant in self.open_grants(change).await? {
            if reporters.contains(&grant.part) && !covers(&consent, &gate, &grant)? {
                end(change, &grant, today).await?;
            }
        }
        Ok(())
    }

    async fn reporters_parts(&self, change: &Change<'_>) -> Result<BTreeSet<String>, Error> {
        let names: Vec<String> = parts::Entity::find()
            .select_only()
            .column(parts::Column::Part)
            .filter(parts::Column::Report.eq(self.row.report.clone()))
            .filter(parts::Column::Author.eq("reporter"))
            .into_tuple()
            .all(&change.tx)
            .await?;
        Ok(names.into_iter().collect())
    }

    /// Grants to institutions that can be read, or will be.
    async fn open_grants(&self, change: &Change<'_>) -> Result<Vec<grants::Model>, Error> {
        let open = grants::Entity::find()
            .filter(grants::Column::Report.eq(self.row.report.clone()))
            .filter(grants::Column::Recipient.ne("receipt"))
            .filter(grants::Column::State.is_in([LIVE, HELD]));
        Ok(open.all(&change.tx).await?)
    }

    /// Whether these grants open nothing to an institution but notes others wrote for it and what it wrote itself.
    async fn reads_least(&self, change: &Change<'_>, open: &[grants::Model]) -> Result<BTreeSet<String>, Error> {
        let of_this = parts::Entity::find().filter(parts::Column::Report.eq(self.row.report.clone()));
        let authors: BTreeMap<String, String> =
            of_this.all(&change.tx).await?.into_iter().map(|row| (row.part, row.author)).collect();
        let tells = |grant: &&grants::Model| !is_least(grant, authors.get(&grant.part).map_or("", String::as_str));
        let told: BTreeSet<&str> = open.iter().filter(tells).map(|grant| grant.recipient.as_str()).collect();
        let all = open.iter().map(|grant| &grant.recipient);
        Ok(all.filter(|code| !told.contains(code.as_str())).cloned().collect())
    }

    /// Puts it on the desks of those who can read something of it, and takes it from all others.
    pub(crate) async fn refresh_desk(&self, change: &Change<'_>) -> Result<Vec<String>, Error> {
        let row = &self.row;
        desk::Entity::delete_many().filter(desk::Column::Report.eq(row.report.clone())).exec(&change.tx).await?;
        let stage: Stage = self.stage()?;
        if stage == Stage::Withdrawn {
            return Ok(Vec::new());
        }
        let mut live = self.open_grants(change).await?;
        live.retain(|grant| grant.state == LIVE);
        let least = self.reads_least(change, &live).await?;
        let readers: BTreeSet<String> = live.into_iter().map(|grant| grant.recipient).collect();
        let rows = readers.iter().map(|institution| desk::Model {
            institution: institution.clone(),
            report: row.report.clone(),
            open: stage.is_open(),
            stage: row.stage.clone(),
            rank: rank(row.clock, self.facets.is_child_alone()),
            least: least.contains(institution),
            due_hour: row.due_hour.unwrap_or(NO_HOUR),
            filed_day: row.filed_day,
            area: row.area.clone(),
        });
        put::<desk::Entity>(&change.tx, rows.collect()).await?;
        Ok(readers.into_iter().collect())
    }
}

/// Whether a grant tells its reader nothing but what was written for it, or by it.
pub(crate) fn is_least(grant: &grants::Model, author: &str) -> bool {
    grant.part.starts_with("note/") || grant.recipient == author
}

/// The key goes; what could be read, and from when to when, stays stated.
async fn end(change: &Change<'_>, grant: &grants::Model, today: Day) -> Result<(), Error> {
    use grants::Column;
    grants::Entity::update_many()
        .col_expr(Column::State, Expr::value(ENDED))
        .col_expr(Column::Wrapped, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::UntilDay, Expr::value(today.number()))
        .filter(Column::Report.eq(grant.report.clone()))
        .filter(Column::Part.eq(grant.part.clone()))
        .filter(Column::Recipient.eq(grant.recipient.clone()))
        .filter(Column::Purpose.eq(grant.purpose.clone()))
        .filter(Column::Statement.eq(grant.statement.clone()))
        .exec(&change.tx)
        .await?;
    Ok(())
}

fn covers(consent: &Consent, gate: &Gate, grant: &grants::Model) -> Result<bool, Error> {
    let corrupt = Error::Corrupt { table: "grants" };
    let part: PartName = grant.part.parse().map_err(|_| corrupt)?;
    let institution: InstitutionCode = grant.recipient.parse().map_err(|_| corrupt)?;
    let purpose: Code = grant.purpose.parse().map_err(|_| corrupt)?;
    if grant.purpose == KEEP {
        return Ok(consent.rows().iter().any(|row| row.purpose.as_str() == KEEP && row.parts.contains(&part.kind())));
    }
    let mut rows = consent.rows().iter().filter(|row| row.purpose == purpose && row.parts.contains(&part.kind()));
    Ok(rows.any(|row| gate.receives_as(&institution, &purpose, &row.recipient_kind)))
}
