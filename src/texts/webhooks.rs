//! What the events mean that are sent to webhook endpoints.

use crate::{domain::webhooks::event::DISABLED, languages::Language};

/// What has happened. Empty for an event that endpoints do not receive.
pub fn of_event(language: Language, event: &str) -> String {
    let id = match event {
        "refund.created" => "webhooks-event-refund-created",
        "refund.awaiting_confirmation" => "webhooks-event-refund-awaiting-confirmation",
        "refund.confirmation_undelivered" => "webhooks-event-refund-confirmation-undelivered",
        "refund.confirmed" => "webhooks-event-refund-confirmed",
        "refund.awaiting_approval" => "webhooks-event-refund-awaiting-approval",
        "refund.approved" => "webhooks-event-refund-approved",
        "refund.processing" => "webhooks-event-refund-processing",
        "refund.held" => "webhooks-event-refund-held",
        "refund.resumed" => "webhooks-event-refund-resumed",
        "refund.completed" => "webhooks-event-refund-completed",
        "refund.rejected" => "webhooks-event-refund-rejected",
        "payment_intent.created" => "webhooks-event-payment-intent-created",
        "payment_intent.pending" => "webhooks-event-payment-intent-pending",
        "payment_intent.complete" => "webhooks-event-payment-intent-complete",
        "payment_intent.active" => "webhooks-event-payment-intent-active",
        "payment_intent.expired" => "webhooks-event-payment-intent-expired",
        "payment_intent.failed" => "webhooks-event-payment-intent-failed",
        "payment_intent.refunded" => "webhooks-event-payment-intent-refunded",
        "order.expired" => "webhooks-event-order-expired",
        "order.canceled" => "webhooks-event-order-canceled",
        "payment.pending" => "webhooks-event-payment-pending",
        "payment.paid" => "webhooks-event-payment-paid",
        "payment.failed" => "webhooks-event-payment-failed",
        "unsupported_funds.received" => "webhooks-event-unsupported-funds-received",
        "overdue.refund_awaiting_confirmation" => "webhooks-event-overdue-refund-awaiting-confirmation",
        "overdue.refund_awaiting_approval" => "webhooks-event-overdue-refund-awaiting-approval",
        "overdue.refund_pending" => "webhooks-event-overdue-refund-pending",
        "overdue.refund_processing" => "webhooks-event-overdue-refund-processing",
        "overdue.payment_intent_created" => "webhooks-event-overdue-payment-intent-created",
        "overdue.payment_intent_pending" => "webhooks-event-overdue-payment-intent-pending",
        "overdue.payment_pending" => "webhooks-event-overdue-payment-pending",
        DISABLED => "webhooks-event-webhook-endpoint-disabled",
        _ => return String::new(),
    };
    language.text(id)
}
