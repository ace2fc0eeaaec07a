//! The ledger as one institution may know it.

use std::collections::HashSet;

use ::ledger::{Blind, Leaf, Line, Opening};
use report::{InstitutionCode, ReportId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Snapshot, StatementRow};
use crate::error::Error;
use crate::tables::{desk, ledger};

/// A case as an auditor needs it.
#[derive(Clone)]
pub struct Opened {
    /// Every statement about it, in the order they were kept.
    pub statements: Vec<StatementRow>,
    /// What opens its lines, by their index.
    pub lines: Vec<(u64, Opening)>,
}

const CORRUPT: Error = Error::Corrupt { table: "ledger" };

impl Snapshot {
    /// Every line from index 0, opened where this institution may know: what belongs to reports it can read now, what is meant for
    /// it, and what is everybody's. Without an institution only the last.
    pub async fn ledger(&self, asker: Option<&InstitutionCode>) -> Result<Vec<Line>, Error> {
        let own: HashSet<Vec<u8>> = match asker {
            Some(institution) => self.on_desk(institution).await?,
            None => HashSet::new(),
        };
        let asker = asker.map(ToString::to_string);
        let may_know = |row: &ledger::Model| match (&row.report, &row.audience) {
            (Some(report), _) => own.contains(report),
            (None, Some(audience)) => Some(audience) == asker.as_ref(),
            (None, None) => true,
        };
        let rows = ledger::Entity::find().order_by_asc(ledger::Column::LedgerIndex).all(&self.tx).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for (row, index) in rows.into_iter().zip(0_i64..) {
            if row.ledger_index != index {
                return Err(CORRUPT);
            }
            let known = may_know(&row);
            lines.push(line(row, known)?);
        }
        Ok(lines)
    }

    /// What an outsider recomputes the closure of a case from: everything signed about it and what opens its lines; nothing sealed.
    /// None to whom it is not told in full. Absent and forbidden look alike.
    pub async fn opening(&self, report: ReportId, asker: &InstitutionCode) -> Result<Option<Opened>, Error> {
        if self.case(report, asker).await?.is_none_or(|case| case.is_least) {
            return Ok(None);
        }
        let of_this = ledger::Entity::find().filter(ledger::Column::Report.eq(report.as_bytes().to_vec()));
        let rows = of_this.order_by_asc(ledger::Column::LedgerIndex).all(&self.tx).await?;
        let opened = |row: ledger::Model| {
            let index = u64::try_from(row.ledger_index).map_err(|_| CORRUPT)?;
            Ok((index, line(row, true)?.opening.ok_or(CORRUPT)?))
        };
        let lines = rows.into_iter().map(opened).collect::<Result<_, Error>>()?;
        Ok(Some(Opened { statements: self.statements(report.as_bytes()).await?, lines }))
    }

    async fn on_desk(&self, institution: &InstitutionCode) -> Result<HashSet<Vec<u8>>, Error> {
        let ids: Vec<Vec<u8>> = desk::Entity::find()
            .select_only()
            .column(desk::Column::Report)
            .filter(desk::Column::Institution.eq(institution.to_string()))
            .filter(desk::Column::Least.eq(false))
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(ids.into_iter().collect())
    }
}

fn line(row: ledger::Model, known: bool) -> Result<Line, Error> {
    let leaf = Leaf(row.leaf.try_into().map_err(|_| CORRUPT)?);
    let opening = match (row.blind, row.event) {
        (Some(blind), Some(event)) if known => Some(Opening {
            blind: Blind(blind.try_into().map_err(|_| CORRUPT)?),
            event: String::from_utf8(event).map_err(|_| CORRUPT)?,
        }),
        _ => None,
    };
    Ok(Line { leaf, opening })
}
