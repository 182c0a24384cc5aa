//! CoinGate's names of statuses and amounts, its currencies, and its callbacks.

pub mod callback;
pub mod callback_content;
mod currency;
pub mod schema;

pub use currency::{
    CoinGateCurrency, account_id, coin, currency_id, currency_of_account, id_name, platform, platform_id,
};

use crate::domain::{
    ids::PaymentId,
    intents::{
        order::Order,
        payment::{PaymentOnChain, PaymentStatus},
        payment_intent::PaymentIntent,
    },
    money::Money,
    refunds::{
        amount_basis::part_of_price,
        refund::{Refund, RefundStatus},
    },
};
use chrono::{DateTime, SecondsFormat, Utc};

/// The significant digits of a conversion rate.
const CONVERSION_RATE_DIGITS: u32 = 10;

/// Formats a time as CoinGate does: in seconds, with an offset.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

pub const fn refund_status(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::AwaitingConfirmation | RefundStatus::AwaitingApproval | RefundStatus::Pending => "pending",
        RefundStatus::Processing => "processing",
        RefundStatus::Completed => "completed",
        RefundStatus::Rejected => "rejected",
    }
}

pub const fn deposit_status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => "confirming",
        PaymentStatus::Paid => "confirmed",
        PaymentStatus::Failed => "failed",
    }
}

/// The number of confirmations of a deposit. Where no blocks are followed, one stands for as many as are needed.
pub fn network_confirmations(status: PaymentStatus, on_chain: Option<PaymentOnChain>) -> i64 {
    match (on_chain, status) {
        (Some(on_chain), _) => on_chain.block.map_or(0, |block| i64::try_from(block.confirmations).unwrap_or(i64::MAX)),
        (None, PaymentStatus::Pending | PaymentStatus::Failed) => 0,
        (None, PaymentStatus::Paid) => 1,
    }
}

/// Returns the number of a deposit, made of the time in its id and five of its random bits. It is below 2^53, so it is
/// exact in every language.
pub fn deposit_number(id: PaymentId) -> i64 {
    let bits = id.0.as_u128();
    i64::try_from(((bits >> 80) << 5) | (bits & 31)).unwrap_or(i64::MAX)
}

/// Returns the price of one coin in the currency of the order's price. `asked` was rounded, so more digits would say
/// nothing.
pub fn conversion_rate(asked: Money, price: Money) -> Option<String> {
    let rate = price.amount().checked_div(asked.amount())?.round_sf(CONVERSION_RATE_DIGITS)?;
    Some(rate.normalize().to_string())
}

/// Returns the part of the order's price that a refund returns, also if the refund was requested in coins.
pub fn requested_amount(refund: &Refund, order: &Order) -> Money {
    let terms = &refund.terms;
    match order.intent.as_ref().filter(|_| terms.value.currency() != order.price.currency()) {
        Some(intent) => part_of_price(intent, terms.amount).unwrap_or(terms.amount),
        None => terms.value,
    }
}

/// The currency that an order is credited in.
pub fn receive_currency(order: &Order) -> &'static str {
    order.receive.map_or("DO_NOT_CONVERT", |currency| CoinGateCurrency::of_price(currency).symbol())
}

/// The amount credited for an order after fees, in its `receive_currency`. Refunds do not change it.
pub fn receive_amount(order: &Order) -> String {
    or_zero(order.credited)
}

/// The amount of the coin that is missing; zero until a coin is chosen.
pub fn underpaid(intent: Option<&PaymentIntent>) -> String {
    or_zero(intent.and_then(PaymentIntent::due))
}

/// The amount of the coin that was paid in excess.
pub fn overpaid(intent: Option<&PaymentIntent>) -> String {
    or_zero(intent.and_then(|intent| intent.paid.minus(intent.amount_due()?.amount).ok()))
}

fn or_zero(amount: Option<Money>) -> String {
    amount.filter(|amount| !amount.is_zero()).map_or_else(|| "0".to_owned(), Money::number)
}
