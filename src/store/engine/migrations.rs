//! The migrations of both engines, embedded in the executable. sqlx's own macro for this would compile SQLite and both of
//! sqlx's drivers a second time, for the compiler.

use rust_embed::RustEmbed;
use sqlx::{
    AssertSqlSafe, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "migrations/sqlite/"]
struct SqliteFiles;

#[derive(RustEmbed)]
#[folder = "migrations/postgres/"]
struct PostgresFiles;

/// The migrations of SQLite.
pub static SQLITE: LazyLock<Migrator> = LazyLock::new(read::<SqliteFiles>);
/// The migrations of PostgreSQL.
pub static POSTGRES: LazyLock<Migrator> = LazyLock::new(read::<PostgresFiles>);

fn read<Files: RustEmbed>() -> Migrator {
    let migrations = Files::iter().filter_map(|name| {
        let (version, description) = name.strip_suffix(".sql")?.split_once('_')?;
        let sql = String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?;
        let (description, sql) = (description.replace('_', " ").into(), AssertSqlSafe(sql).into_sql_str());
        Some(Migration::new(version.parse().ok()?, description, MigrationType::Simple, sql, false))
    });
    Migrator::with_migrations(migrations.collect())
}
