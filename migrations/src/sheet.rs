//! A table written down as data, so that a step reads as a list of columns.

use sea_orm_migration::prelude::*;

/// What a column holds. The `Maybe` kinds may be null.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Bytes,
    MaybeBytes,
    Text,
    MaybeText,
    Number,
    MaybeNumber,
    Big,
    Flag,
}

/// A table: its columns, its primary key, its further indexes (the flag says: unique) and the table its first key column refers to.
pub(crate) struct Sheet {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    pub(crate) key: &'static [&'static str],
    pub(crate) indexes: &'static [(bool, &'static [&'static str])],
    pub(crate) of_report: bool,
}

/// Makes the tables, in order.
pub(crate) async fn create(manager: &SchemaManager<'_>, sheets: &[Sheet]) -> Result<(), DbErr> {
    for sheet in sheets {
        manager.create_table(table(sheet)).await?;
        for (unique, columns) in sheet.indexes {
            manager.create_index(index(sheet.name, *unique, columns)).await?;
        }
    }
    Ok(())
}

/// Removes the tables, the last first.
pub(crate) async fn remove(manager: &SchemaManager<'_>, sheets: &[Sheet]) -> Result<(), DbErr> {
    for sheet in sheets.iter().rev() {
        manager.drop_table(Table::drop().table(Alias::new(sheet.name)).to_owned()).await?;
    }
    Ok(())
}

fn table(sheet: &Sheet) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(sheet.name));
    for (name, kind) in sheet.columns {
        table.col(column(name, *kind));
    }
    let mut key = Index::create();
    for name in sheet.key {
        key.col(Alias::new(*name));
    }
    table.primary_key(&mut key);
    if sheet.of_report {
        let mut reference = ForeignKey::create();
        reference
            .name(format!("{}_of_report", sheet.name))
            .from(Alias::new(sheet.name), Alias::new("report"))
            .to(Alias::new("reports"), Alias::new("report"));
        table.foreign_key(&mut reference);
    }
    table
}

fn column(name: &str, kind: Kind) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        Kind::Bytes | Kind::MaybeBytes => column.blob(),
        Kind::Text | Kind::MaybeText => column.text(),
        Kind::Number | Kind::MaybeNumber => column.integer(),
        Kind::Big => column.big_integer(),
        Kind::Flag => column.boolean(),
    };
    match kind {
        Kind::MaybeBytes | Kind::MaybeText | Kind::MaybeNumber => column.null(),
        Kind::Bytes | Kind::Text | Kind::Number | Kind::Big | Kind::Flag => column.not_null(),
    };
    column
}

fn index(table: &str, unique: bool, columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_"))).table(Alias::new(table));
    for name in columns {
        index.col(Alias::new(*name));
    }
    if unique {
        index.unique();
    }
    index
}

/// A step whose tables are its `SHEETS`.
macro_rules! step {
    ($name:literal) => {
        /// This step.
        pub(crate) struct Step;

        impl MigrationName for Step {
            fn name(&self) -> &str {
                $name
            }
        }

        #[async_trait::async_trait]
        impl MigrationTrait for Step {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $crate::sheet::create(manager, SHEETS).await
            }

            async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $crate::sheet::remove(manager, SHEETS).await
            }
        }
    };
}
pub(crate) use step;
