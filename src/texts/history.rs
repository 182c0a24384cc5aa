//! The names of what is recorded of payment intents and refunds.

use crate::languages::Language;
use serde_json::Value as Json;

/// The action of a transfer that is sent again with a higher fee.
pub const FEE_RAISED: &str = "transfer.fee_raised";

/// What happened, with what matters of its details.
pub fn of_change(language: Language, action: &str, detail: &Json) -> String {
    let text = |member: &str| detail.get(member).and_then(Json::as_str);
    match (action, text("from"), text("to")) {
        (FEE_RAISED, Some(from), Some(to)) => language.with("history-fee-raised-from", [("from", from), ("to", to)]),
        _ => of_action(language, action),
    }
}

/// What happened, for people. An action without a name here is shown as it is stored.
pub fn of_action(language: Language, action: &str) -> String {
    let id = match action {
        "payment_intent.created" => "history-intent-created",
        "payment_intent.pending" => "history-intent-pending",
        "payment_intent.complete" => "history-intent-complete",
        "payment_intent.active" => "history-intent-active",
        "payment_intent.expired" => "history-intent-expired",
        "payment_intent.failed" => "history-intent-failed",
        "payment_intent.refunded" => "history-intent-refunded",
        "payment.pending" => "history-payment-pending",
        "payment.paid" => "history-payment-paid",
        "payment.failed" => "history-payment-failed",
        "unsupported_funds.received" => "history-unsupported-received",
        "unsupported_funds.handled" => "history-unsupported-handled",
        "refund.created" => "history-refund-created",
        "refund.awaiting_confirmation" => "history-refund-awaiting-confirmation",
        "refund.confirmation_undelivered" => "history-refund-confirmation-undelivered",
        "refund.confirmed" => "history-refund-confirmed",
        "refund.awaiting_approval" => "history-refund-awaiting-approval",
        "refund.approved" => "history-refund-approved",
        "refund.processing" => "history-refund-processing",
        "refund.held" => "history-refund-held",
        "refund.resumed" => "history-refund-resumed",
        "refund.completed" => "history-refund-completed",
        "refund.rejected" => "history-refund-rejected",
        "transfer.cancellation_requested" => "history-cancellation-requested",
        FEE_RAISED => "history-fee-raised",
        "transfer.amount_corrected" => "history-amount-corrected",
        "deposit.written_off" => "history-deposit-written-off",
        "deposit.recovered" => "history-deposit-recovered",
        "ledger.minimum_balances_changed" => "history-minimum-balances-changed",
        "customer.revealed" => "history-customer-revealed",
        "receipt.shared" => "history-receipt-shared",
        "mail.again" => "history-mail-again",
        other => return other.replace(['.', '_'], " "),
    };
    language.text(id)
}
