//! Who is signed in. Tokens, and challenges that were answered, are kept as hashes; minutes go when the session goes.

use report::InstitutionCode;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::change::Change;
use crate::error::Error;
use crate::moment::Moment;
use crate::store::Store;
use crate::tables::{challenges, put, sessions};

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// For which institution.
    pub institution: InstitutionCode,
    /// The member's handle there.
    pub member: String,
    /// When it ends if nothing happens.
    pub idle: Moment,
    /// When it ends in any case.
    pub end: Moment,
}

impl Store {
    /// Uses a challenge up: its hash is remembered until `end`, when it can be answered no more anyway.
    ///
    /// # Errors
    /// [`Error::Taken`] when it was used before.
    pub async fn use_challenge(&self, hash: [u8; 32], end: Moment) -> Result<(), Error> {
        let row = challenges::Model { challenge: hash.to_vec(), end_minute: end.minute() };
        let change = self.change().await?;
        put::<challenges::Entity>(&change.tx, vec![row]).await?;
        change.commit().await
    }

    /// Begins a session under the hash of its token.
    pub async fn begin_session(&self, token: [u8; 32], session: &Session) -> Result<(), Error> {
        let row = sessions::Model {
            token: token.to_vec(),
            institution: session.institution.to_string(),
            member: session.member.clone(),
            idle_minute: session.idle.minute(),
            end_minute: session.end.minute(),
        };
        let change = self.change().await?;
        put::<sessions::Entity>(&change.tx, vec![row]).await?;
        change.commit().await
    }

    /// The session of a token, if it still holds. `idle` is when it would end next if nothing more happens; it moves at most once a
    /// minute.
    pub async fn session(&self, token: [u8; 32], now: Moment, idle: Moment) -> Result<Option<Session>, Error> {
        let row = sessions::Entity::find_by_id(token.to_vec()).one(&self.inner.connections.read).await?;
        let holds = |row: &sessions::Model| row.idle_minute > now.minute() && row.end_minute > now.minute();
        let Some(row) = row.filter(holds) else { return Ok(None) };
        if row.idle_minute < idle.minute() {
            let change = self.change().await?;
            sessions::Entity::update_many()
                .col_expr(sessions::Column::IdleMinute, Expr::value(idle.minute()))
                .filter(sessions::Column::Token.eq(token.to_vec()))
                .exec(&change.tx)
                .await?;
            change.commit().await?;
        }
        Ok(Some(Session {
            institution: row.institution.parse().map_err(|_| Error::Corrupt { table: "sessions" })?,
            member: row.member,
            idle: Moment::of_minute(Ord::max(row.idle_minute, idle.minute())),
            end: Moment::of_minute(row.end_minute),
        }))
    }

    /// Ends a session.
    pub async fn end_session(&self, token: [u8; 32]) -> Result<(), Error> {
        let change = self.change().await?;
        sessions::Entity::delete_by_id(token.to_vec()).exec(&change.tx).await?;
        change.commit().await
    }
}

/// Removes what no longer holds.
pub(crate) async fn expire(change: &Change<'_>, now: Moment) -> Result<(), Error> {
    let over = sessions::Column::EndMinute.lte(now.minute()).or(sessions::Column::IdleMinute.lte(now.minute()));
    sessions::Entity::delete_many().filter(over).exec(&change.tx).await?;
    challenges::Entity::delete_many().filter(challenges::Column::EndMinute.lte(now.minute())).exec(&change.tx).await?;
    Ok(())
}

/// Writes one row that means nothing: whether writing works.
pub(crate) async fn touch(change: &Change<'_>) -> Result<(), Error> {
    let row = challenges::Model { challenge: Vec::new(), end_minute: 0 };
    let again =
        OnConflict::column(challenges::Column::Challenge).update_column(challenges::Column::EndMinute).to_owned();
    challenges::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&change.tx).await?;
    Ok(())
}
