//! Where a report was withdrawn from: to take that back is to stand there again.

use sea_orm_migration::prelude::*;

/// This step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m09_undo"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new(Alias::new("withdrawn_from"));
        column.text().null();
        manager.alter_table(Table::alter().table(Alias::new("reports")).add_column(&mut column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Alias::new("withdrawn_from");
        manager.alter_table(Table::alter().table(Alias::new("reports")).drop_column(column).to_owned()).await
    }
}
