//! What a shop sells, in its own words and price: what CoinGate's clients call an order. It becomes a payment intent when it
//! is known which coin it is paid with; an intent that was made without an order has one all the same, so that every intent
//! can be found by its short number.

use super::payment_intent::{IntentStatus, PaidContext, PaymentIntent};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PayPageId, PaymentIntentId},
    money::{Money, currency::Currency},
};
use chrono::{DateTime, Duration, Utc};

/// How long a coin can be chosen (CoinGate: 2 hours).
pub const LIFETIME: Duration = Duration::hours(2);
/// How long the price holds after that (CoinGate: 20 minutes).
pub const PAYMENT_LIFETIME: Duration = Duration::minutes(20);

/// Where an order stands, in CoinGate's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderStatus {
    /// No coin was chosen yet.
    New,
    /// Waits for the customer's payment.
    Pending,
    /// A payment is being confirmed.
    Confirming,
    /// Paid in full.
    Paid,
    /// It cannot be paid.
    Invalid,
    /// The time to choose a coin or to pay is over.
    Expired,
    /// The customer said that they will not pay.
    Canceled,
    /// Everything went back.
    Refunded,
    /// A part went back.
    PartiallyRefunded,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [OrderStatus; 9] = [
        Self::New,
        Self::Pending,
        Self::Confirming,
        Self::Paid,
        Self::Invalid,
        Self::Expired,
        Self::Canceled,
        Self::Refunded,
        Self::PartiallyRefunded,
    ];

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// CoinGate's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Pending => "pending",
            Self::Confirming => "confirming",
            Self::Paid => "paid",
            Self::Invalid => "invalid",
            Self::Expired => "expired",
            Self::Canceled => "canceled",
            Self::Refunded => "refunded",
            Self::PartiallyRefunded => "partially_refunded",
        }
    }
}

/// What a shop says of a new order, already typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// The price; above zero.
    pub price: Money,
    /// The currency to be credited in; without one what is paid is not converted.
    pub receive: Option<Currency>,
    /// The shop's words about the order.
    pub text: OrderText,
}

/// What a shop says of an order besides its price. Nothing in here decides anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderText {
    /// What it is called.
    pub title: String,
    /// What is in it.
    pub description: String,
    /// The shop's own name for it.
    pub reference: String,
    /// Sent back with every callback, so that the shop knows who calls.
    pub token: String,
    /// Who is told of changes.
    pub callback_url: Option<String>,
    /// Where the customer goes after paying.
    pub success_url: Option<String>,
    /// Where the customer goes otherwise.
    pub cancel_url: Option<String>,
    /// The customer's e-mail address.
    pub purchaser_email: Option<String>,
}

/// An order as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Whose.
    pub merchant_id: MerchantId,
    /// Its short number, unique for the merchant.
    pub number: i64,
    /// The page on which it is paid.
    pub page: PayPageId,
    /// The price.
    pub price: Money,
    /// The currency to be credited in; without one what is paid is not converted.
    pub receive: Option<Currency>,
    /// The shop's words.
    pub text: OrderText,
    /// The intent that it became.
    pub intent_id: Option<PaymentIntentId>,
    /// That intent as it is now.
    pub intent: Option<PaymentIntent>,
    /// What was credited of its payments, after fees, in the intent's settlement currency. Refunds do not change it.
    pub credited: Option<Money>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when a coin can be chosen.
    pub expires_at: DateTime<Utc>,
    /// When the customer said that they will not pay.
    pub canceled_at: Option<DateTime<Utc>>,
}

impl Order {
    /// Where it stands.
    pub fn status(&self, now: DateTime<Utc>) -> OrderStatus {
        match &self.intent {
            None if self.canceled_at.is_some() => OrderStatus::Canceled,
            None if now < self.expires_at => OrderStatus::New,
            None => OrderStatus::Expired,
            Some(intent) => match status_of(intent, now) {
                // Canceling ends the intent, which then stands where time would have brought it.
                OrderStatus::Expired if self.canceled_at.is_some() => OrderStatus::Canceled,
                status => status,
            },
        }
    }

    /// Refuses to cancel what is paid for in part or whole, or over.
    pub fn require_cancelable(&self, now: DateTime<Utc>) -> Result<(), DomainError> {
        match (self.status(now), &self.intent) {
            (OrderStatus::New, _) => Ok(()),
            (OrderStatus::Pending, Some(intent)) if intent.paid.is_zero() => Ok(()),
            (OrderStatus::Pending | OrderStatus::Confirming, _) => {
                let message = "A payment has arrived for this order, so it cannot be canceled.";
                Err(DomainError::new(ErrorCode::OrderNotCancelable, message))
            }
            (status, _) => {
                let message = format!("This order is {} and cannot be canceled.", status.as_str().replace('_', " "));
                Err(DomainError::new(ErrorCode::OrderNotCancelable, message))
            }
        }
    }

    /// When it was first paid in full.
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
    let over = || intent.asked().is_some_and(|asked| now >= asked.expires_at);
    let waits = || if over() { OrderStatus::Expired } else { OrderStatus::Pending };
    match intent.status() {
        // No order is continuous, since an order has a price.
        IntentStatus::Created | IntentStatus::Pending | IntentStatus::Active => waits(),
        // The customer may still pay the rest.
        IntentStatus::Complete if intent.context() == Some(PaidContext::Underpaid) => waits(),
        IntentStatus::Complete => OrderStatus::Paid,
        IntentStatus::Expired => OrderStatus::Expired,
        IntentStatus::Failed => OrderStatus::Invalid,
        // As CoinGate has it, what is on its way back does not count until it has arrived. Of what was paid in part only, a
        // refund ends the time to pay the rest: it was never paid, and nobody may deliver for it.
        IntentStatus::Refunded if intent.refunded.is_zero() && intent.is_underpaid() => OrderStatus::Expired,
        IntentStatus::Refunded if intent.refunded.is_zero() => OrderStatus::Paid,
        IntentStatus::Refunded if intent.refunded == intent.paid => OrderStatus::Refunded,
        IntentStatus::Refunded => OrderStatus::PartiallyRefunded,
    }
}
