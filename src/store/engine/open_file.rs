//! The file of a SQLite database.

use std::{
    fs::{DirBuilder, Metadata, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The file that was opened. If a backup is put in its place while the server runs, SQLite goes on with the file that has no
/// name any more: what is written there is lost when the server stops, and a command line sees another database.
#[derive(Clone, Debug)]
pub struct OpenFile {
    path: PathBuf,
    /// Device and number.
    identity: (u64, u64),
}

impl OpenFile {
    /// Creates the file and its folder if they are missing, accessible to their owner alone: the file holds everything a
    /// merchant knows about its customers. SQLite gives its other files the same permissions. What exists is not changed,
    /// since a backup program may read it as another user; a warning is logged.
    pub fn make(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let metadata = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?.metadata()?;
        if metadata.permissions().mode() & 0o077 != 0 {
            tracing::warn!(file = %path.display(), "other users of this machine can open the database file; chmod 600 ends that");
        }
        Ok(Self { path: path.to_owned(), identity: identity(&metadata) })
    }

    /// Fails if another file is in its place now.
    pub fn require_same(&self) -> io::Result<()> {
        if identity(&std::fs::metadata(&self.path)?) == self.identity {
            return Ok(());
        }
        Err(io::Error::other("the database file was replaced while the server was running; restart the server"))
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
