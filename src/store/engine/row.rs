//! Rows of a result, and the types their columns can be read as.

use crate::store::error::CorruptColumn;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::{Column as _, ColumnOrigin, Row as _, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug)]
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Reads a column by name.
    pub fn get<T: ReadColumn>(&self, name: &str) -> Result<T, CorruptColumn> {
        T::read(self, name).map_err(|error| self.corrupt(name, error))
    }

    /// Reads a text column with a parser. Text that the parser rejects is reported as corrupt.
    pub fn parse<T>(&self, name: &str, parser: impl FnOnce(&str) -> Option<T>) -> Result<T, CorruptColumn> {
        let text: String = self.get(name)?;
        parser(&text).ok_or_else(|| self.corrupt(name, format!("unknown value {text:?}")))
    }

    /// Like [`Row::parse`], for secrets: the error does not contain the text, so that it cannot reach a log.
    pub fn parse_secret<T>(&self, name: &str, parser: impl FnOnce(&str) -> Option<T>) -> Result<T, CorruptColumn> {
        let text: String = self.get(name)?;
        parser(&text).ok_or_else(|| self.corrupt(name, "unreadable"))
    }

    /// Builds the error for content that Requite would never have written, with table and column.
    pub fn corrupt(&self, name: &str, reason: impl Into<BoxError>) -> CorruptColumn {
        let error = CorruptColumn::new(name, reason);
        match self.table(name) {
            Some(table) => error.of_table(table),
            None => error,
        }
    }

    /// Returns the table a column comes from, if the engine reports it.
    fn table(&self, name: &str) -> Option<String> {
        let origin = match self {
            Self::Sqlite(row) => row.try_column(name).ok()?.origin(),
            Self::Postgres(row) => row.try_column(name).ok()?.origin(),
        };
        match origin {
            ColumnOrigin::Table(column) => Some(column.table.to_string()),
            ColumnOrigin::Expression | ColumnOrigin::Unknown => None,
        }
    }

    /// Returns the column names, for error messages in tests.
    pub fn columns(&self) -> Vec<String> {
        match self {
            Self::Sqlite(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
            Self::Postgres(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        }
    }
}

/// A type that a column can be read as.
pub trait ReadColumn: Sized {
    /// Reads the column called `name`.
    fn read(row: &Row, name: &str) -> Result<Self, BoxError>;
}

macro_rules! column_as_is {
    ($($type:ty),*) => {
        $(impl ReadColumn for $type {
            fn read(row: &Row, name: &str) -> Result<Self, BoxError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(name)?,
                    Row::Postgres(row) => row.try_get(name)?,
                })
            }
        })*
    };
}

column_as_is!(String, Option<String>, i64, Option<i64>);

/// Types that SQLite stores as text.
macro_rules! column_from_text {
    ($($type:ty => $parse:expr;)*) => {
        $(
            impl ReadColumn for Option<$type> {
                fn read(row: &Row, name: &str) -> Result<Self, BoxError> {
                    Ok(match row {
                        Row::Sqlite(row) => {
                            row.try_get::<Option<String>, _>(name)?.map(|text| ($parse)(&text)).transpose()?
                        }
                        Row::Postgres(row) => row.try_get(name)?,
                    })
                }
            }
            impl ReadColumn for $type {
                fn read(row: &Row, name: &str) -> Result<Self, BoxError> {
                    Option::<$type>::read(row, name)?.ok_or_else(|| "unexpected null".into())
                }
            }
        )*
    };
}

column_from_text! {
    Uuid => Uuid::try_parse;
    Decimal => |text: &str| Decimal::from_str_exact(text);
    DateTime<Utc> => |text: &str| DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc));
    serde_json::Value => |text: &str| serde_json::from_str::<serde_json::Value>(text);
}
