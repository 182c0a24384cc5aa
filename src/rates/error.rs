//! Errors of rate sources.

use crate::{
    domain::{error::DomainError, money::currency::Currency},
    error::with_causes,
    texts::errors::english,
};
use reqwest::StatusCode;
use std::path::PathBuf;

/// Why a rate source cannot be created or refreshed. It never contains the URL of a service, which may contain a
/// secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the sandbox's rates are invented; a production server needs others (REQUITE_RATES)")]
    InventedInProduction,
    #[error("the rates file {}", path.display())]
    File { path: PathBuf, source: FileError },
    #[error("the HTTP client for the rates service cannot be created")]
    Client(#[source] reqwest::Error),
    #[error("the timeout of the rates service is out of range")]
    Timeout(#[from] chrono::OutOfRangeError),
    #[error("the rates service cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the rates service responded with {0}")]
    Status(StatusCode),
    #[error("the rates service responded with more than 1 MiB")]
    TooLong,
    #[error("the response of the rates service is not UTF-8 text")]
    NotText(#[from] std::string::FromUtf8Error),
    #[error("the response of the rates service has no price at {pointer}")]
    NoPrice { pointer: String },
    /// The errors of a service that is requested once for each currency.
    #[error("{}", of_each(.0))]
    Currencies(Vec<(Currency, Error)>),
}

/// What is wrong with a file of rates.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Unreadable(#[from] std::io::Error),
    #[error(transparent)]
    Malformed(#[from] serde_json::Error),
    #[error("{code}: {}", english(.reason))]
    Currency { code: String, reason: Box<DomainError> },
    #[error("{code}: {number} is not a price")]
    Price { code: String, number: String },
}

fn of_each(errors: &[(Currency, Error)]) -> String {
    let lines = errors.iter().map(|(currency, error)| format!("{currency}: {}", with_causes(error)));
    lines.collect::<Vec<_>>().join("; ")
}
