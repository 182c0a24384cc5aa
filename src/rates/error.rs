//! Why there are no prices, or no new ones.

use crate::{
    domain::{error::DomainError, money::currency::Currency},
    error::with_causes,
};
use reqwest::StatusCode;
use std::path::PathBuf;

/// Why a source of rates cannot be made or refreshed. It never has the URL of a service in it, which may contain a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the sandbox's rates are invented; a production server needs others (REQUITE_RATES)")]
    InventedInProduction,
    #[error("the rates file {}", path.display())]
    File { path: PathBuf, source: FileError },
    #[error("no client for the rates can be made")]
    Client(#[source] reqwest::Error),
    #[error("the time that a rates service may take is out of range")]
    Timeout(#[from] chrono::OutOfRangeError),
    #[error("the rates service cannot be asked")]
    Unreachable(#[source] reqwest::Error),
    #[error("the rates service answered {0}")]
    Status(StatusCode),
    #[error("the rates service answered with more than 1 MB")]
    TooLong,
    #[error("the rates service answered with something else than text")]
    NotText(#[from] std::string::FromUtf8Error),
    #[error("the rates service's answer has no price at {pointer}")]
    NoPrice { pointer: String },
    /// A service that is asked for each currency.
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
    #[error("{code}")]
    Currency { code: String, source: DomainError },
    #[error("{code}: {number} is no price")]
    Price { code: String, number: String },
}

fn of_each(errors: &[(Currency, Error)]) -> String {
    let lines = errors.iter().map(|(currency, error)| format!("{currency}: {}", with_causes(error)));
    lines.collect::<Vec<_>>().join("; ")
}
