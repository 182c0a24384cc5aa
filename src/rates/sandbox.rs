//! The sandbox's prices: a fixed table, so that everything can be worked out by hand.

use super::RateSource;
use crate::domain::{currency::Currency, money::LEDGER_DECIMALS, quote::Rate};
use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, RoundingStrategy};

/// Prices in US dollars that never change.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxRates;

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

impl RateSource for SandboxRates {
    fn rate(&self, of: Currency, per: Currency, now: DateTime<Utc>) -> Option<Rate> {
        let price = dollars(of).checked_div(dollars(per))?;
        // The price that is shown is the price that is used, so it must fit what the ledger keeps.
        let price = price.round_dp_with_strategy(LEDGER_DECIMALS, RoundingStrategy::AwayFromZero).normalize();
        Some(Rate { of, per, price, source: "sandbox table", at: now })
    }
}
