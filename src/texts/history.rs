//! The names of what is recorded of payment intents and refunds.

use super::{amounts, errors, next_steps, titles::Title};
use crate::{
    domain::{
        intents::payment::UnsupportedReason,
        names::Named,
        operations::watchdog::StalledState,
        refunds::{
            refund::{Refund, RefundReason},
            transfer::HeldReason,
        },
    },
    languages::Language,
};
use serde_json::Value as Json;

/// What actions of overdue states begin with.
pub(super) const OVERDUE: &str = "overdue.";

/// The action of a transfer that is sent again with a higher fee.
pub const FEE_RAISED: &str = "transfer.fee_raised";

/// What happened, with what matters of its details.
pub fn of_change(language: Language, action: &str, detail: &Json) -> String {
    let text = |member: &str| detail.get(member).and_then(Json::as_str);
    match (action, text("from"), text("to")) {
        (FEE_RAISED, Some(from), Some(to)) => {
            let fees = [("from", from), ("to", to)].map(|(name, fee)| (name, amounts::stored(language, fee)));
            language.with("history-fee-raised-from", fees)
        }
        _ => of_action(language, action),
    }
}

/// Why it happened, in sentences: what somebody gave as the reason, or what the server has found. The record has texts of the
/// server in English; `refund`, which the change is about, has them in every language.
pub fn why(language: Language, action: &str, detail: &Json, refund: Option<&Refund>) -> Option<String> {
    let text = |member: &str| detail.get(member).and_then(Json::as_str).filter(|text| !text.is_empty());
    match action {
        "refund.created" => why_refunded(language, refund, text("overrideReason")),
        "refund.rejected" => {
            let reason = refund.and_then(|refund| refund.rejection_reason.as_ref());
            reason.map(|reason| errors::text(language, reason)).or_else(|| text("detail").map(str::to_owned))
        }
        "refund.held" => {
            let reason = HeldReason::parse(text("heldReason")?)?;
            let sentence = next_steps::of_held_transfer(language, reason);
            // The person who has paused payouts, or what was found, says more.
            match text("detail").filter(|_| reason == HeldReason::Paused) {
                Some(given) => {
                    Some(language.with("history-why-paused", [("why", sentence.as_str()), ("given", given)]))
                }
                None => Some(sentence),
            }
        }
        "unsupported_funds.received" => {
            Some(next_steps::of_unsupported(language, UnsupportedReason::parse(text("unsupported")?)?))
        }
        "deposit.written_off" | "unsupported_funds.handled" => text("note").map(str::to_owned),
        _ => match text("reason")? {
            "requested_by_merchant" => Some(language.text("history-why-ended-early")),
            "payment_taken_back" => Some(language.text("history-why-taken-back")),
            _ => None,
        },
    }
}

/// The reason of a refund with its note, and why it is sent despite a warning.
fn why_refunded(language: Language, refund: Option<&Refund>, overridden: Option<&str>) -> Option<String> {
    let reason = refund.map(|refund| refund.reason).filter(|reason| *reason != RefundReason::Other);
    let note = refund.and_then(|refund| refund.note.as_deref());
    let sentences = [
        reason.map(|reason| language.with("history-why-refunded", [("reason", reason.title(language))])),
        note.map(|note| language.with("history-why-noted", [("note", note)])),
        overridden.map(|reason| language.with("history-why-overridden", [("reason", reason)])),
    ];
    let sentences: Vec<_> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join("\n"))
}

/// What happened, for people. An action without a name here is shown as it is stored.
pub fn of_action(language: Language, action: &str) -> String {
    if let Some(state) = action.strip_prefix(OVERDUE).and_then(StalledState::parse) {
        return language.with("history-overdue", [("state", state.title(language))]);
    }
    let id = of_money(action).or_else(|| of_administration(action));
    id.map_or_else(|| action.replace(['.', '_'], " "), |id| language.text(id))
}

