//! The adapter between one set of SQL statements and two database engines.
//!
//! Statements are written once, with `$1` placeholders that both engines understand, and bound through [`Value`];
//! columns are read through [`ReadColumn`]. What differs (how a decimal, a time or a UUID is stored, how a row is
//! locked) is decided only in this module. Rejected: `sqlx::Any`, which supports no decimals, times or UUIDs, and one
//! implementation per engine, which would duplicate every statement.

pub mod lease;
mod left_wal;
pub mod listing;
pub mod migrations;
mod open_file;
mod row;
pub mod server_name;
mod sum;

pub use listing::SearchSyntax;
pub use row::{ReadColumn, Row};

use super::{error::Error as StoreError, failure};
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use open_file::OpenFile;
use rust_decimal::Decimal;
use sqlx::{
    AssertSqlSafe, Connection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    postgres::{PgArguments, PgPoolOptions},
    query::Query,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    str::FromStr,
    time::{Duration, Instant},
};
use uuid::Uuid;

pub type Error = sqlx::Error;

/// How long a SQLite write transaction waits for another one before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a request waits for a connection, also to a PostgreSQL that is away. Less than a request may take, so that the
/// client is told what the matter is.
const POSTGRES_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a server that starts together with PostgreSQL waits for it.
const POSTGRES_STARTS_WITHIN: Duration = Duration::from_secs(30);

/// An open database of either engine.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file. All writes go through one connection, so that transactions queue instead of failing as busy.
    Sqlite {
        /// The single write connection.
        writer: SqlitePool,
        /// Read-only connections. In WAL mode, readers and the writer do not block each other.
        readers: SqlitePool,
        file: OpenFile,
    },
    /// A server, possibly shared with other Requite servers.
    Postgres(PgPool),
}

impl Database {
    /// Opens `sqlite:PATH` (creating file and folder if they are missing) or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if is_postgres(url) {
            let options = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(POSTGRES_TIMEOUT);
            let begun = Instant::now();
            return loop {
                match options.clone().connect(url).await {
                    Err(Error::PoolTimedOut) if begun.elapsed() < POSTGRES_STARTS_WITHIN => {}
                    pool => break Ok(Self::Postgres(pool?)),
                }
            };
        }
        let options = SqliteConnectOptions::from_str(url)?.busy_timeout(BUSY_TIMEOUT);
        let file = OpenFile::make(options.get_filename()).map_err(Error::Io)?;
        left_wal::require_fitting(&options.clone().read_only(true)).await?;
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A refund that was confirmed to the client must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .optimize_on_close(true, None);
        let pool = || SqlitePoolOptions::new().after_release(|connection, _| Box::pin(is_reusable(connection)));
        let writer = pool().max_connections(1).acquire_timeout(BUSY_TIMEOUT).connect_with(options.clone()).await?;
        let readers = pool().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { writer, readers, file })
    }

    /// Whether there is a database to open. Opening a file that is not there would create it.
    pub fn exists(url: &str) -> bool {
        is_postgres(url) || SqliteConnectOptions::from_str(url).map_or(true, |options| options.get_filename().exists())
    }

    /// Runs the pending migrations. Migrations only go forward.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, .. } => migrations::SQLITE.run(writer).await?,
            Self::Postgres(pool) => migrations::POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// How this engine is asked to search.
    pub const fn search_syntax(&self) -> SearchSyntax {
        match self {
            Self::Sqlite { .. } => SearchSyntax::SQLITE,
            Self::Postgres(_) => SearchSyntax::POSTGRES,
        }
    }

    /// Begins a write transaction. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), so that what it reads
    /// cannot change before it writes.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite { writer, file, .. } => {
                let transaction = writer.begin_with("begin immediate").await;
                // Looked at now, when nothing is waited for any more, and told rather than what SQLite makes of it.
                file.require_same().map_err(Error::Io)?;
                let mut transaction = transaction?;
                file.raise_number(&mut transaction).await?;
                Transaction::Sqlite(transaction)
            }
            Self::Postgres(pool) => Transaction::Postgres(begin_whole(pool, "begin").await?),
        })
    }

    /// Begins a read-only transaction that sees one consistent snapshot.
    pub async fn snapshot(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Transaction::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => {
                Transaction::Postgres(begin_whole(pool, "begin isolation level repeatable read read only").await?)
            }
        })
    }

    /// Closes every connection after running transactions have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

