//! The terms of a refund's conversion: rate, fee and the two amounts, exact and for a short time.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, QuoteId},
    money::{LEDGER_DECIMALS, Money, currency::Currency},
};
use alloy_primitives::U256;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::borrow::Cow;

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
    pub source: Cow<'static, str>,
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

/// `amount` × `part` / `whole`, rounded down once, at the end, to `decimals` places; in 256 bits like [`multiply`]. `None`
/// when there is no such number, or it is beyond what a decimal holds.
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

/// Who pays what the network asks for the transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FeePayer {
    /// It comes on top of the debit: the customer gets the whole amount.
    #[default]
    Merchant,
    /// It is kept back from the amount: the customer gets less.
    Customer,
}

impl FeePayer {
    /// Both.
    pub const ALL: [FeePayer; 2] = [Self::Merchant, Self::Customer];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merchant => "merchant",
            Self::Customer => "customer",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Result<Self, DomainError> {
        let found = Self::ALL.into_iter().find(|payer| payer.as_str() == name);
        let message = "The network fee is paid by the merchant or by the customer.";
        found.ok_or_else(|| DomainError::new(ErrorCode::RequestMalformed, message).on("fee_payer"))
    }
}

/// What a quote is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What is taken off what is left of the payment intent, in the currency that was paid.
    pub amount: Money,
    /// What the customer is to get for it, in the currency that it is reckoned in: the amount itself, or a part of the
    /// order's price.
    pub value: Money,
    /// The coin that is sent; `value` is converted to it at today's rate when it is another.
    pub coin: Currency,
    /// The network it is sent on.
    pub network: Network,
    /// The currency of the balance that pays.
    pub funding: Currency,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
}

impl Conversion {
    /// The currency that the network fee is worked out in: that of whoever pays it.
    pub const fn fee_currency(&self) -> Currency {
        match self.fee_payer {
            FeePayer::Merchant => self.funding,
            FeePayer::Customer => self.coin,
        }
    }
}

/// The rates that a conversion needs. Those between the same currency are one to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// From what the customer is to get to the coin that is sent.
    pub to_coin: Rate,
    /// From the coin that is sent to the currency of the balance that pays.
    pub to_funding: Rate,
    /// From the network fee to the currency of whoever pays it ([`Conversion::fee_currency`]).
    pub of_fee: Rate,
}

impl Rates {
    fn fit(&self, wish: &Conversion, network_fee: Money) -> bool {
        let pair = |rate: &Rate| (rate.of, rate.per);
        pair(&self.to_coin) == (wish.value.currency(), wish.coin)
            && pair(&self.to_funding) == (wish.coin, wish.funding)
            && pair(&self.of_fee) == (network_fee.currency(), wish.fee_currency())
    }

    /// Who named the prices: whoever was asked for one.
    fn source(&self) -> &Cow<'static, str> {
        let asked = self.to_funding.of != self.to_funding.per || self.to_coin.of == self.to_coin.per;
        if asked { &self.to_funding.source } else { &self.to_coin.source }
    }
}

/// What a refund costs, fixed until it expires. A refund keeps the terms that it was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What is taken off what is left of the payment intent.
    pub amount: Money,
    /// What the customer is to get for it, in the currency that it is reckoned in.
    pub value: Money,
    /// The price of one unit of `value` in the coin that is sent.
    pub coin_rate: Decimal,
    /// What reaches the customer: the value in the coin that is sent, without the network fee if the customer pays it.
    pub send: Money,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The network it is sent on.
    pub network: Network,
    /// The price of one unit sent, in the funding currency.
    pub rate: Decimal,
    /// Who named the price.
    pub rate_source: String,
    /// When the older of the prices was read.
    pub rate_at: DateTime<Utc>,
    /// `send` in the funding currency, rounded up to what the balance can be debited.
    pub debit: Money,
    /// How much `debit` is above the exact product; posted to the rounding account, so that no unit is lost.
    pub rounding: Decimal,
    /// The network fee in the funding currency.
    pub fee: Money,
    /// `debit` + `fee`: what leaves the balance.
    pub total: Money,
}

