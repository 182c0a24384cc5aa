//! The terms of a refund's conversion: rate, fee and the two amounts, exact and for a short time.

use crate::domain::{
    currency::Currency,
    ids::{MerchantId, QuoteId},
    money::{LEDGER_DECIMALS, Money},
    network::Network,
    refusal::{ErrorCode, Refusal},
};
use alloy_primitives::U256;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// The price of one currency in another, with where and when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What is priced.
    pub of: Currency,
    /// What the price is counted in.
    pub per: Currency,
    /// How many units of `per` buy one unit of `of`. Above zero, at most 18 decimal places.
    pub price: Decimal,
    /// Who says so.
    pub source: &'static str,
    /// When it was read.
    pub at: DateTime<Utc>,
}

/// Which way an inexact result goes: debits up, credits down, so that a rounding never costs the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// `amount` × `price`, rounded once, at the end, to `decimals` places.
///
/// The product of two 96-bit mantissas does not fit a decimal, which would round it to the nearest by itself; so it is made
/// in 256 bits. `None` when the result is beyond what a decimal holds.
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

/// What a refund costs, fixed until it expires. A refund keeps the terms that it was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What reaches the customer.
    pub send: Money,
    /// The network it is sent on.
    pub network: Network,
    /// The price of one unit sent, in the funding currency.
    pub rate: Decimal,
    /// Who named the price.
    pub rate_source: String,
    /// When the price was read.
    pub rate_at: DateTime<Utc>,
    /// `send` in the funding currency, rounded up to what the balance can be debited.
    pub debit: Money,
    /// How much `debit` is above the exact product; posted to the rounding account, so that no unit is lost.
    pub rounding: Decimal,
    /// The network fee, paid by the merchant, in the funding currency.
    pub fee: Money,
    /// `debit` + `fee`: what leaves the balance.
    pub total: Money,
}

impl Terms {
    /// Works out the terms for sending `send` on `network` from a balance. `rate` prices the sent currency and `fee_rate`
    /// the currency of `network_fee`, both in the funding currency.
    pub fn new(
        send: Money,
        network: Network,
        rate: &Rate,
        network_fee: Money,
        fee_rate: &Rate,
    ) -> Result<Self, Refusal> {
        let funding = rate.per;
        if rate.of != send.currency() || fee_rate.of != network_fee.currency() || fee_rate.per != funding {
            return Err(Refusal::new(ErrorCode::RateUnavailable, "The rate does not fit the conversion."));
        }
        let convert = |amount: Money, price: Decimal, decimals: u32, rounding: Rounding| {
            multiply(amount.amount(), price, decimals, rounding)
                .ok_or_else(|| Refusal::new(ErrorCode::AmountTooLarge, "The amount is too large to convert."))
        };
        let debit = convert(send, rate.price, funding.decimals(), Rounding::Up)?;
        let exact = convert(send, rate.price, LEDGER_DECIMALS, Rounding::Down)?;
        let debit_money = Money::new(debit, funding)?;
        let fee = Money::new(convert(network_fee, fee_rate.price, funding.decimals(), Rounding::Up)?, funding)?;
        Ok(Self {
            send,
            network,
            rate: rate.price,
            rate_source: rate.source.to_owned(),
            rate_at: rate.at,
            debit: debit_money,
            rounding: (debit - exact).normalize(),
            fee,
            total: debit_money.plus(fee)?,
        })
    }

    /// The currency of the balance that pays.
    pub const fn funding(&self) -> Currency {
        self.debit.currency()
    }

    /// Refuses when the balance does not cover the debit and the fee.
    pub fn require_covered_by(&self, available: Money) -> Result<(), Refusal> {
        if available.currency() == self.funding() && available.amount() >= self.total.amount() {
            return Ok(());
        }
        Err(Refusal::new(
            ErrorCode::InsufficientBalance,
            format!(
                "The {} balance has {} available; this refund needs {} including the network fee.",
                self.funding(),
                available,
                self.total
            ),
        )
        .on("funding"))
    }
}

/// Terms with a name and an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Its id.
    pub id: QuoteId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// The terms.
    pub terms: Terms,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From then on it is refused.
    pub expires_at: DateTime<Utc>,
}

impl Quote {
    /// Refuses an expired quote.
    pub fn require_current(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if now < self.expires_at {
            return Ok(());
        }
        Err(Refusal::new(ErrorCode::QuoteExpired, "The rate of this quote has expired, so nothing was sent.")
            .on("quote"))
    }

    /// Refuses a quote that was made for something else.
    pub fn require_matches(&self, send: Money, network: Network, funding: Currency) -> Result<(), Refusal> {
        if self.terms.send == send && self.terms.network == network && self.terms.funding() == funding {
            return Ok(());
        }
        Err(Refusal::new(ErrorCode::QuoteMismatch, "The quote is of another amount, network or balance.").on("quote"))
    }
}
