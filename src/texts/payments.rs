//! What happens next with a payment.

use crate::domain::{
    counted::counted,
    error::ErrorCode,
    intents::{
        credit_rule::CreditAfter,
        payment::{Payment, PaymentStatus},
        payment_progress::PaymentStage,
    },
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

/// The same for the customer who has paid.
pub const WITHOUT_RATE_FOR_CUSTOMER: &str =
    "It is confirmed. The shop waits for an exchange rate to credit it; you have nothing to do.";

/// What a stage means, for the customer who has paid.
pub const fn of_stage_for_customer(stage: PaymentStage) -> &'static str {
    match stage {
        PaymentStage::Seen => "The network is confirming it.",
        PaymentStage::Confirmed => "It is confirmed, and credited in a moment.",
        PaymentStage::Credited | PaymentStage::Final => "It has arrived.",
        PaymentStage::NotCredited => "It does not fit the order, so it was not credited. Ask the shop.",
        PaymentStage::InNoBlock | PaymentStage::TakenBack | PaymentStage::Lost => {
            "The network has removed the block that it was in. It mostly comes back in another one."
        }
        PaymentStage::Failed => "It will not arrive. Look into your wallet.",
    }
}
