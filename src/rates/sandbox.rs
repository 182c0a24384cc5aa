//! The sandbox's prices: a fixed table with a small reproducible change every minute.

use super::{DollarPrice, RateSource};
use crate::domain::money::currency::Currency;
use chrono::{DateTime, Duration, DurationRound, Utc};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Resolution of the change: steps per percent.
const STEPS_OF_A_PERCENT: u32 = 100;

/// Invented prices in US dollars.
#[derive(Clone, Copy, Debug)]
pub struct SandboxRates {
    /// Maximum change from the table in percent, up or down. Zero keeps prices constant.
    drift: Decimal,
}

impl SandboxRates {
    pub const fn new(drift: Decimal) -> Self {
        Self { drift }
    }
}

fn dollars(currency: Currency) -> Decimal {
    match currency {
        Currency::Usd | Currency::Usdt => Decimal::ONE,
        Currency::Eur => Decimal::new(108, 2),
        Currency::Eth => Decimal::new(3_711, 0),
        Currency::Btc => Decimal::new(97_250, 0),
        Currency::Ltc => Decimal::new(104, 0),
        Currency::Sol => Decimal::new(192, 0),
        Currency::Xrp => Decimal::new(235, 2),
        Currency::Xlm => Decimal::new(312, 3),
        Currency::Trx => Decimal::new(284, 3),
        Currency::Pol => Decimal::new(225, 3),
        Currency::Avax => Decimal::new(2_180, 2),
    }
}

/// A number from −1 to 1 in hundredths: a hash of the currency and the minute, so that each minute has a fixed price
/// and currencies move independently.
fn movement(currency: Currency, minute: DateTime<Utc>) -> Decimal {
    let hash = Sha256::digest(format!("{} {}", currency.code(), minute.timestamp()));
    let number = hash.iter().take(2).fold(0_u32, |number, byte| number * 256 + u32::from(*byte));
    let steps = i64::from(number % (2 * STEPS_OF_A_PERCENT + 1)) - i64::from(STEPS_OF_A_PERCENT);
    Decimal::new(steps, 2)
}

impl RateSource for SandboxRates {
    fn name(&self) -> Cow<'static, str> {
        "sandbox table".into()
    }

    fn price(&self, of: Currency, now: DateTime<Utc>) -> Option<DollarPrice> {
        let minute = now.duration_trunc(Duration::minutes(1)).ok()?;
        let moved = Decimal::ONE + movement(of, minute) * self.drift / Decimal::ONE_HUNDRED;
        Some(DollarPrice { price: (dollars(of) * moved).normalize(), at: now })
    }

    fn max_age(&self) -> Duration {
        Duration::minutes(1)
    }
}
