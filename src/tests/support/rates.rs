//! Rates that tests choose.

use chrono::{DateTime, Duration, Utc};
use requite::{
    domain::money::currency::Currency::{self, Eth},
    rates::{DollarPrice, RateSource, sandbox::SandboxRates},
};
use rust_decimal::Decimal;
use std::{borrow::Cow, sync::Arc};

/// The sandbox's prices, with a part of ether's.
pub struct FallenEther {
    sandbox: SandboxRates,
    /// One for the same price.
    part: Decimal,
}

impl FallenEther {
    pub fn to(part: &str) -> Arc<Self> {
        Arc::new(Self { sandbox: SandboxRates::new(Decimal::ZERO), part: part.parse().unwrap() })
    }
}

#[async_trait::async_trait]
impl RateSource for FallenEther {
    fn name(&self) -> Cow<'static, str> {
        self.sandbox.name()
    }

    fn price(&self, of: Currency, now: DateTime<Utc>) -> Option<DollarPrice> {
        let known = self.sandbox.price(of, now)?;
        let price = if of == Eth { known.price * self.part } else { known.price };
        Some(DollarPrice { price, ..known })
    }

    fn max_age(&self) -> Duration {
        self.sandbox.max_age()
    }
}
