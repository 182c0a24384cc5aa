//! The status of a payment intent in words.

use crate::domain::{
    intents::payment_intent::{IntentStatus, PaymentIntent, RefundExtent},
    names::Named,
};

/// The name that decides the colour, and the status in words, which is more precise than Circle's.
pub fn of_intent(intent: &PaymentIntent) -> (&'static str, &'static str) {
    let status = intent.status().as_str();
    let label = match (intent.refund_extent(), intent.context()) {
        // A continuous intent stays active after refunds.
        (RefundExtent::Partial, _) if intent.status() == IntentStatus::Active => "active, partially refunded",
        (RefundExtent::Full, _) if intent.status() == IntentStatus::Active => "active, fully refunded",
        (RefundExtent::Partial, _) => "partially refunded",
        (RefundExtent::Full, _) => "fully refunded",
        (RefundExtent::None, _) if !intent.in_flight.is_zero() => "refund on its way",
        // The first refund was rejected: the intent is closed for payments, and everything can still be refunded.
        (RefundExtent::None, _) if intent.status() == IntentStatus::Refunded => "refund rejected",
        (RefundExtent::None, Some(context)) => context.as_str(),
        (RefundExtent::None, None) => status,
    };
    let colour = match intent.refund_extent() {
        _ if intent.status() == IntentStatus::Active => status,
        RefundExtent::None if !intent.in_flight.is_zero() => "refunded",
        RefundExtent::None => intent.context().map_or(status, |context| context.as_str()),
        RefundExtent::Partial | RefundExtent::Full => "refunded",
    };
    (colour, label)
}
