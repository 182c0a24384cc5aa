//! The terms of a refund's conversion: rate, fee and amounts, exact and valid for a short time.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field, TextValue},
    ids::{MerchantId, QuoteId},
    money::{LEDGER_DECIMALS, Money, currency::Currency},
    names::Named,
};
use alloy_primitives::U256;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::borrow::Cow;
use strum::{IntoStaticStr, VariantArray};

/// The price of one currency in another, with its source and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The priced currency.
    pub of: Currency,
    /// The currency of the price.
    pub per: Currency,
    /// Units of `per` for one unit of `of`. Above zero, at most 18 decimal places.
    pub price: Decimal,
    pub source: Cow<'static, str>,
    /// When the price was read.
    pub at: DateTime<Utc>,
}

/// Direction of rounding: debits up, credits down, so that rounding never costs the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// `amount` × `price`, rounded once, at the end, to `decimals` places.
///
/// The product of two 96-bit mantissas does not fit a decimal, which would silently round it to nearest; so it is
/// computed with 256 bits. `None` when the result exceeds a decimal.
pub fn multiply(amount: Decimal, price: Decimal, decimals: u32, rounding: Rounding) -> Option<Decimal> {
    let ten = U256::from(10_u8);
    let mantissa = |value: Decimal| u128::try_from(value.mantissa()).ok().map(U256::from);
    let product = mantissa(amount)?.checked_mul(mantissa(price)?)?;
    let scale = amount.scale() + price.scale();
    let units = if scale <= decimals {
        product.checked_mul(ten.pow(U256::from(decimals - scale)))?
    } else {
        let (whole, rest) = product.div_rem(ten.pow(U256::from(scale - decimals)));
        let up = rounding == Rounding::Up && !rest.is_zero();
        whole.checked_add(U256::from(u8::from(up)))?
    };
    let units = i128::try_from(u128::try_from(units).ok()?).ok()?;
    Decimal::try_from_i128_with_scale(units, decimals).ok().map(|value| value.normalize())
}

/// `amount` × `part` / `whole`, rounded down once, at the end, to `decimals` places; with 256 bits like [`multiply`].
/// `None` when `whole` is zero or the result exceeds a decimal.
pub fn multiply_and_divide(amount: Decimal, part: Decimal, whole: Decimal, decimals: u32) -> Option<Decimal> {
    let ten = |places: u32| U256::from(10_u8).pow(U256::from(places));
    let mantissa = |value: Decimal| u128::try_from(value.mantissa()).ok().map(U256::from);
    let (scale, divisor_scale) = (amount.scale() + part.scale(), whole.scale() + decimals);
    let mut product = mantissa(amount)?.checked_mul(mantissa(part)?)?;
    let mut divisor = mantissa(whole)?;
    if scale <= divisor_scale {
        product = product.checked_mul(ten(divisor_scale - scale))?;
    } else {
        divisor = divisor.checked_mul(ten(scale - divisor_scale))?;
    }
    let units = i128::try_from(u128::try_from(product.checked_div(divisor)?).ok()?).ok()?;
    Decimal::try_from_i128_with_scale(units, decimals).ok().map(|value| value.normalize())
}

/// Who pays the network fee of the transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum FeePayer {
    /// The fee is added to the debit: the customer gets the whole amount.
    #[default]
    Merchant,
    /// The fee is deducted from the amount: the customer gets less.
    Customer,
}

impl FeePayer {
    pub fn parse(name: &str) -> Result<Self, DomainError> {
        let message = "error-fee-payer";
        Named::parse(name).ok_or_else(|| DomainError::new(ErrorCode::RequestMalformed, message).on(Field::FeePayer))
    }
}

/// The conversion that a quote is requested for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What is deducted from the refundable amount of the intent, in the paid currency.
    pub amount: Money,
    /// What the customer is owed for it, in the currency in which that was requested: the amount itself, or a part of
    /// the order's price.
    pub value: Money,
    /// The coin that is sent; `value` is converted to it at today's rate if it differs.
    pub coin: Currency,
    /// The network it is sent on.
    pub network: Network,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
}

impl Conversion {
    /// The currency of the network fee: that of its payer.
    pub const fn fee_currency(&self) -> Currency {
        match self.fee_payer {
            FeePayer::Merchant => self.funding,
            FeePayer::Customer => self.coin,
        }
    }
}

/// The rates of a conversion. Rates between equal currencies are 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionRates {
    /// From what the customer is owed to the coin that is sent.
    pub to_coin: Rate,
    /// From the coin that is sent to the funding currency.
    pub to_funding: Rate,
    /// From the network fee to its payer's currency ([`Conversion::fee_currency`]).
    pub of_fee: Rate,
}

