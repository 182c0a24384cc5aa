//! Texts that explain a state to users: what happens next, and who must act.

use super::times::TimedSentence;
use crate::{
    domain::{
        intents::payment::UnsupportedReason,
        operations::watchdog::StalledState,
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::HeldReason,
        },
    },
    languages::Language,
};
use chrono::{DateTime, Utc};

/// What happens next with a refund.
pub fn of_refund(language: Language, refund: &Refund, now: DateTime<Utc>) -> TimedSentence {
    match refund.confirm_until.filter(|_| refund.status == RefundStatus::AwaitingConfirmation) {
        Some(until) if now < until => {
            return TimedSentence::new(language, "refund-next-confirm-until", "until", until);
        }
        Some(_) => return language.text("refund-next-confirm-over").into(),
        None => {}
    }
    if let Some(reason) = refund.transfer_held {
        return of_held_transfer(language, reason).into();
    }
    match refund.held_until {
        Some(until) if refund.status == RefundStatus::Pending && now < until => {
            TimedSentence::new(language, "refund-next-new-address", "until", until)
        }
        _ => of_refund_to_be_sent(language, refund).into(),
    }
}

/// A pause is told before the network's worker has noted it on the transfer: that takes until its next round.
fn of_refund_to_be_sent(language: Language, refund: &Refund) -> String {
    match refund.status {
        RefundStatus::Pending if refund.payouts_paused => of_held_transfer(language, HeldReason::Paused),
        RefundStatus::Processing if refund.is_unsigned && refund.payouts_paused => {
            of_held_transfer(language, HeldReason::Paused)
        }
        RefundStatus::Processing if refund.is_unsigned && refund.is_behind => language.text("refund-next-behind"),
        RefundStatus::Processing if refund.is_unsigned => language.text("refund-next-unsigned"),
        status => of_refund_status(language, status),
    }
}

fn of_refund_status(language: Language, status: RefundStatus) -> String {
    language.text(match status {
        RefundStatus::AwaitingConfirmation => "refund-next-confirm",
        RefundStatus::AwaitingApproval => "refund-next-approve",
        RefundStatus::Pending => "refund-next-pending",
        RefundStatus::Processing => "refund-next-processing",
        RefundStatus::Completed => "refund-next-completed",
        RefundStatus::Rejected => "refund-next-rejected",
    })
}

/// Why a transfer waits, and who has to do what. The money stays set aside, and the transfer goes on by itself as soon as
/// nothing keeps it.
pub fn of_held_transfer(language: Language, reason: HeldReason) -> String {
    language.text(match reason {
        HeldReason::AwaitingFunds => "refund-held-funds",
        HeldReason::AwaitingGas => "refund-held-gas",
        HeldReason::FeeTooHigh => "refund-held-fee",
        HeldReason::RecipientBlocked => "refund-held-recipient-blocked",
        HeldReason::SenderBlocked => "refund-held-sender-blocked",
        HeldReason::TokenPaused => "refund-held-token-paused",
        HeldReason::RecipientRefuses => "refund-held-recipient-refuses",
        HeldReason::SignerAway => "refund-held-signer-away",
        HeldReason::SignerLocked => "refund-held-signer-locked",
        HeldReason::SignerRefuses => "refund-held-signer-refuses",
        HeldReason::AwaitingSignatures => "refund-held-signatures",
        HeldReason::Paused => "refund-held-paused",
        HeldReason::AccountRemoved => "refund-held-account-removed",
        HeldReason::NetworkAway => "refund-held-network-away",
        HeldReason::PaymentRemoved => "refund-held-payment-removed",
        HeldReason::AssignedToAnother => "refund-held-assigned-to-another",
        HeldReason::Displaced => "refund-held-displaced",
    })
}

/// Why a deposit is not credited, and what to do with it.
pub fn of_unsupported(language: Language, reason: UnsupportedReason) -> String {
    language.text(match reason {
        UnsupportedReason::IntentRefunded => "history-unsupported-refunded",
        UnsupportedReason::IntentExpired => "history-unsupported-expired",
        UnsupportedReason::WrongCurrency => "history-unsupported-coin",
        UnsupportedReason::WrongNetwork => "history-unsupported-network",
        UnsupportedReason::Dust => "history-unsupported-dust",
    })
}

/// What to do when a state is overdue.
pub fn of_stalled(language: Language, state: StalledState) -> String {
    language.text(match state {
        StalledState::RefundAwaitingConfirmation => "history-stalled-confirmation",
        StalledState::RefundAwaitingApproval => "history-stalled-approval",
        StalledState::RefundPending => "history-stalled-pending",
        StalledState::RefundProcessing => "history-stalled-processing",
        StalledState::IntentCreated => "history-stalled-created",
        StalledState::IntentPending => "history-stalled-unpaid",
        StalledState::PaymentPending => "history-stalled-payment",
    })
}
