//! Texts about the accounts that pay refunds, and about what moves at our own addresses.

use super::{errors, times::TimedSentence};
use crate::{
    domain::{
        error::{ErrorText, TextValue},
        operations::{
            books::{AccountRole, EntryKind, Flow, OpenMovement},
            payout_activity::PayoutActivity,
        },
        refunds::transfer::HeldReason,
    },
    languages::Language,
};

/// What an account that is said to run does not do; `None` if it does all of it.
pub fn doubt(language: Language, activity: PayoutActivity) -> Option<TimedSentence> {
    let since = |id: &str, at| Some(TimedSentence::new(language, id, "since", at));
    match activity {
        PayoutActivity::Paused
        | PayoutActivity::NotUsed
        | PayoutActivity::NotStarted
        | PayoutActivity::WaitsForAnother
        | PayoutActivity::SignsNothing
        | PayoutActivity::Running => None,
        PayoutActivity::NoAnswer { since: Some(at) } => since("payouts-no-answer-since", at),
        PayoutActivity::NoAnswer { since: None } => Some(language.text("payouts-no-answer-yet").into()),
        PayoutActivity::NoRound { since: at } => since("payouts-no-round-since", at),
        PayoutActivity::NoBlock { since: at } => since("payouts-no-block-since", at),
    }
}

/// What a transfer waits for, in detail, or why nothing would be signed. What a signer says is in its own words.
pub fn of_hold(language: Language, reason: HeldReason, detail: &str) -> String {
    let detail = ErrorText::of_stored(detail);
    let is_of_signer = matches!(reason, HeldReason::SignerAway | HeldReason::SignerLocked | HeldReason::SignerRefuses);
    let words = errors::text(language, &detail);
    if is_of_signer && detail.is_plain() { language.with("payouts-signer-says", [("message", words)]) } else { words }
}

/// What it means that a signer's memory lacks what the database knows.
pub fn older_memory(language: Language) -> String {
    language.text("payouts-older-memory")
}

/// What happened when coins moved that nobody has explained, as a sentence.
pub fn of_movement(language: Language, movement: &OpenMovement) -> String {
    errors::text(language, &movement_text(movement))
}

/// The same, to be written in the language of each reader.
pub fn movement_text(movement: &OpenMovement) -> ErrorText {
    let is_paying = movement.role == AccountRole::Sender;
    let id = match (movement.kind, movement.flow, is_paying, &movement.counterparty) {
        (EntryKind::Difference, Flow::In, false, _) => "payouts-movement-more-at-deposits",
        (EntryKind::Difference, Flow::In, true, _) => "payouts-movement-more-at-sender",
        (EntryKind::Difference, Flow::Out, false, _) => "payouts-movement-less-at-deposits",
        (EntryKind::Difference, Flow::Out, true, _) => "payouts-movement-less-at-sender",
        (EntryKind::NotGivenOut, _, _, None) => "payouts-movement-not-given-out",
        (EntryKind::NotGivenOut, _, _, Some(_)) => "payouts-movement-not-given-out-from",
        (_, Flow::In, false, None) => "payouts-movement-to-deposits",
        (_, Flow::In, false, Some(_)) => "payouts-movement-to-deposits-from",
        (_, Flow::In, true, None) => "payouts-movement-to-sender",
        (_, Flow::In, true, Some(_)) => "payouts-movement-to-sender-from",
        (_, Flow::Out, false, None) => "payouts-movement-out-of-deposits",
        (_, Flow::Out, false, Some(_)) => "payouts-movement-out-of-deposits-to",
        (_, Flow::Out, true, None) => "payouts-movement-out-of-sender",
        (_, Flow::Out, true, Some(_)) => "payouts-movement-out-of-sender-to",
    };
    let text = ErrorText::new(id)
        .with("amount", TextValue::amount(movement.amount.with_coin_symbol()))
        .with("account", movement.account.as_str());
    match &movement.counterparty {
        Some(other) => text.with("other", other.as_str()),
        None => text,
    }
}
