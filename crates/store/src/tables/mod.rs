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

/// Inserts rows, as few statements as the databases allow. `E` names the table.
pub(crate) async fn put<E>(to: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let many = MOST_VALUES / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let some: Vec<E::ActiveModel> = rows.by_ref().take(many).collect();
        E::insert_many(some).exec_without_returning(to).await?;
    }
    Ok(())
}
