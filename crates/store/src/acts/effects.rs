//! What each act does to a case. Particulars of an act stand in the statement's `detail` (docs/dashboard.md):
//! `refer`: `to`, `purpose`, `hazard`, `basis`, `due` · `confirm`: `referral` · `pause`: `reason` · `answer`: `outcome`, `referral` ·
//! `verify`: `act`, `status`, `link` and `incident` (another report), `source`, and what is counted (`report::found`) ·
//! `close`: `outcome` · `hand-over`: `to`.

use std::str::FromStr;

use report::triage::Clock;
use report::{Code, Day, Found, InstitutionCode, ReportId, Stage, Step};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set};
use vault::Act;

use super::Case;
use super::case::is_read_by;
use crate::change::Change;
use crate::error::Error;
use crate::moment::Moment;
use crate::settings::random;
use crate::stated::Stated;
use crate::tables::{
    clocks, filed_through, findings, incident_reports, incidents, put, referrals, statements, verifications,
};

/// Until when an answer is due: the day that who asks named, else as long as the country gives.
async fn until(
    change: &Change<'_>,
    (stated, to): (&Stated, &InstitutionCode),
    (is_vital, today): (bool, Day),
) -> Result<Option<Day>, Error> {
    if stated.detail("due").is_some() {
        return particular(stated, "due").map(Some);
    }
    let rules = change.rules().await?;
    Ok(rules.country().triage().answer(to, is_vital).map(|deadline| deadline.due(today)))
}

/// What a referral rests on that consent does not gate.
const VITAL: &str = "vital-interest";

/// Hours within which a second member confirms it.
const CONFIRM_HOURS: i32 = 24;

/// Days within which a withdrawal can be undone; then the report is destroyed.
pub(crate) const UNDO_DAYS: i32 = 7;

impl Case {
    /// Does what a statement says. `readers` are the institutions it lets read something.
    pub(crate) async fn take_effect(
        &mut self,
        change: &Change<'_>,
        (stated, readers): (&Stated, &[InstitutionCode]),
        now: Moment,
    ) -> Result<(), Error> {
        if helps(stated.act()) {
            self.meet_clock(change).await?;
        }
        match stated.act() {
            Act::File => Err(Error::NotNow),
            Act::Add => Ok(()),
            Act::Consent => {
                self.follow_consent(change, now.day()).await?;
                self.let_in(change, stated, now).await
            }
            Act::Withdraw => self.withdraw(now.day()),
            Act::Undo => self.undo(now.day()),
            Act::Refer => self.refer(change, (stated, readers), now).await,
            Act::Confirm => self.confirm(change, stated, now.day()).await,
            Act::Answer => self.answer(change, stated, now.day()).await,
            Act::Reply | Act::Note | Act::Code | Act::Resume => self.take(Step::Work),
            Act::Pause => particular::<Code>(stated, "reason").and_then(|_| self.take(Step::Work)),
            Act::Verify => self.verify(change, stated, now.day()).await,
            Act::Close => self.close(stated),
            Act::Reopen => self.reopen(),
            Act::HandOver => self.hand_over(change, (stated, readers)).await,
        }
    }

    /// Where nobody answers for the report, whom the reporter lets read it now does, and whom they name beside takes over. The
    /// protective clock begins anew for them: it may have run out while there was nobody to help.
    async fn let_in(&mut self, change: &Change<'_>, stated: &Stated, now: Moment) -> Result<(), Error> {
        if self.row.lead.is_some() {
            return Ok(());
        }
        self.appoint(change).await?;
        self.row.alternate = stated.posts().1.map(|code| code.to_string()).or(self.row.alternate.take());
        let clock = usize::try_from(self.row.clock).ok().and_then(|number| Clock::ALL.get(number));
        let (Some(clock), Some(due), Some(_)) = (clock, self.row.due_hour, &self.row.lead) else { return Ok(()) };
        let rules = change.inner.rules().ok_or(Error::Outdated)?;
        let hours = i32::try_from(rules.country().taxonomy().clock_hours(*clock)).unwrap_or(i32::MAX);
        self.run_until(change, *clock, due.max(now.hour().saturating_add(hours))).await
    }

