//! What happens next with a payment.

use crate::{
    domain::{
        counted::counted,
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
pub const fn of_payment(payment: &Payment) -> (&'static str, &'static str) {
    match (payment.status, payment.unsupported) {
        (PaymentStatus::Pending, _) => ("seen", "being confirmed"),
        (PaymentStatus::Paid, Some(_)) => ("not_credited", "not credited"),
        (PaymentStatus::Paid, None) => ("paid", "credited"),
        (PaymentStatus::Failed, _) => ("failed", "failed"),
    }
}

/// How deep a payment is in its network, and what is missing until it is credited: `2 of 5 confirmations.`
pub fn until_credited(confirmations: u64, rule: Option<CreditAfter>, missing: Option<u64>) -> String {
    let so_far = counted(confirmations, "confirmation");
    let kind = match rule {
        Some(CreditAfter::Blocks(blocks)) => return format!("{confirmations} of {}.", counted(blocks, "confirmation")),
        Some(CreditAfter::Safe) => "safe",
        Some(CreditAfter::Finalized) => "final",
        None => return format!("{so_far}."),
    };
    match missing {
        Some(1) => format!("{so_far}. It is credited when its block is {kind}: 1 more block has to become {kind}."),
        Some(missing) => {
            format!("{so_far}. It is credited when its block is {kind}: {missing} more blocks have to become {kind}.")
        }
        None => format!("{so_far}. It is credited when its block is {kind}."),
    }
}

/// What a stage means, for the merchant's team.
pub const fn of_stage(stage: PaymentStage) -> &'static str {
    match stage {
        PaymentStage::Seen => "It was seen and is not credited yet.",
        PaymentStage::Confirmed => {
            "It has all confirmations that it needs. It is credited as soon as enough nodes say the same."
        }
        PaymentStage::Credited => "It is credited. Its block is not final yet, so it may still be taken back.",
        PaymentStage::Final => "It is credited. This is final.",
        PaymentStage::NotCredited => "It is not credited. It is listed with the unsupported funds.",
        PaymentStage::InNoBlock => {
            "The network has removed its block. It mostly comes back in another one; nobody has to do anything."
        }
        PaymentStage::TakenBack => {
            "The network has removed its block, so it was taken back from the balance. It is credited again if it comes back."
        }
        PaymentStage::Lost => {
            "The network has removed its block, and the money was spent by then. An owner has to decide what is done."
        }
        PaymentStage::Failed => "It will not arrive.",
    }
}

/// Why a deposit waits for a rate, by the code of the error, and what to do.
pub const fn of_missing_rate(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::RateStale => {
            "The newest exchange rate for it is too old. Whoever runs the server must check the source of rates; it is then credited automatically."
        }
        _ => {
            "There is no exchange rate for it. Whoever runs the server must check the source of rates; it is then credited automatically."
        }
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

/// The block of a payment and its confirmations, for the customer who has paid: `21000001 (2 confirmations)`.
pub fn block_for_customer(language: Language, height: i64, confirmations: u64) -> String {
    let confirmations = language.with("payment-confirmations", [("count", confirmations)]);
    language.with("payment-block", [("height", height.to_string()), ("confirmations", confirmations)])
}

/// What is missing until a payment is credited, for the customer who has paid.
pub fn until_credited_for_customer(
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