/// The id of the text for what is done to payment intents, payments and refunds.
fn of_money(action: &str) -> Option<&'static str> {
    Some(match action {
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
        "receipt.mailed" => "history-receipt-mailed",
        "mail.again" => "history-mail-again",
        _ => return None,
    })
}

/// The id of the text for everything else.
fn of_administration(action: &str) -> Option<&'static str> {
    Some(match action {
        "note.added" => "history-note-added",
        "payment_intent_amounts.changed" => "history-intent-amounts",
        "order.expired" => "history-order-expired",
        "order.canceled" => "history-order-canceled",
        "address_book_recipient.created" => "history-recipient-created",
        "address_book_recipient.active" => "history-recipient-active",
        "address_book_recipient.inactive" => "history-recipient-inactive",
        "address_book_recipient.denied" => "history-recipient-denied",
        "address_book_recipient.changed" => "history-recipient-changed",
        "address_book_recipient.deleted" => "history-recipient-deleted",
        "notification_subscription.created" => "history-subscription-created",
        "notification_subscription.confirmed" => "history-subscription-confirmed",
        "notification_subscription.deleted" => "history-subscription-deleted",
        "webhook_endpoint.created" => "history-endpoint-created",
        "webhook_endpoint.changed" => "history-endpoint-changed",
        "webhook_endpoint.secret_rotated" => "history-endpoint-secret",
        "webhook_endpoint.deleted" => "history-endpoint-deleted",
        "webhook_endpoint.disabled" => "history-endpoint-disabled",
        "webhook_endpoint.redelivered" => "history-endpoint-redelivered",
        "webhook_delivery.redelivered" => "history-delivery-redelivered",
        "webhook.test" => "history-endpoint-test",
        "user.added" => "history-user-added",
        "user.role_changed" => "history-user-role",
        "user.disabled" => "history-user-disabled",
        "user.enabled" => "history-user-enabled",
        "user.password_changed" => "history-user-password",
        "user.password_reset_mailed" => "history-user-reset-mailed",
        "user.session_ended" => "history-user-session-ended",
        "user.signed_in" => "history-user-signed-in",
        "user.signed_out_everywhere" => "history-user-signed-out",
        "second_factor.begun" => "history-factor-begun",
        "second_factor.turned_on" => "history-factor-on",
        "second_factor.turned_off" => "history-factor-off",
        "second_factor.used" => "history-factor-used",
        "second_factor.codes_renewed" => "history-factor-codes",
        "second_factor.reset" => "history-factor-reset",
        "merchant.renamed" => "history-merchant-renamed",
        "merchant.wallet_changed" => "history-merchant-wallet",
        "policy.changed" => "history-policy-changed",
        "policy.proposed" => "history-policy-proposed",
        "policy.proposal_approved" => "history-policy-approved",
        "policy.proposal_withdrawn" => "history-policy-withdrawn",
        "policy.proposal_outdated" => "history-policy-outdated",
        "deny_list.imported" => "history-deny-list-imported",
        "refund_draft.discarded" => "history-draft-discarded",
        "payouts.paused" => "history-payouts-paused",
        "payouts.resumed" => "history-payouts-resumed",
        "payouts.reconciled" => "history-payouts-reconciled",
        "payouts.assigned" => "history-payouts-assigned",
        "payouts.explained" => "history-payouts-explained",
        "network.resumed" => "history-network-resumed",
        "wallet.advanced" => "history-wallet-advanced",
        "ledger.month_closed" => "history-month-closed",
        "ledger.house_currency_chosen" => "history-books-currency",
        "ledger.topped_up" => "history-balance-topped-up",
        "saved_view.shared" => "history-view-shared",
        "saved_view.renamed" => "history-view-renamed",
        "saved_view.deleted" => "history-view-deleted",
        "api_key.created" => "history-key-created",
        "api_key.replaced" => "history-key-replaced",
        "api_key.revoked" => "history-key-revoked",
        _ => return None,
    })
}
