//! The status of a payment intent in words.

use crate::{
    domain::{
        intents::payment_intent::{IntentStatus, PaidContext, PaymentIntent, RefundExtent},
        names::Named,
    },
    languages::Language,
};

/// The name that decides the colour, and the status in words, which is more precise than Circle's.
pub fn of_intent(language: Language, intent: &PaymentIntent) -> (&'static str, String) {
    let status = intent.status().as_str();
    let label = match (intent.refund_extent(), intent.context()) {
        // A continuous intent stays active after refunds.
        (RefundExtent::Partial, _) if intent.status() == IntentStatus::Active => "history-status-active-partially",
        (RefundExtent::Full, _) if intent.status() == IntentStatus::Active => "history-status-active-fully",
        (RefundExtent::Partial, _) => "history-status-partially-refunded",
        (RefundExtent::Full, _) => "history-status-fully-refunded",
        (RefundExtent::None, _) if !intent.in_flight.is_zero() => "history-status-refund-on-its-way",
        // The first refund was rejected: the intent is closed for payments, and everything can still be refunded.
        (RefundExtent::None, _) if intent.status() == IntentStatus::Refunded => "history-status-refund-rejected",
        (RefundExtent::None, Some(context)) => of_context(context),
        (RefundExtent::None, None) => of_status(intent.status()),
    };
    let colour = match intent.refund_extent() {
        _ if intent.status() == IntentStatus::Active => status,
        RefundExtent::None if !intent.in_flight.is_zero() => "refunded",
        RefundExtent::None => intent.context().map_or(status, |context| context.as_str()),
        RefundExtent::Partial | RefundExtent::Full => "refunded",
    };
    (colour, language.text(label))
}

/// The id of the text that says how much was paid.
pub(super) const fn of_context(context: PaidContext) -> &'static str {
    match context {
        PaidContext::Underpaid => "history-status-underpaid",
        PaidContext::Paid => "history-status-paid",
        PaidContext::Overpaid => "history-status-overpaid",
    }
}

/// The id of the text for a status. With one word for each, it is Circle's.
pub(super) const fn of_status(status: IntentStatus) -> &'static str {
    match status {
        IntentStatus::Created => "history-status-created",
        IntentStatus::Pending => "history-status-pending",
        IntentStatus::Complete => "history-status-complete",
        IntentStatus::Active => "history-status-active",
        IntentStatus::Expired => "history-status-expired",
        IntentStatus::Failed => "history-status-failed",
        IntentStatus::Refunded => "history-status-refunded",
    }
}
