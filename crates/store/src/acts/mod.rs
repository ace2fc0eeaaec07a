//! Statements after the first: who may make them, and keeping them.

mod case;
mod effects;
mod sweep;

use std::slice;

pub(crate) use case::{Case, is_read_by, signed_facets};
pub(crate) use effects::UNDO_DAYS;
use report::{Day, Sha256};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
pub(crate) use sweep::is_least;

use crate::change::Change;
use crate::error::Error;
use crate::event::Event;
use crate::filing::{Filed, Kept};
use crate::moment::Moment;
use crate::outbox;
use crate::rows::{Making, Rows};
use crate::rules::Rules;
use crate::stated::Stated;
use crate::store::Store;
use crate::tables::statements;
use crate::uploads;

/// Keeps a statement and does what it says, in one commit.
pub(crate) async fn keep(store: &Store, stated: &Stated, now: Moment) -> Result<Filed, Error> {
    let mut change = store.change().await?;
    let rules = change.rules().await?;
    if let Some(filed) = known(&change, stated).await? {
        return Ok(filed);
    }
    let Some(mut case) = Case::load(&change, stated.report(), rules.country()).await? else {
        return case::absent(&change, stated.report()).await;
    };
    case.authorise(&change, stated).await?;
    if let Some(exact) = &stated.facets {
        case.set_facets(&change, exact, (rules.country(), now)).await?;
    }
    let index = enact(&mut change, &mut case, (stated, &rules), now).await?;
    change.commit().await?;
    Ok(Filed::Kept(Kept::new(stated.report(), stated.hash(), now.day(), index)))
}

/// Does what the statement says to the case; gives back its line in the ledger.
async fn enact(
    change: &mut Change<'_>,
    case: &mut Case,
    (stated, rules): (&Stated, &Rules),
    now: Moment,
) -> Result<i64, Error> {
    let gate = rules.about(&case.signed, now.day());
    let index = change.line(&Event::stated(stated, now.day())).await?;
    let lead = case.row.lead.clone();
    // First of all whoever goes: who is let in by this statement may have to answer in their place.
    case.sweep(change, &gate, now).await?;
    let making = Making { key: &case.key, gate: &gate, day: now.day().number(), ledger_index: index };
    let readers = insert(change, stated, &making).await?;
    case.take_effect(change, (stated, &readers), now).await?;
    let mut told = case.settle(change).await?;
    if !stated.act().is_reporters() {
        let answers_now = case.row.lead.clone().filter(|now| Some(now) != lead.as_ref());
        told.retain(|desk| answers_now.as_ref() == Some(desk) || readers.iter().any(|code| code.as_str() == desk));
    }
    let entropy = change.inner.entropy;
    let mails = told.iter().map(|code| outbox::arrival(code, case.row.clock, now, entropy)).collect();
    outbox::put(&change.tx, mails).await?;
    Ok(index)
}

/// Writes the rows of a statement; gives back the institutions it lets read something.
async fn insert(
    change: &Change<'_>,
    stated: &Stated,
    making: &Making<'_>,
) -> Result<Vec<report::InstitutionCode>, Error> {
    let mut settled = stated.clone();
    let found = uploads::named(&change.tx, slice::from_ref(stated).iter()).await?;
    let blobs = uploads::settle(&mut settled, &found)?;
    let mut rows = Rows::default();
    let readers = rows.statement(&settled, making)?;
    if let Some(exact) = &stated.facets {
        rows.categories(exact, stated.report().as_bytes());
    }
    rows.insert(&change.tx).await?;
    uploads::adopt(&change.tx, &blobs).await?;
    Ok(readers)
}

/// Whether this statement, or another in its place, was kept before.
async fn known(change: &Change<'_>, stated: &Stated) -> Result<Option<Filed>, Error> {
    use statements::{Column, Entity};
    let body = stated.body();
    let same_place = Entity::find()
        .filter(Column::Report.eq(body.report.as_bytes().to_vec()))
        .filter(Column::Signer.eq(body.signer.as_bytes().to_vec()))
        .filter(Column::Sequence.eq(i32::try_from(body.sequence).map_err(|_| Error::Taken)?))
        .one(&change.tx)
        .await?;
    let Some(row) = same_place else { return Ok(None) };
    if row.hash != stated.hash().as_bytes() {
        return Ok(Some(Filed::Conflict));
    }
    let hash = Sha256::new(row.hash.try_into().map_err(|_| Error::Corrupt { table: "statements" })?);
    Ok(Some(Filed::Already(Kept::new(body.report, hash, Day::new(row.day), row.ledger_index))))
}
