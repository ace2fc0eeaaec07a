//! The clock of the answer, stopped for a reason: read off the statements themselves, which the reporter sees too.

use report::{Code, Day};

use super::{StatementRow, Thread};

/// What pauses have done to the clock of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paused {
    /// Why it stands still now, and since when; none when it runs.
    pub now: Option<(Code, Day)>,
    /// Whole days for which it stood still until today.
    pub days: i32,
}

impl Thread {
    /// Whether the clock of the answer stands still, and for how long it has.
    pub fn paused(&self, today: Day) -> Paused {
        let mut paused = Paused::default();
        for row in &self.statements {
            match row.act.as_str() {
                "pause" if paused.now.is_none() => paused.now = reason(row).map(|reason| (reason, row.day)),
                "resume" => {
                    let since = paused.now.take().map_or(row.day, |(_, since)| since);
                    paused.days += row.day.since(since);
                }
                _ => {}
            }
        }
        paused.days += paused.now.as_ref().map_or(0, |(_, since)| today.since(*since));
        paused
    }
}

/// The coded reason in the statement's own text.
fn reason(row: &StatementRow) -> Option<Code> {
    let said = vault::Statement::read(&row.statement).ok()?;
    let told = said.body().detail.iter().find(|(key, _)| key.as_str() == "reason");
    told.and_then(|(_, value)| value.as_str().parse().ok())
}
