//! Prices from a file that the operator maintains:
//!
//! ```json
//! {"asOf": "2026-11-23T08:00:00Z", "dollars": {"EUR": "1.0812", "BTC": "97250", "ETH": "3711.40"}}
//! ```
//!
//! The file is read again when it changes. If that fails, the earlier prices stay in use until they are too old.
//! Numbers can be written with or without quotes; both are exact.

use super::{DollarPrice, RateSource, feed::exact_number};
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
struct Document<'a> {
    as_of: DateTime<Utc>,
    #[serde(borrow)]
    dollars: BTreeMap<String, &'a RawValue>,
}

impl RatesFile {
    /// Reads the file for the first time; the error describes what is wrong with it.
    pub fn open(path: PathBuf, max_age: Duration) -> Result<Self, String> {
        let source = Self { path, max_age, read: RwLock::default() };
        source.read_if_changed()?;
        Ok(source)
    }

    fn read_if_changed(&self) -> Result<(), String> {
        let at_path = |what: String| format!("the rates file {}: {what}", self.path.display());
        let changed_at = std::fs::metadata(&self.path).and_then(|file| file.modified());
        let changed_at = Some(changed_at.map_err(|error| at_path(error.to_string()))?);
        if self.read.read().unwrap_or_else(PoisonError::into_inner).changed_at == changed_at {
            return Ok(());
        }
        let text = std::fs::read_to_string(&self.path).map_err(|error| at_path(error.to_string()))?;
        let prices = parse(&text).map_err(at_path)?;
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = ReadFile { changed_at, prices };
        Ok(())
    }
}

fn parse(text: &str) -> Result<BTreeMap<Currency, DollarPrice>, String> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let price = |(code, number): (String, &RawValue)| {
        let currency = Currency::parse(&code).map_err(|error| format!("{code}: {error}"))?;
        let price = exact_number(number.get()).ok_or_else(|| format!("{code}: {} is no price", number.get()))?;
        Ok((currency, DollarPrice { price, at: document.as_of }))
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

    async fn refresh(&self, _now: DateTime<Utc>) -> Result<(), String> {
        self.read_if_changed()
    }
}