    /// The protective clock runs no more; of when it would have ended only the day is kept.
    async fn meet_clock(&mut self, change: &Change<'_>) -> Result<(), Error> {
        let Some(due) = self.row.due_hour.take() else { return Ok(()) };
        let cut = due.div_euclid(24).saturating_mul(24);
        clocks::Entity::update_many()
            .col_expr(clocks::Column::State, Expr::value("met"))
            .col_expr(clocks::Column::DueHour, Expr::value(cut))
            .filter(clocks::Column::Report.eq(self.row.report.clone()))
            .filter(clocks::Column::State.eq("running"))
            .exec(&change.tx)
            .await?;
        Ok(())
    }

    fn withdraw(&mut self, today: Day) -> Result<(), Error> {
        self.row.withdrawn_from = Some(self.row.stage.clone());
        self.take(Step::Withdraw)?;
        self.row.withdrawn_day = Some(today.number());
        Ok(())
    }

    fn undo(&mut self, today: Day) -> Result<(), Error> {
        let withdrawn = self.row.withdrawn_day.ok_or(Error::NotNow)?;
        if today.number().saturating_sub(withdrawn) >= UNDO_DAYS {
            return Err(Error::Gone);
        }
        let from = self.row.withdrawn_from.take();
        // Where that was not written down, it is as if nobody had looked yet: then somebody must.
        let from = from.map_or(Ok(Stage::Filed), |stage| stage.parse());
        self.take(Step::Undo(from.map_err(|_| Error::Corrupt { table: "reports" })?))?;
        self.row.withdrawn_day = None;
        Ok(())
    }

    async fn refer(
        &mut self,
        change: &Change<'_>,
        (stated, readers): (&Stated, &[InstitutionCode]),
        now: Moment,
    ) -> Result<(), Error> {
        let to: InstitutionCode = particular(stated, "to")?;
        let purpose: Code = particular(stated, "purpose")?;
        if !readers.contains(&to) {
            return Err(Error::NotNow);
        }
        self.take(Step::Refer)?;
        let is_vital = stated.detail("basis") == Some(VITAL);
        let due = until(change, (stated, &to), (is_vital, now.day())).await?;
        let row = referrals::Model {
            report: self.row.report.clone(),
            statement: stated.hash().as_bytes().to_vec(),
            author: stated.body().from.to_string(),
            recipient: to.to_string(),
            purpose: purpose.to_string(),
            hazard: stated.detail("hazard").map(ToOwned::to_owned),
            basis: stated.detail("basis").map(ToOwned::to_owned),
            member: stated.member.clone(),
            confirm_hour: is_vital.then(|| now.hour().saturating_add(CONFIRM_HOURS)),
            confirmed_day: None,
            confirmed_by: None,
            day: now.day().number(),
            due_day: due.map(Day::number),
            reminded: false,
            answered_day: None,
            answer: None,
        };
        put::<referrals::Entity>(&change.tx, vec![row]).await
    }

    /// A second member confirms a referral that rests on a vital interest: neither whoever made it nor whoever was asked.
    async fn confirm(&mut self, change: &Change<'_>, stated: &Stated, today: Day) -> Result<(), Error> {
        use referrals::{Column, Entity};
        let referral: report::Sha256 = particular(stated, "referral")?;
        let waits = Entity::find()
            .filter(Column::Report.eq(self.row.report.clone()))
            .filter(Column::Statement.eq(referral.as_bytes().to_vec()))
            .filter(Column::ConfirmHour.is_not_null())
            .one(&change.tx)
            .await?;
        let row = waits.ok_or(Error::NotNow)?;
        let (institution, member) = (stated.body().from.to_string(), stated.member.clone().ok_or(Error::NotNow)?);
        let is_second = row.author != institution || row.member.as_ref() != Some(&member);
        if !is_second || row.recipient == institution {
            return Err(Error::NotNow);
        }
        self.take(Step::Work)?;
        let mut row = row.into_active_model();
        row.confirm_hour = Set(None);
        row.confirmed_day = Set(Some(today.number()));
        row.confirmed_by = Set(Some(format!("{institution}/{member}")));
        Entity::update(row).exec(&change.tx).await?;
        Ok(())
    }

