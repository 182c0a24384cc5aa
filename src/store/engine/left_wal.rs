//! The write-ahead log (WAL) that a SQLite database has beside it when its server was killed.

use super::{
    Database, Error, StoreError, failure,
    open_file::{NUMBER_AT, beside, bytes_at, number_in},
    server_name,
};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{fs::File, io, path::Path};

/// The largest file that is examined, in bytes. That takes some seconds; nobody should wait for minutes after a power cut.
const LARGEST: u64 = 2 << 30;

/// Where things are in a WAL (<https://sqlite.org/fileformat2.html#the_write_ahead_log>). A frame is a header with the number
/// of a page, and the page. Frames with other salts than the WAL's are of an older one, and were not overwritten yet.
const PAGE_SIZE_AT: u64 = 8;
const SALTS_AT: u64 = 16;
const FRAMES_AT: u64 = 32;
const SALTS_IN_FRAME: u64 = 8;
const PAGE_IN_FRAME: u64 = 24;

/// Fails if the WAL beside a file belongs to a file of another moment: a backup that was put in place of the database. SQLite
/// would write the newer pages of the WAL into it, and nobody could tell the two apart any more. A WAL does not say which
/// file it belongs to, but the number that we raise in the first page does: it is in the WAL, and a backup that is older
/// than the WAL lacks what came before. Beside what is not seen so, a mixture has indexes that contradict their tables, which
/// `quick_check` does not see. While a server has the file, its WAL is not looked at: reading everything takes seconds in a
/// large database.
///
/// The connection must be read-only: it leaves both files as they are. One that can write copies the WAL into the file when
/// it closes.
pub(super) async fn require_fitting(read_only: &SqliteConnectOptions) -> Result<(), StoreError> {
    let file = read_only.get_filename();
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size(&beside(file, "-wal")) == 0 || server_name::is_locked(file).map_err(Error::Io)? {
        return Ok(());
    }
    let is_older = is_older_than_wal(file).map_err(Error::Io)?;
    if !is_older && size(file) > LARGEST {
        tracing::warn!(
            "the server was killed, and its database is too large to be examined before it starts; run 'requite check', which does"
        );
        return Ok(());
    }
    let finding = if is_older {
        Some("the file is older than the first change in the other".to_owned())
    } else {
        finding(examine(read_only).await)?
    };
    match finding {
        Some(finding) => Err(StoreError::WalOfAnotherFile { file: file.display().to_string(), finding }),
        None => Ok(()),
    }
}

impl Database {
    /// Reads everything in a SQLite database; returns the first contradiction. PostgreSQL has checks of its own.
    pub async fn contradiction(&self) -> Result<Option<String>, Error> {
        match self {
            Self::Sqlite { readers, .. } => {
                let mut connection = readers.acquire().await?;
                finding(integrity(&mut connection).await)
            }
            Self::Postgres(_) => Ok(None),
        }
    }
}

/// Whether a database lacks changes that came before its WAL. Everything older than the WAL is in the file, and a change
/// raises the number by one, so the file has at least the first number of the WAL less one.
fn is_older_than_wal(database: &Path) -> io::Result<bool> {
    // The WAL is read first: a command that runs at the same time may copy it into the file and begin another, or remove it.
    let first = match File::open(beside(database, "-wal")) {
        Ok(wal) => first_number(&wal)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let Some(first) = first else { return Ok(false) };
    Ok(number_in(&File::open(database)?)?.is_some_and(|number| number < first.saturating_sub(1)))
}

/// The number in the oldest version of the database's first page that a WAL has; none if it has none.
fn first_number(wal: &File) -> io::Result<Option<i32>> {
    let Some((page_size, salts)) = bytes_at(wal, PAGE_SIZE_AT)?.zip(bytes_at::<8>(wal, SALTS_AT)?) else {
        return Ok(None);
    };
    let frame_size = PAGE_IN_FRAME + u64::from(u32::from_be_bytes(page_size));
    let mut at = FRAMES_AT;
    while let Some(page) = bytes_at(wal, at)? {
        if bytes_at::<8>(wal, at + SALTS_IN_FRAME)? != Some(salts) {
            break;
        }
        if u32::from_be_bytes(page) == 1 {
            return Ok(bytes_at(wal, at + PAGE_IN_FRAME + NUMBER_AT)?.map(i32::from_be_bytes));
        }
        at += frame_size;
    }
    Ok(None)
}

async fn examine(options: &SqliteConnectOptions) -> Result<String, Error> {
    let mut connection = SqliteConnection::connect_with(options).await?;
    let examined = integrity(&mut connection).await?;
    connection.close().await?;
    Ok(examined)
}

/// The first contradiction in a database, or `ok`.
async fn integrity(connection: &mut SqliteConnection) -> Result<String, Error> {
    sqlx::query_scalar("pragma integrity_check(1)").fetch_one(connection).await
}

fn finding(examined: Result<String, Error>) -> Result<Option<String>, Error> {
    match examined {
        Ok(finding) if finding == "ok" => Ok(None),
        Ok(finding) => Ok(Some(finding)),
        Err(error) if failure::is_malformed(&error) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}