impl ConversionRates {
    fn fit(&self, conversion: &Conversion, network_fee: Money) -> bool {
        let pair = |rate: &Rate| (rate.of, rate.per);
        pair(&self.to_coin) == (conversion.value.currency(), conversion.coin)
            && pair(&self.to_funding) == (conversion.coin, conversion.funding)
            && pair(&self.of_fee) == (network_fee.currency(), conversion.fee_currency())
    }

    /// The source of the rates that were looked up.
    fn source(&self) -> &Cow<'static, str> {
        let asked = self.to_funding.of != self.to_funding.per || self.to_coin.of == self.to_coin.per;
        if asked { &self.to_funding.source } else { &self.to_coin.source }
    }
}

/// What a network takes for a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentFee {
    pub amount: Money,
    /// When it was determined.
    pub at: DateTime<Utc>,
}

/// The cost of a refund, fixed until it expires. A refund keeps the terms that it was created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteTerms {
    /// What is deducted from the refundable amount of the intent.
    pub amount: Money,
    /// What the customer is owed for it, in the currency in which that was requested.
    pub value: Money,
    /// The price of one unit of `value` in the coin that is sent.
    pub coin_rate: Decimal,
    /// What the customer receives: the value in the coin that is sent, less the network fee if the customer pays it.
    pub send: Money,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The network it is sent on.
    pub network: Network,
    /// The price of one sent unit, in the funding currency.
    pub rate: Decimal,
    /// The source of the rate.
    pub rate_source: String,
    /// The time of the older of the rates.
    pub rate_at: DateTime<Utc>,
    /// `send` in the funding currency, rounded up to its smallest unit.
    pub debit: Money,
    /// The difference between `debit` and the exact product, which is posted to the rounding account.
    pub rounding: Decimal,
    /// The network fee in the funding currency.
    pub fee: Money,
    /// When the network fee was determined; unknown for the oldest quotes.
    pub fee_at: Option<DateTime<Utc>>,
    /// `debit` + `fee`: what leaves the balance.
    pub total: Money,
}

impl QuoteTerms {
    /// Rejects terms of another conversion.
    pub fn require_matches(&self, conversion: &Conversion) -> Result<(), DomainError> {
        if self.conversion() == *conversion {
            return Ok(());
        }
        let message = "error-quote-mismatch";
        Err(DomainError::new(ErrorCode::QuoteMismatch, message).on(Field::Quote))
    }

    pub fn new(conversion: &Conversion, rates: &ConversionRates, network_fee: CurrentFee) -> Result<Self, DomainError> {
        let CurrentFee { amount: network_fee, at: fee_at } = network_fee;
        if !rates.fit(conversion, network_fee) {
            return Err(DomainError::new(ErrorCode::RateUnavailable, "error-rate-does-not-fit"));
        }
        let rate = &rates.to_funding;
        let gross = convert_to_coin(conversion.value, &rates.to_coin)?;
        let network_fee = converted(network_fee, &rates.of_fee)?;
        let send = match conversion.fee_payer {
            FeePayer::Merchant => gross,
            FeePayer::Customer => without_fee(gross, network_fee)?,
        };
        let debit = converted(send, rate)?;
        let fee = match conversion.fee_payer {
            FeePayer::Merchant => network_fee,
            FeePayer::Customer => converted(gross, rate)?.minus(debit)?,
        };
        let exact = multiply(send.amount(), rate.price, LEDGER_DECIMALS, Rounding::Down).ok_or_else(too_large)?;
        Ok(Self {
            amount: conversion.amount,
            value: conversion.value,
            coin_rate: rates.to_coin.price,
            send,
            fee_payer: conversion.fee_payer,
            network: conversion.network,
            rate: rate.price,
            rate_source: rates.source().clone().into_owned(),
            rate_at: rate.at.min(rates.to_coin.at),
            debit,
            rounding: (debit.amount() - exact).normalize(),
            fee,
            fee_at: Some(fee_at),
            total: debit.plus(fee)?,
        })
    }

    /// The same conversion at newer rates, except for the rate into the coin that is sent: if the merchant pays the
    /// network fee, the customer receives exactly the same amount, and only the debit follows the market.
    pub fn renewed(&self, rates: &ConversionRates, network_fee: CurrentFee) -> Result<Self, DomainError> {
        let to_coin = Rate { price: self.coin_rate, at: self.rate_at, ..rates.to_coin.clone() };
        let terms = Self::new(&self.conversion(), &ConversionRates { to_coin, ..rates.clone() }, network_fee)?;
        // Only the rate into the funding currency was read anew.
        Ok(Self { rate_at: rates.to_funding.at, ..terms })
    }

