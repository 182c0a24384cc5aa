//! Exchange rates, from a built-in table for the sandbox, a file that the operator maintains, or an HTTP service. Every
//! source provides dollar prices; a rate between two coins is the quotient of two of them.
//!
//! A missing or outdated rate stops a conversion. There is no fallback to another source or an older price.

mod error;
pub mod feed;
pub mod file;
pub mod sandbox;

use crate::{
    config::{Mode, RateSettings, RatesFrom, Settings},
    domain::{
        error::{DomainError, ErrorCode, TextValue},
        money::{LEDGER_DECIMALS, currency::Currency},
        refunds::quote::Rate,
    },
};
use chrono::{DateTime, Duration, Utc};
pub use error::{Error, FileError};
use feed::{FeedSettings, RateFeed};
use file::RatesFile;
use rust_decimal::{Decimal, RoundingStrategy};
use sandbox::SandboxRates;
use std::{borrow::Cow, sync::Arc};

/// The price of one coin in US dollars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DollarPrice {
    /// Above zero.
    pub price: Decimal,
    /// The time of the price.
    pub at: DateTime<Utc>,
}

/// A source of prices.
#[async_trait::async_trait]
pub trait RateSource: Send + Sync {
    /// The name shown to users.
    fn name(&self) -> Cow<'static, str>;

    /// The newest known price of a coin, however old; `None` if there is none. Must not block: a source that has to
    /// request prices does that in [`RateSource::refresh`].
    fn price(&self, of: Currency, now: DateTime<Utc>) -> Option<DollarPrice>;

    /// Maximum age of a usable price.
    fn max_age(&self) -> Duration;

    /// Fetches new prices. A worker calls it periodically and logs errors; known prices then stay in use until they are
    /// too old.
    async fn refresh(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let _ = now;
        Ok(())
    }
}

/// The source chosen in the settings. Production never uses the invented prices.
pub fn source(settings: &Settings) -> Result<Arc<dyn RateSource>, Error> {
    let RateSettings { from, file, url, pointer, timeout, every, max_age, sandbox_drift } = settings.rates.clone();
    let from = from.unwrap_or(match settings.mode {
        Mode::Sandbox => RatesFrom::Sandbox,
        Mode::Production => RatesFrom::None,
    });
    Ok(match from {
        RatesFrom::Sandbox if settings.mode == Mode::Production => return Err(Error::InventedInProduction),
        RatesFrom::Sandbox => Arc::new(SandboxRates::new(sandbox_drift)),
        RatesFrom::File => Arc::new(RatesFile::open(file.unwrap_or_default(), max_age)?),
        RatesFrom::Http => {
            let (url, pointer) = (url.unwrap_or_default(), pointer.unwrap_or_default());
            Arc::new(RateFeed::new(FeedSettings { url, pointer, timeout, max_age, every })?)
        }
        RatesFrom::None => Arc::new(NoRates),
    })
}

/// No prices: a production server without a source converts nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRates;

impl RateSource for NoRates {
    fn name(&self) -> Cow<'static, str> {
        "no source".into()
    }

    fn price(&self, _of: Currency, _now: DateTime<Utc>) -> Option<DollarPrice> {
        None
    }

    fn max_age(&self) -> Duration {
        Duration::zero()
    }
}

/// The price of one unit of `of` in units of `per`, or the error that stops the conversion.
pub fn require(source: &dyn RateSource, of: Currency, per: Currency, now: DateTime<Utc>) -> Result<Rate, DomainError> {
    if of == per {
        return Ok(Rate { of, per, price: Decimal::ONE, source: "same currency".into(), at: now });
    }
    let (of_price, per_price) = (current_price(source, of, now)?, current_price(source, per, now)?);
    // Rounded to the ledger's precision here, so that the displayed price is the one in use.
    let price = of_price
        .price
        .checked_div(per_price.price)
        .map(|price| price.round_dp_with_strategy(LEDGER_DECIMALS, RoundingStrategy::AwayFromZero).normalize())
        .filter(|price| *price > Decimal::ZERO)
        .ok_or_else(|| unavailable(of))?;
    Ok(Rate { of, per, price, source: source.name(), at: of_price.at.min(per_price.at) })
}

/// A price that is not too old. The price of US dollars is always 1, whatever the source says.
fn current_price(source: &dyn RateSource, of: Currency, now: DateTime<Utc>) -> Result<DollarPrice, DomainError> {
    if of == Currency::Usd {
        return Ok(DollarPrice { price: Decimal::ONE, at: now });
    }
    let price = source.price(of, now).ok_or_else(|| unavailable(of))?;
    let age = now - price.at;
    if age > source.max_age() {
        let error = DomainError::new(ErrorCode::RateStale, "error-rate-stale")
            .with("currency", of.code())
            .with("day", TextValue::day(price.at))
            .with("time", price.at.format("%H:%M").to_string());
        return Err(error);
    }
    Ok(price)
}

fn unavailable(of: Currency) -> DomainError {
    DomainError::new(ErrorCode::RateUnavailable, "error-no-rate-of").with("currency", of.code())
}
