//! What one currency costs in another.

pub mod sandbox;

use crate::domain::{
    currency::Currency,
    quote::Rate,
    refusal::{ErrorCode, Refusal},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// Knows prices.
pub trait RateSource: Send + Sync {
    /// The price of one unit of `of` in `per`, or nothing when it is not known now.
    fn rate(&self, of: Currency, per: Currency, now: DateTime<Utc>) -> Option<Rate>;
}

/// Knows none: a production server that no source is connected to converts nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRates;

impl RateSource for NoRates {
    fn rate(&self, _of: Currency, _per: Currency, _now: DateTime<Utc>) -> Option<Rate> {
        None
    }
}

/// A rate, or the refusal that stops a conversion; never a silent guess.
pub fn require(source: &dyn RateSource, of: Currency, per: Currency, now: DateTime<Utc>) -> Result<Rate, Refusal> {
    if of == per {
        return Ok(Rate { of, per, price: Decimal::ONE, source: "same currency", at: now });
    }
    source.rate(of, per, now).ok_or_else(|| {
        Refusal::new(ErrorCode::RateUnavailable, format!("There is no rate from {of} to {per} at the moment."))
    })
}
