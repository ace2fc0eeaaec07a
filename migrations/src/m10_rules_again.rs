//! A version of the registry may come into force a second time: whoever takes a change of it back puts the one before in force again.

use sea_orm_migration::prelude::*;

/// This step.
pub(crate) struct Step;

const TABLE: &str = "registry_versions";
const INDEX: &str = "registry_versions_by_version_sha256";

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m10_rules_again"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table(Alias::new(TABLE)).to_owned()).await
    }

    /// Not unique any more: what came twice stays written down.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["version", "sha256"].map(Alias::new);
        let mut index = Index::create();
        index.name(INDEX).table(Alias::new(TABLE));
        for column in columns {
            index.col(column);
        }
        manager.create_index(index).await
    }
}
