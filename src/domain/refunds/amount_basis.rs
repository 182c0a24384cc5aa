//! How the amount of a refund is specified, since coin prices change between payment and refund.

use super::quote::{Rate, Rounding, multiply};
use crate::domain::{
    error::{DomainError, ErrorCode, Field, TextValue},
    intents::payment_intent::{AmountDue, PaymentIntent},
    money::{Money, currency::Currency},
};
use rust_decimal::Decimal;

/// The basis of a refund's amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountBasis {
    /// An amount of the paid coin (as in Circle's API); everything left when `None`.
    AsPaid(Option<Money>),
    /// The amount of the paid coin that this price buys today: the customer bears no change of the coin's price as long
    /// as enough coins are left.
    TodaysRate(Money),
    /// A part of the order's price (as in CoinGate's API). It takes the same part of the requested amount off the
    /// intent; the customer gets what the price is worth today, whatever the coin's rate at payment.
    OfPrice(Money),
    /// The amount paid in excess.
    Overpaid,
}

/// The amounts that a basis resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvedAmount {
    /// What is deducted from the refundable amount of the intent, in the paid currency.
    pub amount: Money,
    /// What the customer is owed for it.
    pub value: Money,
}

impl AmountBasis {
    /// Resolves the basis. `rate` is the price of the currency of [`AmountBasis::TodaysRate`] in the paid coin; the
    /// result is rounded down, as all credits are.
    pub fn resolve(self, intent: &PaymentIntent, rate: Option<&Rate>) -> Result<ResolvedAmount, DomainError> {
        let left = intent.left();
        let amount = match self {
            Self::AsPaid(None) => left,
            Self::AsPaid(Some(amount)) => amount,
            Self::TodaysRate(price) => coins_for(price, left, rate)?,
            Self::OfPrice(part) => match with_price(intent) {
                Some((asked, price)) => return of_price(intent, asked, price, part),
                None => part,
            },
            Self::Overpaid => overpaid(intent)?,
        };
        if amount.currency() != left.currency() {
            return Err(paid_in_another_currency(left.currency()));
        }
        let amount = amount.require_positive().map_err(|error| error.on(Field::Amount))?;
        require_within(amount, left)?;
        Ok(ResolvedAmount { amount, value: amount })
    }
}

/// The error of an amount in another currency than the one that was paid.
pub fn paid_in_another_currency(paid_in: Currency) -> DomainError {
    let error = DomainError::new(ErrorCode::CurrencyMismatch, "error-paid-in-other-currency");
    error.with("currency", paid_in.code()).on(Field::AmountCurrency)
}

fn coins_for(price: Money, left: Money, rate: Option<&Rate>) -> Result<Money, DomainError> {
    let coin = left.currency();
    let rate = rate.filter(|rate| rate.of == price.currency() && rate.per == coin).ok_or_else(|| {
        let error = DomainError::new(ErrorCode::RateUnavailable, "error-no-rate-between");
        error.with("from", price.currency().code()).with("to", coin.code())
    })?;
    let coins = multiply(price.amount(), rate.price, coin.decimals(), Rounding::Down);
    Money::new(coins.ok_or_else(too_large)?, coin)
}

fn too_large() -> DomainError {
    DomainError::new(ErrorCode::AmountTooLarge, "error-amount-too-large-to-convert").on(Field::Amount)
}

/// The part of the requested amount that corresponds to the part of the price, rounded down. A remainder worth less
/// than the smallest customary amount of the price's currency is included, so that refunding the whole price refunds
/// the whole intent.
fn of_price(intent: &PaymentIntent, asked: Money, price: Money, part: Money) -> Result<ResolvedAmount, DomainError> {
    let left = intent.left();
    if part.currency() != price.currency() {
        let error = DomainError::new(ErrorCode::CurrencyMismatch, "error-price-in-other-currency");
        return Err(error.with("currency", price.currency().code()).on(Field::AmountCurrency));
    }
    let part = part.require_positive().map_err(|error| error.on(Field::Amount))?;
    let amount = proportion(asked, part.amount(), price.amount(), asked.currency().decimals())?;
    if amount.amount() > left.amount() {
        let most = part_of_price(intent, left)?;
        return Err(DomainError::new(ErrorCode::AmountExceedsRefundable, "error-amount-above-left")
            .with("left", TextValue::amount(most.to_string()))
            .on(Field::Amount)
            .at_most(most.amount()));
    }
    let rest = left.minus(amount)?;
    let amount = if part_of_price(intent, rest)?.is_zero() { left } else { amount };
    Ok(ResolvedAmount { amount: amount.require_positive().map_err(|error| error.on(Field::Amount))?, value: part })
}

/// The part of the price that corresponds to this part of the requested amount, rounded down to customary decimals.
pub fn part_of_price(intent: &PaymentIntent, amount: Money) -> Result<Money, DomainError> {
    match with_price(intent) {
        Some((asked, price)) => proportion(price, amount.amount(), asked.amount(), price.currency().written_decimals()),
        None => Ok(amount),
    }
}

/// The requested amount and the price it was converted from, if any.
fn with_price(intent: &PaymentIntent) -> Option<(Money, Money)> {
    let AmountDue { amount, price, .. } = *intent.amount_due()?;
    Some((amount, price?))
}

/// `whole` × `part` / `of`, rounded down once.
fn proportion(whole: Money, part: Decimal, of: Decimal, decimals: u32) -> Result<Money, DomainError> {
    let value =
        crate::domain::refunds::quote::multiply_and_divide(whole.amount(), part, of, decimals).ok_or_else(too_large)?;
    Money::new(value, whole.currency())
}

/// The excess that is still left. Earlier refunds are deducted from it first.
fn overpaid(intent: &PaymentIntent) -> Result<Money, DomainError> {
    let Some(asked) = intent.amount_due() else {
        let message = "error-continuous-not-overpaid";
        return Err(DomainError::new(ErrorCode::NothingOverpaid, message));
    };
    let gone = intent.refunded.plus(intent.in_flight)?;
    let extra = intent.paid.minus(asked.amount).and_then(|extra| extra.minus(gone)).and_then(Money::require_positive);
    extra.map_err(|_| DomainError::new(ErrorCode::NothingOverpaid, "error-nothing-overpaid"))
}

/// Rejects more than what is left.
pub fn require_within(amount: Money, left: Money) -> Result<(), DomainError> {
    if amount.amount() <= left.amount() {
        return Ok(());
    }
    let error = DomainError::new(ErrorCode::AmountExceedsRefundable, "error-amount-above-left");
    Err(error.with("left", TextValue::amount(left.with_coin_symbol())).on(Field::Amount).at_most(left.amount()))
}
