//! How much that is hard to read a member has opened on a day. Counted by weight, never by content.

use report::{Day, InstitutionCode};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::Snapshot;
use crate::error::Error;
use crate::store::Store;
use crate::tables::exposures::{Column, Entity, Model};

/// Days after which nobody needs to know any more how much somebody read.
const KEPT_DAYS: i32 = 14;

/// What a member has read on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The member's handle.
    pub member: String,
    /// Exposure points.
    pub points: i32,
    /// Sealed parts opened.
    pub parts: i32,
}

impl Store {
    /// Adds what a member has just opened, and forgets what is long past.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn expose(
        &self,
        (institution, member): (&InstitutionCode, &str),
        points: i32,
        today: Day,
    ) -> Result<(), Error> {
        let change = self.change().await?;
        let row = Model {
            institution: institution.to_string(),
            member: member.to_owned(),
            day: today.number(),
            points,
            parts: 1,
        };
        let more = OnConflict::columns([Column::Institution, Column::Member, Column::Day])
            .value(Column::Points, Expr::col((Entity, Column::Points)).add(points))
            .value(Column::Parts, Expr::col((Entity, Column::Parts)).add(1))
            .to_owned();
        Entity::insert(row.into_active_model()).on_conflict(more).exec_without_returning(&change.tx).await?;
        let past = Column::Day.lt(today.plus(-KEPT_DAYS).number());
        Entity::delete_many().filter(past).exec(&change.tx).await?;
        change.commit().await
    }
}

impl Snapshot {
    /// What each member of an institution has read on a day: how much, never what.
    pub async fn loads(&self, institution: &InstitutionCode, day: Day) -> Result<Vec<Load>, Error> {
        let of_day = Entity::find()
            .filter(Column::Institution.eq(institution.to_string()))
            .filter(Column::Day.eq(day.number()))
            .order_by_asc(Column::Member);
        let load = |row: Model| Load { member: row.member, points: row.points, parts: row.parts };
        Ok(of_day.all(&self.tx).await?.into_iter().map(load).collect())
    }
}
