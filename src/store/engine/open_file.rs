//! The file of a SQLite database.

use super::Error;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::{
    fs::{DirBuilder, File, Metadata, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Where the number of SQLite's `pragma user_version` is in the first page, and so in the file: four bytes, the highest
/// first. We raise it again and again, and nothing lowers it.
pub(super) const NUMBER_AT: u64 = 60;

/// How often a process raises it while it writes. What is copied from the WAL to the file has nearly always a higher number
/// than what was copied before.
const BETWEEN_RAISES: Duration = Duration::from_secs(1);

/// The file that was opened. If a backup is put in its place while the server runs, SQLite goes on with the file that has no
/// name any more: what is written there is lost when the server stops, and a command line sees another database. If a backup
/// is copied into it, SQLite notices nothing either, and mixes its pages with those that it remembers and those of the WAL.
/// The number in the file is then lower than it was. If it is not, the backup is younger than what was last copied from the
/// WAL; everything since then is in the WAL, which makes of the backup what the database was.
#[derive(Clone, Debug)]
pub struct OpenFile {
    path: PathBuf,
    /// Device and number.
    identity: (u64, u64),
    /// Kept open: when a process closes any handle of a file, it loses the locks that SQLite has on it.
    file: Arc<File>,
    seen: Arc<Mutex<Seen>>,
}

/// What this process knows of the number.
#[derive(Debug, Default)]
struct Seen {
    /// The newest in the file; none in an empty one.
    number: Option<i32>,
    /// It was lower once. It can grow again, when SQLite copies pages of the WAL into the backup.
    was_lower: bool,
    raised_at: Option<Instant>,
}

impl OpenFile {
    /// Creates the file and its folder if they are missing, accessible to their owner alone: the file holds everything a
    /// merchant knows about its customers. SQLite gives its other files the same permissions. What exists is not changed,
    /// since a backup program may read it as another user; a warning is logged.
    pub fn make(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
        let metadata = file.metadata()?;
        if metadata.permissions().mode() & 0o077 != 0 {
            tracing::warn!(file = %path.display(), "other users of this machine can open the database file; chmod 600 ends that");
        }
        let seen = Seen { number: number_in(&file)?, ..Seen::default() };
        Ok(Self {
            path: path.to_owned(),
            identity: identity(&metadata),
            file: Arc::new(file),
            seen: Arc::new(Mutex::new(seen)),
        })
    }

    /// Fails if another file is in its place now, or if another one was copied into it.
    pub fn require_same(&self) -> io::Result<()> {
        if identity(&std::fs::metadata(&self.path)?) != self.identity {
            return Err(io::Error::other(
                "the database file was replaced while the server was running; restart the server",
            ));
        }
        let mut seen = self.seen();
        let mut number = number_in(&self.file)?;
        if number < seen.number {
            // Looked at again, since SQLite can be writing the first page at this moment.
            number = number_in(&self.file)?;
        }
        seen.require_not_lower(number)?;
        seen.number = number;
        Ok(())
    }

    /// Raises the number in a transaction that has begun, if that was not done just now.
    pub async fn raise_number(&self, transaction: &mut SqliteConnection) -> Result<(), Error> {
        if self.seen().raised_at.is_some_and(|at| at.elapsed() < BETWEEN_RAISES) {
            return Ok(());
        }
        // From what is committed, which another process may have raised.
        let number: i64 = sqlx::query_scalar("pragma user_version").fetch_one(&mut *transaction).await?;
        // Lower if a backup was restored through SQLite.
        self.seen().require_not_lower(i32::try_from(number).ok()).map_err(Error::Io)?;
        let raised = (number + 1).min(i64::from(i32::MAX));
        let sql = AssertSqlSafe(format!("pragma user_version = {raised}"));
        // Not kept with the prepared statements: it is another statement each time.
        sqlx::query(sql).persistent(false).execute(transaction).await?;
        self.seen().raised_at = Some(Instant::now());
        Ok(())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn require_not_lower(&mut self, number: Option<i32>) -> io::Result<()> {
        self.was_lower |= number < self.number;
        if !self.was_lower {
            return Ok(());
        }
        Err(io::Error::other(
            "an older file was copied over the database while the server was running; stop the server, restore the backup \
             once more without a -wal and a -shm file beside it, and start the server",
        ))
    }
}

/// The number in a file; none, which is lower than any, if it is empty or is being copied.
pub(super) fn number_in(file: &File) -> io::Result<Option<i32>> {
    Ok(bytes_at(file, NUMBER_AT)?.map(i32::from_be_bytes))
}

/// Some bytes of a file; none if it ends before.
pub(super) fn bytes_at<const LENGTH: usize>(file: &File, at: u64) -> io::Result<Option<[u8; LENGTH]>> {
    let mut bytes = [0; LENGTH];
    match file.read_exact_at(&mut bytes, at) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// The file beside a database with its name and this ending.
pub(super) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}
