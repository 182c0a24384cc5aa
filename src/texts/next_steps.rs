//! Texts that explain a state to users: what happens next, and who must act.

use crate::domain::{
    intents::payment::UnsupportedReason,
    operations::watchdog::StalledState,
    refunds::{
        refund::{Refund, RefundStatus},
        transfer::HeldReason,
    },
};
use chrono::{DateTime, Utc};
use std::borrow::Cow;

/// What happens next with a refund.
pub fn of_refund(refund: &Refund, now: DateTime<Utc>) -> Cow<'static, str> {
    let in_words = |until: DateTime<Utc>| until.format("%-d %B %Y, %H:%M").to_string();
    match refund.confirm_until.filter(|_| refund.status == RefundStatus::AwaitingConfirmation) {
        Some(until) if now < until => {
            return format!(
                "The money is set aside. The customer got a mail and has until {} (UTC) to confirm the address.",
                in_words(until)
            )
            .into();
        }
        Some(_) => {
            return "The customer did not confirm the address in time, so the refund ends in a moment.".into();
        }
        None => {}
    }
    if let Some(reason) = refund.transfer_held {
        return of_held_transfer(reason).into();
    }
    match refund.held_until {
        Some(until) if refund.status == RefundStatus::Pending && now < until => format!(
            "The address is new, so the money is set aside until {} (UTC) and then sent. Until then it can be stopped.",
            in_words(until)
        )
        .into(),
        _ => of_refund_to_be_sent(refund).into(),
    }
}

/// A pause is told before the network's worker has noted it on the transfer: that takes until its next round.
const fn of_refund_to_be_sent(refund: &Refund) -> &'static str {
    match refund.status {
        RefundStatus::Pending if refund.payouts_paused => of_held_transfer(HeldReason::Paused),
        RefundStatus::Processing if refund.is_unsigned && refund.payouts_paused => of_held_transfer(HeldReason::Paused),
        RefundStatus::Processing if refund.is_unsigned && refund.is_behind => {
            "It waits until people have signed another refund of the same account. Then it goes on by itself."
        }
        RefundStatus::Processing if refund.is_unsigned => {
            "It is being prepared, and nothing was signed yet. Nobody has to do anything."
        }
        status => of_refund_status(status),
    }
}

const fn of_refund_status(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::AwaitingConfirmation => {
            "The money is set aside. The customer has to confirm the address, for which they got a mail."
        }
        RefundStatus::AwaitingApproval => {
            "The money is set aside. A colleague who may approve refunds has to look at it."
        }
        RefundStatus::Pending => "The money is set aside and will be sent in a moment. Nobody has to do anything.",
        RefundStatus::Processing => "It is on its way through the network. Nobody has to do anything.",
        RefundStatus::Completed => "The customer has the money. This is final.",
        RefundStatus::Rejected => "Nothing was sent and the money is back on your balance. You can start a new refund.",
    }
}

/// Why a transfer waits, and who has to do what. The money stays set aside, and the transfer goes on by itself as soon as
/// nothing keeps it.
pub const fn of_held_transfer(reason: HeldReason) -> &'static str {
    match reason {
        HeldReason::AwaitingFunds => {
            "It waits because the account that pays refunds has too little of this coin. Somebody has to top it up; its address is on the page Payouts."
        }
        HeldReason::AwaitingGas => {
            "It waits because the account that pays refunds cannot pay the network's fee. Somebody has to top it up; its address is on the page Payouts."
        }
        HeldReason::FeeTooHigh => {
            "It waits because the network's fee is above your limit. It is sent as soon as the fee falls."
        }
        HeldReason::RecipientBlocked => {
            "It waits because the issuer of the coin has blocked this address. An owner can stop it on its page. Ask the customer for another address."
        }
        HeldReason::SenderBlocked => {
            "It waits because the issuer of the coin has blocked the account that pays refunds. Whoever runs the server has to ask them."
        }
        HeldReason::TokenPaused => "It waits because the issuer has paused this coin. It is sent when they go on.",
        HeldReason::RecipientRefuses => {
            "It waits because the transfer to this address fails when it is tried. An owner can stop it on its page. Ask the customer for another address."
        }
        HeldReason::SignerAway => {
            "It waits because the signer does not respond. Whoever runs the server has to look at it."
        }
        HeldReason::SignerLocked => "It waits because the signer is locked. Whoever runs the server has to unlock it.",
        HeldReason::SignerRefuses => {
            "It waits because the signer refuses it by its own limits. Whoever runs the server has to decide."
        }
        HeldReason::AwaitingSignatures => "It waits for the people who sign it.",
        HeldReason::Paused => "It waits because payouts on this network are paused. An owner has to resume them.",
        HeldReason::AccountRemoved => {
            "It waits because the account that has to pay it was removed from the settings. Whoever runs the server has to put it back with its signer, or an owner can stop the transfer on its page."
        }
        HeldReason::NetworkAway => {
            "It waits because the nodes of the network do not answer as they should. Nothing was signed. It goes on by itself when they do."
        }
        HeldReason::PaymentRemoved => {
            "It waits because the network has removed a payment that was credited. If the payment arrives again, the refund is sent; otherwise an owner decides about it on the page of payouts, or stops the refund."
        }
        HeldReason::Displaced => {
            "Another transaction has taken its place, so it is not known whether it was paid. An owner has to find out."
        }
    }
}

/// Why a deposit is not credited, and what to do with it.
pub const fn of_unsupported(reason: UnsupportedReason) -> &'static str {
    match reason {
        UnsupportedReason::IntentRefunded => {
            "It arrived after the first refund, so it was not credited. Agree with the customer what to do with it."
        }
        UnsupportedReason::IntentExpired => {
            "It arrived after the time to pay was over, so it was not credited. Agree with the customer what to do with it."
        }
        UnsupportedReason::WrongCurrency => {
            "It is another coin than the one asked for, so it was not credited. It is at the deposit address. Agree with the customer what to do with it."
        }
        UnsupportedReason::WrongNetwork => {
            "It came on a network on which this address was not offered, so it was not credited. It is at the deposit address, on that network. Agree with the customer what to do with it."
        }
        UnsupportedReason::Dust => {
            "It is worth less than the smallest amount that is credited. Nothing has to be done, unless the customer asks about it."
        }
    }
}

/// What to do when a state is overdue.
pub const fn of_stalled(state: StalledState) -> &'static str {
    match state {
        StalledState::RefundAwaitingConfirmation => {
            "The customer's time to confirm is over. Ask your administrator whether the worker runs."
        }
        StalledState::RefundAwaitingApproval => "Approve or decline it; the customer is waiting.",
        StalledState::RefundPending => "Ask your administrator whether the worker runs and what its log says.",
        StalledState::RefundProcessing => {
            "Look the transfer up on the network. It is never sent a second time by itself."
        }
        StalledState::IntentCreated => "Ask your administrator whether the worker runs and the chain responds.",
        StalledState::IntentPending => "Its time to pay is over. Ask your administrator whether the worker runs.",
        StalledState::PaymentPending => "Look the deposit up on the network, and tell the customer.",
    }
}
