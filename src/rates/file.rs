//! Prices from a file that the operator maintains:
//!
//! ```json
//! {"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.0812", "BTC": "97250", "ETH": "3711.40"}}
//! ```
//!
//! The file is read again when it changes. If that fails, the earlier prices stay in use until they are too old.
//! Numbers can be written with or without quotes; both are exact.

use super::{DollarPrice, Error, FileError, RateSource, feed::exact_number};
use crate::domain::money::currency::Currency;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::PathBuf,
    sync::{PoisonError, RwLock},
    time::SystemTime,
};

#[derive(Debug)]
pub struct RatesFile {
    path: PathBuf,
    max_age: Duration,
    read: RwLock<ReadFile>,
}

/// The content of the file when it was last read.
#[derive(Debug, Default)]
struct ReadFile {
    changed_at: Option<SystemTime>,
    prices: BTreeMap<Currency, DollarPrice>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RatesDocument<'a> {
    as_of: DateTime<Utc>,
    #[serde(borrow)]
    dollars: BTreeMap<String, &'a RawValue>,
}

impl RatesFile {
    /// Reads the file for the first time; the error describes what is wrong with it.
    pub fn open(path: PathBuf, max_age: Duration) -> Result<Self, Error> {
        let source = Self { path, max_age, read: RwLock::default() };
        source.read_if_changed()?;
        Ok(source)
    }

    fn read_if_changed(&self) -> Result<(), Error> {
        self.try_read_if_changed().map_err(|source| Error::File { path: self.path.clone(), source })
    }

    fn try_read_if_changed(&self) -> Result<(), FileError> {
        let changed_at = Some(std::fs::metadata(&self.path)?.modified()?);
        if self.read.read().unwrap_or_else(PoisonError::into_inner).changed_at == changed_at {
            return Ok(());
        }
        let prices = parse(&std::fs::read_to_string(&self.path)?)?;
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = ReadFile { changed_at, prices };
        Ok(())
    }
}

fn parse(text: &str) -> Result<BTreeMap<Currency, DollarPrice>, FileError> {
    let document: RatesDocument<'_> = serde_json::from_str(text)?;
    let price = |(code, number): (String, &RawValue)| {
        let currency = match Currency::parse_of_price(&code) {
            Ok(currency) => currency,
            Err(reason) => return Err(FileError::Currency { code, reason: Box::new(reason) }),
        };
        match exact_number(number.get()) {
            Some(price) => Ok((currency, DollarPrice { price, at: document.as_of })),
            None => Err(FileError::Price { code, number: number.get().to_owned() }),
        }
    };
    document.dollars.into_iter().map(price).collect()
}

#[async_trait::async_trait]
impl RateSource for RatesFile {
    fn name(&self) -> Cow<'static, str> {
        "rates file".into()
    }

    fn price(&self, of: Currency, _now: DateTime<Utc>) -> Option<DollarPrice> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).prices.get(&of).cloned()
    }

    fn max_age(&self) -> Duration {
        self.max_age
    }

    async fn refresh(&self, _now: DateTime<Utc>) -> Result<(), Error> {
        self.read_if_changed()
    }
}