/// Begins a transaction on PostgreSQL, also if the caller stops waiting for it. sqlx counts a transaction only when the server
/// has answered: if its future is dropped before, the connection goes back to the pool inside a transaction that nobody
/// ends, and the next one there fails or reads an old snapshot. A task of its own is never dropped midway, and the
/// transaction that nobody takes from it is rolled back.
async fn begin_whole(pool: &PgPool, statement: &'static str) -> Result<sqlx::Transaction<'static, Postgres>, Error> {
    let pool = pool.clone();
    match tokio::spawn(async move { pool.begin_with(statement).await }).await {
        Ok(transaction) => transaction,
        // It is never aborted, so the runtime is stopping.
        Err(_) => Err(Error::WorkerCrashed),
    }
}

/// Whether a SQLite connection can be used again; if not, the pool closes it and opens another. After a full disk or
/// another I/O error SQLite rolls back by itself, so sqlx's own rollback fails, and sqlx counts the transaction as open
/// for ever: every later `begin` on this connection would fail, and there is only one that writes.
async fn is_reusable(connection: &mut SqliteConnection) -> Result<bool, Error> {
    // The rollback of a dropped transaction is only queued. The ping waits for it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// A running transaction. Dropping it without [`Transaction::commit`] rolls it back.
pub enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    /// Commits the transaction. Fails with [`StoreError::OutcomeUnknown`] unless it is certain that nothing was stored.
    pub async fn commit(self) -> Result<(), StoreError> {
        let result = match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        };
        result.map_err(
            |error| {
                if failure::was_rolled_back(&error) { error.into() } else { StoreError::OutcomeUnknown(error) }
            },
        )
    }

    /// Returns the suffix of a `select` that locks the rows it reads. On SQLite the whole database is already locked.
    /// On PostgreSQL it is `for no key update`, the weaker of the two write locks: inserting a row with a foreign key
    /// to a locked row then need not wait. With `for update` it would, and could deadlock (an idempotency key claimed,
    /// then the merchant locked). Primary keys never change here, so the weaker lock suffices.
    pub const fn for_update(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " for no key update",
        }
    }

    /// Returns the suffix of a `select` that keeps the rows it reads as they are until the transaction ends. Any number of
    /// transactions do that at once; one that locks a row with [`Transaction::for_update`] waits for all of them.
    pub const fn for_share(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " for share",
        }
    }

    /// Like [`Database::search_syntax`].
    pub const fn search_syntax(&self) -> SearchSyntax {
        match self {
            Self::Sqlite(_) => SearchSyntax::SQLITE,
            Self::Postgres(_) => SearchSyntax::POSTGRES,
        }
    }

    /// Like [`Transaction::for_update`], but skips rows that another transaction has locked.
    pub const fn for_update_skip_locked(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " for no key update skip locked",
        }
    }

    /// Runs a statement and returns the number of affected rows. Values are always bound; `sql` never contains outside
    /// text.
    pub async fn execute(&mut self, sql: impl Into<String>, values: Vec<Value>) -> Result<u64, Error> {
        let sql = AssertSqlSafe(sql.into());
        match self {
            Self::Sqlite(t) => Ok(bind_sqlite(sqlx::query(sql), values).execute(&mut **t).await?.rows_affected()),
            Self::Postgres(t) => Ok(bind_postgres(sqlx::query(sql), values).execute(&mut **t).await?.rows_affected()),
        }
    }

    /// Runs a query and returns all rows.
    pub async fn all(&mut self, sql: impl Into<String>, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        let sql = AssertSqlSafe(sql.into());
        match self {
            Self::Sqlite(t) => {
                let rows = bind_sqlite(sqlx::query(sql), values).fetch_all(&mut **t).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(t) => {
                let rows = bind_postgres(sqlx::query(sql), values).fetch_all(&mut **t).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Runs a query and returns its first row, if any.
    pub async fn optional(&mut self, sql: impl Into<String>, values: Vec<Value>) -> Result<Option<Row>, Error> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Runs a query and returns its first row; no row is an error.
    pub async fn one(&mut self, sql: impl Into<String>, values: Vec<Value>) -> Result<Row, Error> {
        self.optional(sql, values).await?.ok_or(Error::RowNotFound)
    }
}

/// A value to bind. `None` has a type too, because PostgreSQL needs the type of a null.
#[derive(Clone, Debug)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Uuid(Option<Uuid>),
    Decimal(Option<Decimal>),
    Time(Option<DateTime<Utc>>),
    Json(serde_json::Value),
}

/// Replaces NUL characters, which PostgreSQL cannot store, so that a search for one finds nothing instead of failing.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

macro_rules! value_from {
    ($($from:ty => |$x:ident| $into:expr;)*) => {
        $(impl From<$from> for Value { fn from($x: $from) -> Self { $into } })*
    };
}

value_from! {
    &str => |text| Self::Text(Some(storable(text)));
    &String => |text| Self::from(text.as_str());
    String => |text| Self::from(text.as_str());
    Option<String> => |text| Self::from(text.as_deref());
    &Option<String> => |text| Self::from(text.as_deref());
    Option<&str> => |text| Self::Text(text.map(storable));
    i64 => |number| Self::Int(Some(number));
    Option<i64> => |number| Self::Int(number);
    Uuid => |id| Self::Uuid(Some(id));
    Option<Uuid> => |id| Self::Uuid(id);
    Decimal => |amount| Self::Decimal(Some(amount));
    Option<Decimal> => |amount| Self::Decimal(amount);
    DateTime<Utc> => |time| Self::Time(Some(time));
    Option<DateTime<Utc>> => |time| Self::Time(time);
    serde_json::Value => |json| Self::Json(json);
    crate::domain::money::currency::Currency => |currency| Self::from(currency.code());
    crate::domain::address::network::Network => |network| Self::from(network.code());
    crate::domain::money::Money => |money| Self::Decimal(Some(money.amount()));
}

macro_rules! value_from_id {
    ($($id:ident),*) => {
        $(impl From<crate::domain::ids::$id> for Value {
            fn from(id: crate::domain::ids::$id) -> Self { Self::Uuid(Some(id.0)) }
        })*
    };
}

value_from_id!(
    MerchantId,
    UserId,
    SessionId,
    PasswordResetId,
    PolicyProposalId,
    ApiKeyId,
    ApiLogId,
    PaymentIntentId,
    PaymentId,
    RefundId,
    RefundDraftId,
    PayPageId,
    RecipientId,
    QuoteId,
    LedgerTransactionId,
    WebhookEndpointId,
    WebhookDeliveryId,
    MailId,
    NoticeId,
    NoteId,
    SavedViewId,
    IdempotencyKey
);

/// Builds the values of a statement, in the order of its placeholders.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::engine::Value::from($value)),*] };
}

type SqliteQuery<'q> = Query<'q, Sqlite, SqliteArguments>;
type PostgresQuery<'q> = Query<'q, Postgres, PgArguments>;

fn bind_sqlite(query: SqliteQuery<'_>, values: Vec<Value>) -> SqliteQuery<'_> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Text(text) => query.bind(text),
        Value::Int(number) => query.bind(number),
        Value::Uuid(id) => query.bind(id.map(|id| id.hyphenated().to_string())),
        Value::Decimal(amount) => query.bind(amount.map(decimal_text)),
        Value::Time(time) => query.bind(time.map(time_text)),
        Value::Json(json) => query.bind(json.to_string()),
    })
}

fn bind_postgres(query: PostgresQuery<'_>, values: Vec<Value>) -> PostgresQuery<'_> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Text(text) => query.bind(text),
        Value::Int(number) => query.bind(number),
        Value::Uuid(id) => query.bind(id),
        Value::Decimal(amount) => query.bind(amount),
        Value::Time(time) => query.bind(time.map(|time| time.trunc_subsecs(6))),
        Value::Json(json) => query.bind(json),
    })
}

/// Formats a decimal for SQLite: ten digits, a point, eighteen digits, so that text order equals numeric order for
/// every amount that can be entered.
fn decimal_text(amount: Decimal) -> String {
    let digits = crate::domain::money::fixed(amount.abs(), 18);
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    format!("{sign}{digits:0>29}")
}

/// Formats a time for SQLite: UTC with microseconds, always the same width, so that text order equals time order.
fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}
