//! The ledger as one institution may know it.

use std::collections::HashSet;

use ::ledger::{Blind, Leaf, Line, Opening};
use report::InstitutionCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Snapshot;
use crate::error::Error;
use crate::tables::{desk, ledger};

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
