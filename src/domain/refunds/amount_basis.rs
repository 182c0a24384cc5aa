//! How the amount of a refund is meant, since coins change their price between payment and refund.

use super::quote::{Rate, Rounding, multiply};
use crate::domain::{
    error::{DomainError, ErrorCode},
    intents::payment_intent::{AmountDue, PaymentIntent},
    money::Money,
};
use rust_decimal::Decimal;

/// What a refund is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountBasis {
    /// So many coins, as they were paid (Circle's way); all that are left without an amount.
    AsPaid(Option<Money>),
    /// As many of the paid coins as this price buys today: the customer bears no change of the coin's price as long as enough
    /// coins are left.
    TodaysRate(Money),
    /// A part of the order's price (CoinGate's way): takes the same part of what was asked off the intent, and is worth what
    /// the price is worth today. Of an order of 100 euros, 100 euros can be refunded whatever the coin did meanwhile.
    OfPrice(Money),
    /// What was paid beyond what was asked.
    Overpaid,
}

/// What a basis comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvedAmount {
    /// What is taken off what is left of the intent, in the currency that was paid.
    pub amount: Money,
    /// What the customer is to get for it.
    pub value: Money,
}

impl AmountBasis {
    /// What goes back, of what is left. `rate` prices the currency of [`AmountBasis::TodaysRate`] in the coin that was paid;
    /// what it buys is rounded down, as everything that is credited to somebody.
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
            return Err(paid_in_another_currency(left));
        }
        let amount = amount.require_positive().map_err(|error| error.on("amount"))?;
        require_within(amount, left)?;
        Ok(ResolvedAmount { amount, value: amount })
    }
}

fn paid_in_another_currency(left: Money) -> DomainError {
    let paid_in = left.currency();
    let message = format!("This payment intent was paid in {paid_in}, so it can only be refunded in {paid_in}.");
    DomainError::new(ErrorCode::CurrencyMismatch, message).on("amount.currency")
}

fn coins_for(price: Money, left: Money, rate: Option<&Rate>) -> Result<Money, DomainError> {
    let coin = left.currency();
    let rate = rate.filter(|rate| rate.of == price.currency() && rate.per == coin).ok_or_else(|| {
        DomainError::new(ErrorCode::RateUnavailable, format!("There is no rate from {} to {coin}.", price.currency()))
    })?;
    let coins = multiply(price.amount(), rate.price, coin.decimals(), Rounding::Down);
    Money::new(coins.ok_or_else(too_large)?, coin)
}

fn too_large() -> DomainError {
    DomainError::new(ErrorCode::AmountTooLarge, "The amount is too large to convert.").on("amount")
}

/// The part of what was asked that is the same part of the price, rounded down. What would stay behind goes with it when it
/// is worth less than the smallest amount that people write in that currency, so that refunding the whole price refunds the
/// whole intent.
fn of_price(intent: &PaymentIntent, asked: Money, price: Money, part: Money) -> Result<ResolvedAmount, DomainError> {
    let left = intent.left();
    if part.currency() != price.currency() {
        let message = format!("The price of this order is in {}, and so is what is refunded of it.", price.currency());
        return Err(DomainError::new(ErrorCode::CurrencyMismatch, message).on("amount.currency"));
    }
    let part = part.require_positive().map_err(|error| error.on("amount"))?;
    let amount = portion(asked, part.amount(), price.amount(), asked.currency().decimals())?;
    if amount.amount() > left.amount() {
        let most = part_of_price(intent, left)?;
        let message = format!("Only {most} is left to refund.");
        return Err(DomainError::new(ErrorCode::AmountExceedsRefundable, message).on("amount").at_most(most.amount()));
    }
    let rest = left.minus(amount)?;
    let amount = if part_of_price(intent, rest)?.is_zero() { left } else { amount };
    Ok(ResolvedAmount { amount: amount.require_positive().map_err(|error| error.on("amount"))?, value: part })
}

/// What part of the price so much of what was asked stands for, rounded down to what people write.
pub fn part_of_price(intent: &PaymentIntent, amount: Money) -> Result<Money, DomainError> {
    match with_price(intent) {
        Some((asked, price)) => portion(price, amount.amount(), asked.amount(), written_decimals(price)),
        None => Ok(amount),
    }
}

/// What was asked, and the price that it was worked out from, where there was one.
fn with_price(intent: &PaymentIntent) -> Option<(Money, Money)> {
    let AmountDue { amount, price, .. } = *intent.asked()?;
    Some((amount, price?))
}

/// How finely people write amounts of a currency: cents, or the coin's own unit.
fn written_decimals(money: Money) -> u32 {
    match money.currency().shown_decimals() {
        0 => money.currency().decimals(),
        shown => shown,
    }
}

/// `whole` × `part` / `of`, rounded down once.
fn portion(whole: Money, part: Decimal, of: Decimal, decimals: u32) -> Result<Money, DomainError> {
    let value =
        crate::domain::refunds::quote::multiply_and_divide(whole.amount(), part, of, decimals).ok_or_else(too_large)?;
    Money::new(value, whole.currency())
}

/// What was paid beyond what was asked and is still left. An earlier refund is counted as one of the overpaid part first.
fn overpaid(intent: &PaymentIntent) -> Result<Money, DomainError> {
    let Some(asked) = intent.asked() else {
        let message = "A continuous payment intent asks for no amount, so nothing of it was paid too much.";
        return Err(DomainError::new(ErrorCode::NothingOverpaid, message));
    };
    let gone = intent.refunded.plus(intent.in_flight)?;
    let extra = intent.paid.minus(asked.amount).and_then(|extra| extra.minus(gone)).and_then(Money::require_positive);
    extra.map_err(|_| {
        DomainError::new(
            ErrorCode::NothingOverpaid,
            "Nothing is left of what was paid beyond the amount that was asked.",
        )
    })
}

/// Refuses more than what is left.
pub fn require_within(amount: Money, left: Money) -> Result<(), DomainError> {
    if amount.amount() <= left.amount() {
        return Ok(());
    }
    let message = format!("Only {left} is left to refund.");
    Err(DomainError::new(ErrorCode::AmountExceedsRefundable, message).on("amount").at_most(left.amount()))
}
