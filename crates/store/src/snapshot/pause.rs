//! The clock of the answer: stopped for a reason, read off the statements themselves, which the reporter sees too; and run out.

use report::triage::{Deadline, TriageRules};
use report::{Code, Day, ReportId, Stage};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Snapshot, StatementRow, Thread, id};
use crate::advance::or_pass;
use crate::error::Error;
use crate::tables::reports;

/// What pauses have done to the clock of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paused {
    /// Why it stands still now, and since when; none when it runs.
    pub now: Option<(Code, Day)>,
    /// The day on which it runs on by itself, where it stands still.
    pub until: Option<Day>,
    /// Whole days for which it stood still until today; never more than it may.
    pub days: i32,
}

impl Paused {
    /// What these statements say, in the order they were kept. A clock stands still for at most `longest` days in all.
    fn of(statements: &[StatementRow], today: Day, longest: i32) -> Self {
        let mut paused = Self::default();
        for row in statements {
            match (row.act.as_str(), &paused.now) {
                ("pause", None) => paused.now = reason(row).map(|reason| (reason, row.day)),
                ("resume", Some((_, since))) => {
                    paused.days += row.day.since(*since);
                    paused.now = None;
                }
                _ => {}
            }
            paused.days = paused.days.min(longest);
        }
        if let Some((_, since)) = paused.now {
            let left = longest - paused.days;
            paused.until = Some(since.plus(left));
            paused.days += today.since(since).min(left);
        }
        if paused.until.is_some_and(|until| today >= until) {
            Self { days: longest, ..Self::default() }
        } else {
            paused
        }
    }
}

impl Thread {
    /// Whether the clock of the answer stands still, until when, and for how long it has.
    pub fn paused(&self, today: Day, rules: &TriageRules) -> Paused {
        Paused::of(&self.statements, today, rules.feedback().map_or(0, |feedback| feedback.pause_days))
    }
}

impl Snapshot {
    /// Of some reports those whose reporter heard nothing until the clock of the answer ran out, with all its pauses.
    pub(crate) async fn unanswered(
        &self,
        feedback: &Deadline,
        today: Day,
        some: SimpleExpr,
    ) -> Result<Vec<ReportId>, Error> {
        let open = [Stage::Acknowledged, Stage::InTriage, Stage::Referred].map(Stage::as_str);
        let old: Vec<(Vec<u8>, i32)> = reports::Entity::find()
            .select_only()
            .columns([reports::Column::Report, reports::Column::FiledDay])
            .filter(reports::Column::Stage.is_in(open))
            .filter(reports::Column::FiledDay.lt(today.plus(-feedback.days).number()))
            .filter(some)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut unanswered = Vec::new();
        for (report, filed) in old {
            let Some(statements) = or_pass(self.statements(&report).await.map(Some))? else { continue };
            let heard = statements.iter().any(|row| matches!(row.act.as_str(), "reply" | "answer"));
            let paused = Paused::of(&statements, today, feedback.pause_days);
            if !heard && feedback.due(Day::new(filed)).plus(paused.days) < today {
                unanswered.push(id(&report, "reports")?);
            }
        }
        Ok(unanswered)
    }
}

/// The coded reason in the statement's own text.
fn reason(row: &StatementRow) -> Option<Code> {
    let said = vault::Statement::read(&row.statement).ok()?;
    let told = said.body().detail.iter().find(|(key, _)| key.as_str() == "reason");
    told.and_then(|(_, value)| value.as_str().parse().ok())
}

#[cfg(test)]
mod tests {
    use report::Sha256;

    use super::*;

    const FIRST: Day = Day::new(20_000);

    fn row(act: &str, day: i32) -> StatementRow {
        let statement = format!(
            r#"{{"version":1,"act":"{act}","report":"{0}","sequence":0,"first":null,"from":"NGO-VP","signer":"{1}","directory":1,"registry":"1","taxonomy":"1","parts":[],"grants":[],"detail":{{"reason":"PZ-ASKED"}}}}"#,
            "0".repeat(32),
            vault::SecretKey::of_seed(&[1; 32]).public(),
        );
        StatementRow {
            sha256: Sha256::new([0; 32]),
            act: act.to_owned(),
            author: "NGO-VP".to_owned(),
            statement,
            signature: Vec::new(),
            facets: None,
            day: FIRST.plus(day),
            ledger: 0,
        }
    }

    /// Whether it stands still on a day, and for how many days it has.
    fn on(rows: &[StatementRow], day: i32) -> (bool, i32) {
        let paused = Paused::of(rows, FIRST.plus(day), 30);
        (paused.now.is_some(), paused.days)
    }

    #[test]
    fn a_pause_ends_by_itself_and_the_clock_runs_on() {
        let rows = [row("pause", 10)];
        assert_eq!(
            [on(&rows, 10), on(&rows, 39), on(&rows, 40), on(&rows, 400)],
            [(true, 0), (true, 29), (false, 30), (false, 30)]
        );
        assert_eq!(Paused::of(&rows, FIRST.plus(12), 30).until, Some(FIRST.plus(40)));
    }

    #[test]
    fn pauses_one_after_the_other_are_no_longer_than_one() {
        let rows = [row("pause", 0), row("resume", 20), row("pause", 25)];
        assert_eq!([on(&rows[..2], 22), on(&rows, 30), on(&rows, 35)], [(false, 20), (true, 25), (false, 30)]);
        let late = [row("pause", 0), row("resume", 200), row("pause", 201)];
        assert_eq!(on(&late, 202), (false, 30), "what is used up is used up");
    }
}
