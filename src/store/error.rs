//! Errors of the store.

use super::failure;
use crate::{
    domain::error::{DomainError, ErrorCode},
    texts::errors::english,
};
use std::{error::Error as StdError, fmt};

/// A refused request, or a fault of the database or its content.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request was understood and refused, for example because a rule forbids it.
    #[error("{}", english(.0))]
    Refused(DomainError),
    /// A statement failed. Its transaction is rolled back, so nothing was changed.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// A commit failed in a way that does not say whether the changes are stored.
    #[error("the outcome of a commit is unknown")]
    OutcomeUnknown(#[source] sqlx::Error),
    /// A migration failed, or does not match the ones already applied.
    #[error("the database cannot be migrated")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A SQLite database that is not the one whose WAL is beside it, for the reason in `finding`.
    #[error(
        "{file} and the file {file}-wal beside it do not belong together ({finding}). If {file} is a backup that you have \
         restored, remove {file}-wal and {file}-shm, which a server that was killed has left, and start again; if not, \
         restore a backup. Nothing was changed"
    )]
    WalOfAnotherFile { file: String, finding: String },
    /// A column holds a value that Requite never writes.
    #[error(transparent)]
    Corrupt(#[from] CorruptColumn),
    /// An outgoing message cannot be written as JSON.
    #[error("a message cannot be written as JSON")]
    Message(#[from] serde_json::Error),
}

impl From<DomainError> for Error {
    fn from(refused: DomainError) -> Self {
        Self::Refused(refused)
    }
}

impl Error {
    /// Whether this one change was refused: by a rule, by a constraint, or because what it is about cannot be read. The
    /// database works, so other changes can succeed.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused(_) | Self::Corrupt(_) | Self::Message(_) => true,
            Self::Database(error) => failure::is_constraint(error),
            Self::OutcomeUnknown(_) | Self::Migration(_) | Self::WalOfAnotherFile { .. } => false,
        }
    }

    /// Returns the stable error code that clients see.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(error) => error.code,
            Self::Database(error) if failure::is_unavailable(error) => ErrorCode::DatabaseUnavailable,
            Self::OutcomeUnknown(_) => ErrorCode::OutcomeUnknown,
            Self::Database(_)
            | Self::Migration(_)
            | Self::WalOfAnotherFile { .. }
            | Self::Corrupt(_)
            | Self::Message(_) => ErrorCode::Internal,
        }
    }
}

/// A column that cannot be parsed, or that contradicts other rows.
#[derive(Debug)]
pub struct CorruptColumn {
    table: Option<String>,
    column: String,
    source: Box<dyn StdError + Send + Sync>,
}

impl CorruptColumn {
    /// Creates the error from a column's name and the reason why it cannot be read.
    pub fn new(column: &str, reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { table: None, column: column.to_owned(), source: reason.into() }
    }

    /// Adds the name of the table.
    pub fn of_table(self, table: impl Into<String>) -> Self {
        Self { table: Some(table.into()), ..self }
    }
}

impl fmt::Display for CorruptColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, column, .. } = self;
        match table {
            Some(table) => write!(f, "database: column {table}.{column}"),
            None => write!(f, "database: column {column}"),
        }
    }
}

impl StdError for CorruptColumn {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
