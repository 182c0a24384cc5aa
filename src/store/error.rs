//! What the store answers when it does not do what was asked.

use crate::domain::error::{DomainError, ErrorCode};
use std::{error::Error as StdError, fmt};

/// Either a refusal, or a fault of the database or of what is stored in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request was understood and is not carried out.
    #[error(transparent)]
    Refused(#[from] DomainError),
    /// The database failed.
    #[error("database")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought to the newest version.
    #[error("the database cannot be migrated")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds something that Requite does not write.
    #[error(transparent)]
    Corrupt(#[from] CorruptColumn),
    /// A message to be sent cannot be written as JSON.
    #[error("a message cannot be written as JSON")]
    Message(#[from] serde_json::Error),
}

impl Error {
    /// The stable code.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(error) => error.code,
            Self::Database(_) | Self::Migration(_) | Self::Corrupt(_) | Self::Message(_) => ErrorCode::Internal,
        }
    }
}

/// A column whose content cannot be read, or contradicts other rows.
#[derive(Debug)]
pub struct CorruptColumn {
    table: Option<String>,
    column: String,
    source: Box<dyn StdError + Send + Sync>,
}

impl CorruptColumn {
    /// A column of a row, and why it cannot be read.
    pub fn new(column: &str, reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { table: None, column: column.to_owned(), source: reason.into() }
    }

    /// The same with its table.
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
