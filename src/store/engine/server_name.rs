//! The exclusive use of a server's name. A server leases work under its name, and takes it back when it starts after a
//! crash. That must not happen while another server with the same name is running, so the name is locked.

use super::{Database, Error, open_file::beside};
use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

/// How long to wait for the lock: the operating system or PostgreSQL may need a moment to notice that its last holder has
/// died.
const LOCKED_WITHIN: Duration = Duration::from_secs(3);
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(50);

/// The time between two checks that PostgreSQL still knows the lock.
const BETWEEN_CHECKS: Duration = Duration::from_secs(2);

/// How long PostgreSQL may take to answer; then its connection counts as lost.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// Keeps a server's name locked. Dropping it unlocks the name, and so does the end of the process.
pub struct ServerName {
    lock: Lock,
    database: Database,
    name: String,
}

enum Lock {
    /// A lock on a file beside the SQLite database, which one server uses at a time.
    File(#[expect(dead_code, reason = "held only to be dropped")] File),
    /// An advisory lock of PostgreSQL, which its connection holds.
    Connection(PgConnection, Backend),
}

/// The process of PostgreSQL that serves a connection.
struct Backend {
    pid: i32,
    since: DateTime<Utc>,
}

impl Database {
    /// Locks a server's name; `None` if another running server has it.
    pub async fn lock_name(&self, name: &str) -> Result<Option<ServerName>, Error> {
        let mut waited = Duration::ZERO;
        loop {
            let lock = match self {
                Self::Sqlite { writer, .. } => lock_file(writer.connect_options().get_filename())?,
                Self::Postgres(pool) => {
                    lock_in_postgres(PgConnection::connect_with(&pool.connect_options()).await?, name).await?
                }
            };
            if lock.is_some() || waited >= LOCKED_WITHIN {
                return Ok(lock.map(|lock| ServerName { lock, database: self.clone(), name: name.to_owned() }));
            }
            tokio::time::sleep(BETWEEN_ATTEMPTS).await;
            waited += BETWEEN_ATTEMPTS;
        }
    }
}

impl ServerName {
    /// Waits until another server has the name. PostgreSQL forgets the lock when it restarts or its connection breaks; then
    /// the name is locked again, unless another server was faster. A file stays locked as long as the process lives.
    pub async fn taken(mut self) {
        loop {
            let Lock::Connection(connection, backend) = &mut self.lock else { return std::future::pending().await };
            if !matches!(tokio::time::timeout(ANSWERS_WITHIN, connection.ping()).await, Ok(Ok(()))) {
                // PostgreSQL may not have noticed that the connection broke, and still hold its lock.
                let ended = self.database.end_backend(backend).await;
                match (ended, self.database.lock_name(&self.name).await) {
                    (_, Ok(Some(again))) => self = again,
                    (Ok(false), Ok(None)) => return,
                    // PostgreSQL is away, or ends the old connection now.
                    (Ok(true), Ok(None)) | (Err(_), _) | (_, Err(_)) => {}
                }
            }
            tokio::time::sleep(BETWEEN_CHECKS).await;
        }
    }
}

impl Database {
    /// Ends a connection that this server has lost. Returns whether PostgreSQL still knew it.
    async fn end_backend(&self, backend: &Backend) -> Result<bool, Error> {
        let Self::Postgres(pool) = self else { return Ok(false) };
        let sql = "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start = $2";
        let ended = sqlx::query(sql).bind(backend.pid).bind(backend.since).fetch_optional(pool).await?;
        Ok(ended.is_some())
    }
}

/// Whether a server that is running has this SQLite database.
pub(super) fn is_locked(database: &Path) -> io::Result<bool> {
    let file = match File::open(beside(database, ".lock")) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn lock_file(database: &Path) -> Result<Option<Lock>, Error> {
    let path = beside(database, ".lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map_err(Error::Io)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock::File(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(Error::Io(error)),
    }
}

async fn lock_in_postgres(mut connection: PgConnection, name: &str) -> Result<Option<Lock>, Error> {
    let sql = "select pg_try_advisory_lock(hashtextextended($1, 0))";
    let is_locked: bool = sqlx::query_scalar(sql).bind(format!("requite {name}")).fetch_one(&mut connection).await?;
    if !is_locked {
        return Ok(None);
    }
    let sql = "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()";
    let (pid, since) = sqlx::query_as(sql).fetch_one(&mut connection).await?;
    Ok(Some(Lock::Connection(connection, Backend { pid, since })))
}
