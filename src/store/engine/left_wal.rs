//! The write-ahead log (WAL) that a SQLite database has beside it when its server was killed.

use super::{Error, StoreError, failure, open_file::beside, server_name};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// The largest file that is examined, in bytes. That takes some seconds; nobody should wait for minutes after a power cut.
const LARGEST: u64 = 2 << 30;

/// Fails if the WAL beside a file belongs to a file of another moment: a backup that was put in place of the database. SQLite
/// would write the newer pages of the WAL into it, and nobody could tell the two apart any more. A WAL does not say which
/// file it belongs to, but a mixture has indexes that contradict their tables, which `quick_check` does not see. While a
/// server has the file, its WAL is not looked at: reading everything takes seconds in a large database.
///
/// The connection must be read-only: it leaves both files as they are. One that can write copies the WAL into the file when
/// it closes.
pub(super) async fn require_fitting(read_only: &SqliteConnectOptions) -> Result<(), StoreError> {
    let file = read_only.get_filename();
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size(&beside(file, "-wal")) == 0 || server_name::is_locked(file).map_err(Error::Io)? {
        return Ok(());
    }
    if size(file) > LARGEST {
        tracing::warn!(
            "the server was killed; its database is too large to be examined before it starts: run requite check"
        );
        return Ok(());
    }
    let finding = match examine(read_only).await {
        Ok(finding) if finding == "ok" => return Ok(()),
        Ok(finding) => finding,
        Err(error) if failure::is_malformed(&error) => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    Err(StoreError::WalOfAnotherFile { file: file.display().to_string(), finding })
}

/// The first contradiction in a database, or `ok`.
async fn examine(options: &SqliteConnectOptions) -> Result<String, Error> {
    let mut connection = SqliteConnection::connect_with(options).await?;
    let finding = sqlx::query_scalar("pragma integrity_check(1)").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(finding)
}
