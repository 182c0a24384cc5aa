//! Data from before a migration is still there after it, with the same meaning.

mod balance_entries;
mod confirmations;
mod continuous;
mod deposits;
mod installation;
mod makers_of_keys;
mod not_followed;
mod note_words;
mod pauses;
mod pay_pages;
mod unsupported_funds;
mod untraced_blocks;

use requite::store::{Database, migrations};
use sqlx::migrate::{Migration, Migrator};

/// Migrates a database to an older version.
async fn migrate_to(database: &Database, version: i64) {
    let before = |migrator: &Migrator| {
        let mut migrator = Migrator::with_migrations(migrator.migrations.to_vec());
        migrator.migrations = migrator.migrations.iter().filter(|one| one.version <= version).cloned().collect();
        migrator
    };
    match database {
        Database::Sqlite { writer, .. } => before(&migrations::SQLITE).run(writer).await.unwrap(),
        Database::Postgres(pool) => before(&migrations::POSTGRES).run(pool).await.unwrap(),
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

/// A file with a name of another form would be left out.
#[test]
fn every_file_is_a_migration() {
    for (engine, migrator) in [("sqlite", &migrations::SQLITE), ("postgres", &migrations::POSTGRES)] {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        files.sort();
        let name = |one: &Migration| format!("{:04}_{}.sql", one.version, one.description.replace(' ', "_"));
        assert_eq!(
            migrator.iter().map(name).collect::<Vec<_>>(),
            files.iter().map(|file| file.to_str().unwrap()).collect::<Vec<_>>()
        );
    }
}
