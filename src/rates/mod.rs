//! What one currency costs in another: a built-in table for the sandbox, a file that an operator keeps, or a service that is
//! asked over HTTP. Every source tells dollar prices of coins; a rate between two coins is the quotient of two of those.
//!
//! A rate that is missing or too old stops a conversion. Nothing ever falls back to another source or an older price.

pub mod feed;
pub mod file;
pub mod sandbox;

use crate::{
    config::{Mode, RateSettings, RatesFrom, Settings},
    domain::{
        error::{DomainError, ErrorCode},
        money::{LEDGER_DECIMALS, currency::Currency},
        refunds::quote::Rate,
    },
};
use chrono::{DateTime, Duration, Utc};
use feed::{FeedSettings, RateFeed};
use file::RatesFile;
use rust_decimal::{Decimal, RoundingStrategy};
use sandbox::SandboxRates;
use std::{borrow::Cow, sync::Arc};

/// What one unit of a coin costs in US dollars, as a source said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DollarPrice {
    /// The price; above zero.
    pub price: Decimal,
    /// When it was true.
    pub at: DateTime<Utc>,
}

/// Knows prices.
#[async_trait::async_trait]
pub trait RateSource: Send + Sync {
    /// What people read as the source of a rate.
    fn name(&self) -> Cow<'static, str>;

    /// The newest price of a coin, however old, or nothing when none is known. Answers at once: a source that has to ask
    /// elsewhere does that in [`RateSource::refresh`].
    fn price(&self, of: Currency, now: DateTime<Utc>) -> Option<DollarPrice>;

    /// How old a price may be to be used.
    fn max_age(&self) -> Duration;

    /// Fetches what has to be fetched. A worker calls it again and again; what fails is logged there and leaves the prices
    /// that are known, which age.
    async fn refresh(&self, now: DateTime<Utc>) -> Result<(), String> {
        let _ = now;
        Ok(())
    }
}

/// The source that the settings name. Invented prices never reach production.
pub fn source(settings: &Settings) -> Result<Arc<dyn RateSource>, String> {
    let RateSettings { from, file, url, pointer, timeout, every, max_age, sandbox_drift } = settings.rates.clone();
    let from = from.unwrap_or(match settings.mode {
        Mode::Sandbox => RatesFrom::Sandbox,
        Mode::Production => RatesFrom::None,
    });
    Ok(match from {
        RatesFrom::Sandbox if settings.mode == Mode::Production => {
            return Err("the sandbox's rates are invented; a production server needs others (REQUITE_RATES)".to_owned());
        }
        RatesFrom::Sandbox => Arc::new(SandboxRates::new(sandbox_drift)),
        RatesFrom::File => Arc::new(RatesFile::open(file.unwrap_or_default(), max_age)?),
        RatesFrom::Http => {
            let (url, pointer) = (url.unwrap_or_default(), pointer.unwrap_or_default());
            Arc::new(RateFeed::new(FeedSettings { url, pointer, timeout, max_age, every })?)
        }
        RatesFrom::None => Arc::new(NoRates),
    })
}

/// Knows none: a production server that no source is connected to converts nothing.
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

/// How many units of `per` one unit of `of` costs, or the refusal that stops a conversion.
pub fn require(source: &dyn RateSource, of: Currency, per: Currency, now: DateTime<Utc>) -> Result<Rate, DomainError> {
    if of == per {
        return Ok(Rate { of, per, price: Decimal::ONE, source: "same currency".into(), at: now });
    }
    let (dear, cheap) = (fresh_price(source, of, now)?, fresh_price(source, per, now)?);
    // The price that is shown is the price that is used, so it must fit what the ledger keeps.
    let price = dear
        .price
        .checked_div(cheap.price)
        .map(|price| price.round_dp_with_strategy(LEDGER_DECIMALS, RoundingStrategy::AwayFromZero).normalize())
        .filter(|price| *price > Decimal::ZERO)
        .ok_or_else(|| unavailable(of))?;
    Ok(Rate { of, per, price, source: source.name(), at: dear.at.min(cheap.at) })
}

/// A price that may be used now. A dollar is a dollar, whatever a source says.
fn fresh_price(source: &dyn RateSource, of: Currency, now: DateTime<Utc>) -> Result<DollarPrice, DomainError> {
    if of == Currency::Usd {
        return Ok(DollarPrice { price: Decimal::ONE, at: now });
    }
    let price = source.price(of, now).ok_or_else(|| unavailable(of))?;
    let age = now - price.at;
    if age > source.max_age() {
        let message = format!(
            "The newest rate of {of} is from {} (UTC), which is too old to convert money with.",
            price.at.format("%-d %B %Y at %H:%M")
        );
        return Err(DomainError::new(ErrorCode::RateStale, message));
    }
    Ok(price)
}

fn unavailable(of: Currency) -> DomainError {
    DomainError::new(ErrorCode::RateUnavailable, format!("There is no rate of {of} at the moment."))
}