    /// The terms of a refund that was paid with another amount, at the same rate: a customer who pays the network fee has
    /// paid the rest of what the refund takes. The rate into the coin stays the one that was offered.
    pub fn as_paid(&self, send: Money) -> Result<Self, DomainError> {
        let funding = self.funding();
        let debit = multiply(send.amount(), self.rate, funding.decimals(), Rounding::Up).ok_or_else(too_large)?;
        let debit = Money::new(debit, funding)?;
        let exact = multiply(send.amount(), self.rate, LEDGER_DECIMALS, Rounding::Down).ok_or_else(too_large)?;
        let fee = match self.fee_payer {
            FeePayer::Customer if debit.amount() <= self.total.amount() => self.total.minus(debit)?,
            FeePayer::Customer | FeePayer::Merchant => self.fee,
        };
        let rounding = (debit.amount() - exact).normalize();
        Ok(Self { send, debit, rounding, fee, total: debit.plus(fee)?, ..self.clone() })
    }

    pub const fn conversion(&self) -> Conversion {
        Conversion {
            amount: self.amount,
            value: self.value,
            coin: self.send.currency(),
            network: self.network,
            funding: self.funding(),
            fee_payer: self.fee_payer,
        }
    }

    /// Whether what the customer is owed, the coin that is sent and the balance that pays differ, so that a rate counts.
    pub fn is_converted(&self) -> bool {
        self.value.currency() != self.send.currency() || self.send.currency() != self.funding()
    }

    /// The currency of the balance that pays.
    pub const fn funding(&self) -> Currency {
        self.debit.currency()
    }

    /// Rejects when the balance does not cover the debit and the fee.
    pub fn require_covered_by(&self, available: Money) -> Result<(), DomainError> {
        if available.currency() == self.funding() && available.amount() >= self.total.amount() {
            return Ok(());
        }
        let error = DomainError::new(ErrorCode::InsufficientBalance, "error-insufficient-balance")
            .with("currency", self.funding().code())
            .with("available", TextValue::amount(available.to_string()))
            .with("total", TextValue::amount(self.total.to_string()));
        Err(error.on(Field::Funding))
    }
}

/// Converts an amount that is debited, such as a fee, rounded up.
fn converted(amount: Money, rate: &Rate) -> Result<Money, DomainError> {
    let value = multiply(amount.amount(), rate.price, rate.per.decimals(), Rounding::Up).ok_or_else(too_large)?;
    Money::new(value, rate.per)
}

/// What the customer is owed, in the coin that is sent, rounded down like every credit. The cut-off part is not debited
/// either.
fn convert_to_coin(value: Money, rate: &Rate) -> Result<Money, DomainError> {
    let coin = rate.per;
    let coins = multiply(value.amount(), rate.price, coin.decimals(), Rounding::Down).ok_or_else(too_large)?;
    Money::new(coins, coin)?.require_positive().map_err(|_| {
        let error = DomainError::new(ErrorCode::AmountNotPositive, "error-amount-too-small");
        error.with("value", TextValue::amount(value.to_string())).with("coin", coin.coin()).on(Field::Amount)
    })
}

fn too_large() -> DomainError {
    DomainError::new(ErrorCode::AmountTooLarge, "error-amount-too-large-to-convert")
}

/// Deducts the fee; an error when nothing is left.
fn without_fee(amount: Money, fee: Money) -> Result<Money, DomainError> {
    amount.minus(fee).and_then(Money::require_positive).map_err(|_| {
        let error = DomainError::new(ErrorCode::AmountBelowFee, "error-amount-below-fee");
        error.with("fee", TextValue::amount(fee.to_string())).on(Field::Amount)
    })
}

/// Terms with an id and an expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub id: QuoteId,
    pub merchant_id: MerchantId,
    pub terms: QuoteTerms,
    pub created_at: DateTime<Utc>,
    /// The quote is rejected from this time on.
    pub expires_at: DateTime<Utc>,
}

impl Quote {
    /// Rejects an expired quote.
    pub fn require_current(&self, now: DateTime<Utc>) -> Result<(), DomainError> {
        if now < self.expires_at {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::QuoteExpired, "error-quote-expired").on(Field::Quote))
    }

    /// Rejects a quote for another conversion.
    pub fn require_matches(&self, conversion: &Conversion) -> Result<(), DomainError> {
        self.terms.require_matches(conversion)
    }
}
