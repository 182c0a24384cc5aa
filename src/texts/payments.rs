//! What happens next with a payment.

use crate::{
    domain::{
        error::ErrorCode,
        intents::{
            credit_rule::CreditAfter,
            payment::{Payment, PaymentStatus},
            payment_progress::PaymentStage,
        },
    },
    languages::Language,
};

/// The name that decides the colour, and what became of a payment, where nothing of its network is known.
pub fn of_payment(language: Language, payment: &Payment) -> (&'static str, String) {
    match (payment.status, payment.unsupported) {
        (PaymentStatus::Pending, _) => ("seen", language.text("intents-payment-being-confirmed")),
        (PaymentStatus::Paid, Some(_)) => ("not_credited", language.text("intents-payment-not-credited")),
        (PaymentStatus::Paid, None) => ("paid", language.text("intents-payment-credited")),
        (PaymentStatus::Failed, _) => ("failed", language.text("intents-payment-failed")),
    }
}

/// What a stage means, for the merchant's team.
pub fn of_stage(language: Language, stage: PaymentStage) -> String {
    match stage {
        PaymentStage::Seen => language.text("intents-stage-seen"),
        PaymentStage::Confirmed => language.text("intents-stage-confirmed"),
        PaymentStage::Credited => language.text("intents-stage-credited"),
        PaymentStage::Final => language.text("intents-stage-final"),
        PaymentStage::NotCredited => language.text("intents-stage-not-credited"),
        PaymentStage::InNoBlock => language.text("intents-stage-in-no-block"),
        PaymentStage::TakenBack => language.text("intents-stage-taken-back"),
        PaymentStage::Lost => language.text("intents-stage-lost"),
        PaymentStage::Failed => language.text("intents-stage-failed"),
    }
}

/// Why a deposit waits for a rate, by the code of the error, and what to do.
pub fn of_missing_rate(language: Language, code: ErrorCode) -> String {
    match code {
        ErrorCode::RateStale => language.text("intents-rate-stale"),
        _ => language.text("intents-rate-missing"),
    }
}

/// What a stage is called, for the customer who has paid. What the shop does about a removed block is not their concern.
pub fn title_for_customer(language: Language, stage: PaymentStage) -> String {
    match stage {
        PaymentStage::Seen => language.text("payment-stage-seen"),
        PaymentStage::Confirmed => language.text("payment-stage-confirmed"),
        PaymentStage::Credited => language.text("payment-stage-credited"),
        PaymentStage::Final => language.text("payment-stage-final"),
        PaymentStage::NotCredited => language.text("payment-stage-not-credited"),
        PaymentStage::InNoBlock | PaymentStage::TakenBack | PaymentStage::Lost => {
            language.text("payment-stage-in-no-block")
        }
        PaymentStage::Failed => language.text("payment-stage-failed"),
    }
}

/// What a stage means, for the customer who has paid.
pub fn of_stage_for_customer(language: Language, stage: PaymentStage) -> String {
    match stage {
        PaymentStage::Seen => language.text("payment-seen"),
        PaymentStage::Confirmed => language.text("payment-confirmed"),
        PaymentStage::Credited | PaymentStage::Final => language.text("payment-arrived"),
        PaymentStage::NotCredited => language.text("payment-not-credited"),
        PaymentStage::InNoBlock | PaymentStage::TakenBack | PaymentStage::Lost => language.text("payment-in-no-block"),
        PaymentStage::Failed => language.text("payment-failed"),
    }
}

/// The block of a payment and its confirmations: `21000001 (2 confirmations)`.
pub fn block(language: Language, height: i64, confirmations: u64) -> String {
    let confirmations = language.with("payment-confirmations", [("count", confirmations)]);
    language.with("payment-block", [("height", height.to_string()), ("confirmations", confirmations)])
}

/// How deep a payment is in its network, and what is missing until it is credited: `2 of 5 confirmations.`
pub fn until_credited(
    language: Language,
    confirmations: u64,
    rule: Option<CreditAfter>,
    missing: Option<u64>,
) -> String {
    let so_far = language.with("payment-confirmations", [("count", confirmations)]);
    let is_safe = match rule {
        Some(CreditAfter::Blocks(blocks)) => {
            return language.with("payment-confirmations-of", [("count", confirmations), ("needed", blocks)]);
        }
        Some(CreditAfter::Safe) => true,
        Some(CreditAfter::Finalized) => false,
        None => return language.with("payment-confirmations-so-far", [("confirmations", so_far)]),
    };
    match (is_safe, missing) {
        (true, None) => language.with("payment-until-safe", [("confirmations", so_far)]),
        (false, None) => language.with("payment-until-final", [("confirmations", so_far)]),
        (true, Some(missing)) => {
            let blocks = language.with("payment-blocks-safe", [("count", missing)]);
            language.with("payment-until-safe-missing", [("confirmations", so_far), ("blocks", blocks)])
        }
        (false, Some(missing)) => {
            let blocks = language.with("payment-blocks-final", [("count", missing)]);
            language.with("payment-until-final-missing", [("confirmations", so_far), ("blocks", blocks)])
        }
    }
}
