//! The names of what is recorded of payment intents and refunds.

use serde_json::Value as Json;

/// The action of a transfer that is sent again with a higher fee.
pub const FEE_RAISED: &str = "transfer.fee_raised";

/// What happened, with what matters of its details.
pub fn of_change(action: &str, detail: &Json) -> String {
    let text = |member: &str| detail.get(member).and_then(Json::as_str);
    match (action, text("from"), text("to")) {
        (FEE_RAISED, Some(from), Some(to)) => format!("{}: from {from} to {to}", of_action(action)),
        _ => of_action(action),
    }
}

/// What happened, for people. An action without a name here is shown as it is stored.
pub fn of_action(action: &str) -> String {
    let name = match action {
        "payment_intent.created" => "Payment intent created",
        "payment_intent.pending" => "Can be paid",
        "payment_intent.complete" => "Paid",
        "payment_intent.active" => "Paid; can be paid again",
        "payment_intent.expired" => "Expired",
        "payment_intent.failed" => "Failed",
        "payment_intent.refunded" => "First refund started",
        "payment.pending" => "Payment seen",
        "payment.paid" => "Payment credited",
        "payment.failed" => "Payment failed",
        "unsupported_funds.received" => "Coins arrived that were not credited",
        "refund.created" => "Refund created",
        "refund.awaiting_confirmation" => "The customer was asked to confirm the address",
        "refund.confirmation_undelivered" => "The customer could not be asked to confirm the address",
        "refund.confirmed" => "The customer confirmed the address",
        "refund.awaiting_approval" => "Waits for approval",
        "refund.approved" => "Refund approved",
        "refund.processing" => "Refund is being sent",
        "refund.held" => "Refund waits",
        "refund.resumed" => "Refund goes on",
        "refund.completed" => "Refund completed",
        "refund.rejected" => "Refund rejected",
        "transfer.cancellation_requested" => "Cancellation of the transfer requested",
        FEE_RAISED => "Sent again with a higher fee",
        "transfer.amount_corrected" => "Amount of the transfer corrected",
        "deposit.written_off" => "Lost payment written off",
        "deposit.recovered" => "Lost payment recovered",
        "customer.revealed" => "Masked customer revealed",
        "receipt.shared" => "Link to the receipt made",
        "mail.again" => "Mail sent again",
        other => return other.replace(['.', '_'], " "),
    };
    name.to_owned()
}
