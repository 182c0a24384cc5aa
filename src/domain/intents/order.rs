//! A shop's order (CoinGate's term): what is sold, and at what price. It becomes a payment intent when the customer
//! chooses a coin. An intent that was created without an order gets one too, so that every intent has a short number.

use super::payment_intent::{IntentStatus, PaidContext, PaymentIntent};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PayPageId, PaymentIntentId},
    money::{Money, currency::Currency},
    names::Named,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

/// How long the customer can choose a coin (CoinGate: 2 hours).
pub const LIFETIME: Duration = Duration::hours(2);
/// How long the price is valid after that (CoinGate: 20 minutes).
pub const PAYMENT_LIFETIME: Duration = Duration::minutes(20);

/// The status of an order, with CoinGate's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OrderStatus {
    /// No coin chosen yet.
    New,
    /// Waits for the customer's payment.
    Pending,
    /// A payment is being confirmed.
    Confirming,
    Paid,
    /// It cannot be paid.
    Invalid,
    /// The time to choose a coin or to pay has passed.
    Expired,
    /// The customer canceled.
    Canceled,
    /// Fully refunded.
    Refunded,
    /// Partly refunded.
    PartiallyRefunded,
}

/// The shop's request for a new order, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// Above zero.
    pub price: Money,
    /// The currency to be credited in; without one, payments are not converted.
    pub receive: Option<Currency>,
    /// The shop's texts.
    pub text: OrderText,
}

/// The shop's texts and URLs. None of them affects how the order is processed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderText {
    pub title: String,
    pub description: String,
    /// The shop's own id of the order.
    pub reference: String,
    /// Sent back with every callback, so that the shop can authenticate it.
    pub token: String,
    /// Where callbacks are sent.
    pub callback_url: Option<String>,
    /// Where the customer is sent after paying.
    pub success_url: Option<String>,
    /// Where the customer is sent otherwise.
    pub cancel_url: Option<String>,
    pub purchaser_email: Option<String>,
}

/// What the list of payment intents shows of the order of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedOrder {
    /// The shop's own id of the order; empty if the shop has sent none.
    pub reference: String,
    pub purchaser_email: Option<String>,
}

/// A stored order.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub merchant_id: MerchantId,
    /// The short number, unique for the merchant.
    pub number: i64,
    /// The page where the customer pays.
    pub page: PayPageId,
    pub price: Money,
    /// The currency to be credited in; without one, payments are not converted.
    pub receive: Option<Currency>,
    pub text: OrderText,
    pub intent_id: Option<PaymentIntentId>,
    /// The current state of that intent.
    pub intent: Option<PaymentIntent>,
    /// The sum credited for its payments, after fees, in the intent's settlement currency. Refunds do not change it.
    pub credited: Option<Money>,
    pub created_at: DateTime<Utc>,
    /// Until when a coin can be chosen.
    pub expires_at: DateTime<Utc>,
    /// When the customer canceled.
    pub canceled_at: Option<DateTime<Utc>>,
}

impl Order {
    pub fn status(&self, now: DateTime<Utc>) -> OrderStatus {
        match &self.intent {
            None if self.canceled_at.is_some() => OrderStatus::Canceled,
            None if now < self.expires_at => OrderStatus::New,
            None => OrderStatus::Expired,
            Some(intent) => match status_of(intent, now) {
                // Canceling expires the intent, so its status alone would be `Expired`.
                OrderStatus::Expired if self.canceled_at.is_some() => OrderStatus::Canceled,
                status => status,
            },
        }
    }

    /// Rejects canceling an order that is partly or fully paid, or that has ended.
    pub fn require_cancelable(&self, now: DateTime<Utc>) -> Result<(), DomainError> {
        match (self.status(now), &self.intent) {
            (OrderStatus::New, _) => Ok(()),
            (OrderStatus::Pending, Some(intent)) if intent.paid.is_zero() => Ok(()),
            (OrderStatus::Pending | OrderStatus::Confirming, _) => {
                let message = "error-order-paid";
                Err(DomainError::new(ErrorCode::OrderNotCancelable, message))
            }
            (status, _) => {
                let error = DomainError::new(ErrorCode::OrderNotCancelable, "error-order-not-cancelable");
                Err(error.with("status", status.as_str()))
            }
        }
    }

    /// When the order was first fully paid.
    pub fn paid_at(&self) -> Option<DateTime<Utc>> {
        let entries = self.intent.iter().flat_map(|intent| intent.timeline.iter().rev());
        let in_full = |context: Option<PaidContext>| context != Some(PaidContext::Underpaid);
        entries
            .filter(|entry| entry.status == IntentStatus::Complete && in_full(entry.context))
            .map(|entry| entry.at)
            .next()
    }
}

fn status_of(intent: &PaymentIntent, now: DateTime<Utc>) -> OrderStatus {
    if intent.pending_payments > 0 {
        return OrderStatus::Confirming;
    }
    let over = || intent.amount_due().is_some_and(|asked| now >= asked.expires_at);
    let waits = || if over() { OrderStatus::Expired } else { OrderStatus::Pending };
    match intent.status() {
        // An order has a price, so its intent is never continuous.
        IntentStatus::Created | IntentStatus::Pending | IntentStatus::Active => waits(),
        // The customer may still pay the rest.
        IntentStatus::Complete if intent.context() == Some(PaidContext::Underpaid) => waits(),
        IntentStatus::Complete => OrderStatus::Paid,
        IntentStatus::Expired => OrderStatus::Expired,
        IntentStatus::Failed => OrderStatus::Invalid,
        // As in CoinGate, a refund counts only once it has settled. A refund of an underpaid intent ends the time to
        // pay the rest, so the order was never paid and must not be delivered.
        IntentStatus::Refunded if intent.refunded.is_zero() && intent.is_underpaid() => OrderStatus::Expired,
        IntentStatus::Refunded if intent.refunded.is_zero() => OrderStatus::Paid,
        IntentStatus::Refunded if intent.refunded == intent.paid => OrderStatus::Refunded,
        IntentStatus::Refunded => OrderStatus::PartiallyRefunded,
    }
}