    async fn answer(&mut self, change: &Change<'_>, stated: &Stated, today: Day) -> Result<(), Error> {
        let outcome: Code = particular(stated, "outcome")?;
        self.take(Step::Answer)?;
        let mut row = self.answered_by(change, stated).await?.into_active_model();
        row.answered_day = Set(Some(today.number()));
        row.answer = Set(Some(outcome.to_string()));
        referrals::Entity::update(row).exec(&change.tx).await?;
        Ok(())
    }

    /// The referral that is answered: the one that is named, else the newest that waits for this institution.
    async fn answered_by(&self, change: &Change<'_>, stated: &Stated) -> Result<referrals::Model, Error> {
        use referrals::{Column, Entity};
        let waiting = Entity::find()
            .filter(Column::Report.eq(self.row.report.clone()))
            .filter(Column::Recipient.eq(stated.body().from.to_string()))
            .filter(Column::AnsweredDay.is_null())
            .all(&change.tx)
            .await?;
        let wanted = if stated.detail("referral").is_some() {
            Some(particular::<report::Sha256>(stated, "referral")?.as_bytes().to_vec())
        } else {
            newest(change, waiting.iter().map(|row| row.statement.clone())).await?
        };
        waiting.into_iter().find(|row| Some(&row.statement) == wanted.as_ref()).ok_or(Error::NotNow)
    }