impl Terms {
    /// Works out the terms.
    pub fn new(wish: &Conversion, rates: &Rates, network_fee: Money) -> Result<Self, DomainError> {
        if !rates.fit(wish, network_fee) {
            return Err(DomainError::new(ErrorCode::RateUnavailable, "The rate does not fit the conversion."));
        }
        let rate = &rates.to_funding;
        let gross = in_coins(wish.value, &rates.to_coin)?;
        let network_fee = converted(network_fee, &rates.of_fee)?;
        let send = match wish.fee_payer {
            FeePayer::Merchant => gross,
            FeePayer::Customer => without_fee(gross, network_fee)?,
        };
        let debit = converted(send, rate)?;
        let fee = match wish.fee_payer {
            FeePayer::Merchant => network_fee,
            FeePayer::Customer => converted(gross, rate)?.minus(debit)?,
        };
        let exact = multiply(send.amount(), rate.price, LEDGER_DECIMALS, Rounding::Down).ok_or_else(too_large)?;
        Ok(Self {
            amount: wish.amount,
            value: wish.value,
            coin_rate: rates.to_coin.price,
            send,
            fee_payer: wish.fee_payer,
            network: wish.network,
            rate: rate.price,
            rate_source: rates.source().clone().into_owned(),
            rate_at: rate.at.min(rates.to_coin.at),
            debit,
            rounding: (debit.amount() - exact).normalize(),
            fee,
            total: debit.plus(fee)?,
        })
    }

    /// The same conversion at newer rates, but for that into the coin that is sent: where the merchant pays the network
    /// fee, exactly as many coins reach the customer, and only what they take from the balance follows the market.
    pub fn renewed(&self, rates: &Rates, network_fee: Money) -> Result<Self, DomainError> {
        let to_coin = Rate { price: self.coin_rate, at: self.rate_at, ..rates.to_coin.clone() };
        let terms = Self::new(&self.conversion(), &Rates { to_coin, ..rates.clone() }, network_fee)?;
        // It is the rate into the balance's currency that was read now.
        Ok(Self { rate_at: rates.to_funding.at, ..terms })
    }

    /// What was asked for.
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

    /// The currency of the balance that pays.
    pub const fn funding(&self) -> Currency {
        self.debit.currency()
    }

    /// Refuses when the balance does not cover the debit and the fee.
    pub fn require_covered_by(&self, available: Money) -> Result<(), DomainError> {
        if available.currency() == self.funding() && available.amount() >= self.total.amount() {
            return Ok(());
        }
        Err(DomainError::new(
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

/// An amount in the currency of the rate, rounded up: what somebody pays.
fn converted(amount: Money, rate: &Rate) -> Result<Money, DomainError> {
    let value = multiply(amount.amount(), rate.price, rate.per.decimals(), Rounding::Up).ok_or_else(too_large)?;
    Money::new(value, rate.per)
}

/// What the customer is to get, in the coin that is sent, rounded down as everything that is credited to somebody. What
/// is cut off is not debited from anybody either.
fn in_coins(value: Money, rate: &Rate) -> Result<Money, DomainError> {
    let coin = rate.per;
    let coins = multiply(value.amount(), rate.price, coin.decimals(), Rounding::Down).ok_or_else(too_large)?;
    Money::new(coins, coin)?.require_positive().map_err(|_| {
        let message = format!("{value} is less than the smallest amount of {} that can be sent.", coin.coin());
        DomainError::new(ErrorCode::AmountNotPositive, message).on("amount")
    })
}

fn too_large() -> DomainError {
    DomainError::new(ErrorCode::AmountTooLarge, "The amount is too large to convert.")
}

/// What is left for the customer, which has to be something.
fn without_fee(amount: Money, fee: Money) -> Result<Money, DomainError> {
    amount.minus(fee).and_then(Money::require_positive).map_err(|_| {
        let message =
            format!("The network fee of {fee} is as much as the refund, so nothing would reach the customer.");
        DomainError::new(ErrorCode::AmountBelowFee, message).on("amount")
    })
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
    pub fn require_current(&self, now: DateTime<Utc>) -> Result<(), DomainError> {
        if now < self.expires_at {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::QuoteExpired, "The rate of this quote has expired, so nothing was sent.")
            .on("quote"))
    }

    /// Refuses a quote that was made for something else.
    pub fn require_matches(&self, wish: &Conversion) -> Result<(), DomainError> {
        if self.terms.conversion() == *wish {
            return Ok(());
        }
        let message = "The quote is of another amount, coin, network, balance or payer of the fee.";
        Err(DomainError::new(ErrorCode::QuoteMismatch, message).on("quote"))
    }
}
