//! Data from before a migration is still there after it, with the same meaning.

mod confirmations;
mod continuous;
mod deposits;
mod installation;
mod makers_of_keys;
mod pay_pages;
mod unsupported_funds;

use requite::store::Database;
use sqlx::migrate::Migrator;

/// Migrates a database to an older version.
async fn migrate_to(database: &Database, version: i64) {
    let before = |mut migrator: Migrator| {
        migrator.migrations = migrator.migrations.iter().filter(|one| one.version <= version).cloned().collect();
        migrator
    };
    match database {
        Database::Sqlite { writer, .. } => before(sqlx::migrate!("migrations/sqlite")).run(writer).await.unwrap(),
        Database::Postgres(pool) => before(sqlx::migrate!("migrations/postgres")).run(pool).await.unwrap(),
    }
}

/// Counts the rows that match a condition.
async fn count(database: &Database, table: &str, condition: &str) -> usize {
    let sql = format!("select id from {table} where {condition}");
    database.snapshot().await.unwrap().all(sql, vec![]).await.unwrap().len()
}

/// Inserts rows as an older version did.
async fn write(database: &Database, statements: impl IntoIterator<Item = String>) {
    for statement in statements {
        let mut transaction = database.begin().await.unwrap();
        transaction.execute(statement.clone(), vec![]).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
        transaction.commit().await.unwrap();
    }
}
