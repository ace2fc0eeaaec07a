//! The schema is what the steps say, goes down as it came up, and has no column without a class.

use std::collections::{BTreeMap, BTreeSet};

use migrations::{Migrations, MigratorTrait};

use super::*;

async fn columns(house: &House) -> BTreeMap<String, BTreeSet<String>> {
    let connection = &house.store.inner.connections.read;
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        }
        _ => "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'",
    };
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in connection.query_all_raw(Sql::from_string(backend, sql)).await.unwrap() {
        let (table, column): (String, String) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        if table != "seaql_migrations" && !table.starts_with("sqlite_") {
            tables.entry(table).or_default().insert(column);
        }
    }
    tables
}

both_databases! {
    async fn every_column_has_a_class_and_every_class_a_column(house: &House) {
        let listed = report::fields::fields().unwrap();
        let listed: BTreeMap<String, BTreeSet<String>> =
            listed.into_iter().map(|(table, columns)| (table, columns.into_keys().collect())).collect();
        assert_eq!(columns(house).await, listed);
    }

    async fn the_steps_go_up_down_and_up_again(house: &House) {
        let before = columns(house).await;
        let connection = &house.store.inner.connections.write;
        Migrations::down(connection, None).await.unwrap();
        assert_eq!(columns(house).await, BTreeMap::new());
        house.store.migrate().await.unwrap();
        assert_eq!(columns(house).await, before);
    }

    async fn no_time_is_kept_as_text_or_timestamp(house: &House) {
        let connection = &house.store.inner.connections.read;
        let backend = connection.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND (column_name LIKE '%\\_day' OR column_name LIKE '%\\_hour' OR column_name LIKE '%\\_minute')",
            _ => "SELECT p.type FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND (p.name LIKE '%_day' OR p.name LIKE '%_hour' OR p.name LIKE '%_minute')",
        };
        let rows = connection.query_all_raw(Sql::from_string(backend, sql)).await.unwrap();
        assert!(rows.len() > 20);
        for row in rows {
            assert_eq!(row.try_get_by_index::<String>(0).unwrap().to_lowercase(), "integer");
        }
    }
}

#[tokio::test]
async fn an_open_store_says_what_its_connections_must_be() {
    let house = House::on_sqlite().await;
    for (pragma, expected) in
        [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1")]
    {
        for connection in [&house.store.inner.connections.write, &house.store.inner.connections.read] {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let row = connection.query_one_raw(Sql::from_string(DbBackend::Sqlite, sql)).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<String>(0).unwrap(), expected, "{pragma}");
        }
    }
    let sql = Sql::from_string(DbBackend::Sqlite, "DELETE FROM reports");
    assert!(house.store.inner.connections.read.execute_raw(sql).await.is_err(), "a reading connection wrote");
}
