//! The rows, one module a table. Private: rows, domain and wire are three kinds of types.

mod cases;
mod house;

pub(crate) use cases::*;
pub(crate) use house::*;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable};

use crate::error::Error;

/// A table as a module: `key` columns first, then the rest.
macro_rules! table {
    ($module:ident, $name:literal, { $($key:ident: $key_type:ty),* $(,)? }, { $($field:ident: $field_type:ty),* $(,)? }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub struct Model {
                $(#[sea_orm(primary_key, auto_increment = false)]
                pub $key: $key_type,)*
                $(pub $field: $field_type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}
pub(crate) use table;

/// Bound values a statement may carry; below the limit of both databases.
const MOST_VALUES: usize = 30_000;

/// Rows a statement may insert, at most.
const MOST_ROWS: usize = 128;

/// How many rows the next statement inserts: a power of two, so that batches of every size share a few statements, which
/// a connection prepares once and remembers.
fn next_rows(left: usize, columns: usize) -> usize {
    let fit = left.min(MOST_ROWS).min(MOST_VALUES / columns.max(1)).max(1);
    1 << fit.ilog2()
}

/// Inserts rows. `E` names the table.
pub(crate) async fn put<E>(to: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let columns = E::Column::iter().count();
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    while rows.len() > 0 {
        let next = next_rows(rows.len(), columns);
        let some: Vec<E::ActiveModel> = rows.by_ref().take(next).collect();
        E::insert_many(some).exec_without_returning(to).await?;
    }
    Ok(())
}