    async fn verify(&mut self, change: &Change<'_>, stated: &Stated, today: Day) -> Result<(), Error> {
        use verifications::{Column, Entity, Model};
        let (act, status): (Code, Code) = (particular(stated, "act")?, particular(stated, "status")?);
        self.take(Step::Work)?;
        let row = Model {
            report: self.row.report.clone(),
            act: act.to_string(),
            status: status.to_string(),
            institution: stated.body().from.to_string(),
            statement: stated.hash().as_bytes().to_vec(),
            day: today.number(),
        };
        let again = OnConflict::columns([Column::Report, Column::Act])
            .update_columns([Column::Status, Column::Institution, Column::Statement, Column::Day])
            .to_owned();
        Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&change.tx).await?;
        self.set_found(change, stated).await?;
        self.place_in_incident(change, stated, today).await
    }

    /// Keeps what is counted besides the facets: the last word on it, and none without consent to statistics.
    async fn set_found(&self, change: &Change<'_>, stated: &Stated) -> Result<(), Error> {
        use findings::{Column, Entity, Model};
        let rules = change.inner.rules().ok_or(Error::Outdated)?;
        let words = stated.body().detail.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let found = Found::read(words, rules.country()).map_err(|_| Error::NotNow)?;
        if found.is_empty() {
            return Ok(());
        }
        if !self.consents_to_statistics(rules.country()) {
            return Err(Error::NotNow);
        }
        let found = serde_json::to_string(&found).map_err(|_| Error::Corrupt { table: "findings" })?;
        let row = Model { report: self.row.report.clone(), statement: stated.hash().as_bytes().to_vec(), found };
        let again = OnConflict::column(Column::Report).update_columns([Column::Statement, Column::Found]).to_owned();
        Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&change.tx).await?;
        Ok(())
    }

    /// A report that is linked to no other is its own incident.
    async fn place_in_incident(&self, change: &Change<'_>, stated: &Stated, today: Day) -> Result<(), Error> {
        use incident_reports::{Column, Entity, Model};
        let before = Entity::find_by_id(self.row.report.clone()).one(&change.tx).await?;
        let incident = match (stated.detail("incident"), &before) {
            (Some(_), _) => self.incident_of(change, stated, today).await?,
            (None, Some(before)) => before.incident.clone(),
            (None, None) => new_incident(change, today).await?,
        };
        let told = stated.detail("source").map(ToOwned::to_owned).or(before.map(|before| before.source));
        let through = self.filed_through(change, today).await?;
        let source = through.or(told).unwrap_or_else(|| stated.body().from.to_string());
        let row = Model { report: self.row.report.clone(), incident, source }.into_active_model();
        let again = OnConflict::column(Column::Report).update_columns([Column::Incident, Column::Source]).to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(&change.tx).await?;
        Ok(())
    }

    /// The organisation it was filed through, which is its source; none that is shut out of it by now.
    async fn filed_through(&self, change: &Change<'_>, today: Day) -> Result<Option<String>, Error> {
        let row = filed_through::Entity::find_by_id(self.row.report.clone()).one(&change.tx).await?;
        let rules = change.inner.rules().ok_or(Error::Outdated)?;
        let gate = rules.about(&self.signed, today);
        let holds = |code: &String| code.parse().is_ok_and(|code: InstitutionCode| !gate.shuts_out(&code));
        Ok(row.map(|row| row.institution).filter(holds))
    }

    /// The incident of the report that is named, which the author must be able to read too.
    async fn incident_of(&self, change: &Change<'_>, stated: &Stated, today: Day) -> Result<Vec<u8>, Error> {
        use incident_reports::{Entity, Model};
        let other: ReportId = particular(stated, "incident")?;
        let other = other.as_bytes().to_vec();
        let author = stated.body().from.institution().ok_or(Error::Missing)?;
        if !is_read_by(change, &other, author).await? || other == self.row.report {
            return Err(Error::Missing);
        }
        if let Some(known) = Entity::find_by_id(other.clone()).one(&change.tx).await? {
            return Ok(known.incident);
        }
        let incident = new_incident(change, today).await?;
        let row = Model { report: other, incident: incident.clone(), source: author.to_string() };
        put::<Entity>(&change.tx, vec![row]).await?;
        Ok(incident)
    }

    fn close(&mut self, stated: &Stated) -> Result<(), Error> {
        let outcome: Code = particular(stated, "outcome")?;
        self.take(Step::Close)?;
        self.row.outcome = Some(outcome.to_string());
        Ok(())
    }

    fn reopen(&mut self) -> Result<(), Error> {
        self.take(Step::Reopen)?;
        self.row.outcome = None;
        Ok(())
    }

    async fn hand_over(
        &mut self,
        change: &Change<'_>,
        (stated, readers): (&Stated, &[InstitutionCode]),
    ) -> Result<(), Error> {
        let to: InstitutionCode = particular(stated, "to")?;
        if !readers.contains(&to) && !is_read_by(change, &self.row.report, &to).await? {
            return Err(Error::NotNow);
        }
        self.take(Step::Work)?;
        self.row.lead = Some(to.to_string());
        Ok(())
    }
}

/// What meets the protective clock: something reached the person, or somebody who can help, or an end was given. Whoever only
/// reads, codes or notes has not helped yet, and must not keep a report from the one who would.
const fn helps(act: Act) -> bool {
    matches!(act, Act::Reply | Act::Refer | Act::Answer | Act::Confirm | Act::HandOver | Act::Close)
}

/// A coded particular that the act cannot do without.
fn particular<T: FromStr>(stated: &Stated, key: &str) -> Result<T, Error> {
    stated.detail(key).and_then(|value| value.parse().ok()).ok_or(Error::NotNow)
}

/// Of these statements the one that was kept last.
async fn newest(change: &Change<'_>, hashes: impl Iterator<Item = Vec<u8>>) -> Result<Option<Vec<u8>>, Error> {
    use statements::{Column, Entity};
    let of_these = Entity::find().select_only().column(Column::Hash).filter(Column::Hash.is_in(hashes));
    Ok(of_these.order_by_desc(Column::LedgerIndex).into_tuple().one(&change.tx).await?)
}

async fn new_incident(change: &Change<'_>, today: Day) -> Result<Vec<u8>, Error> {
    let incident = random::<16>(change.inner.entropy).to_vec();
    let row = incidents::Model { incident: incident.clone(), day: today.number() };
    put::<incidents::Entity>(&change.tx, vec![row]).await?;
    Ok(incident)
}
