//! Deadlines. Every state that is not final has a responsible party, a deadline and a next action.

use crate::domain::ids::MerchantId;
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// A state that can become overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The names in the database and of the event, `overdue.NAME`.
#[strum(serialize_all = "snake_case")]
pub enum StalledState {
    /// The customer has to confirm the address.
    RefundAwaitingConfirmation,
    /// Another member of the team has to approve the refund.
    RefundAwaitingApproval,
    /// A worker has to send the refund.
    RefundPending,
    /// The network has to confirm the payout.
    RefundProcessing,
    /// The payment intent has no deposit addresses yet.
    #[strum(serialize = "payment_intent_created")]
    IntentCreated,
    /// The customer has to pay.
    #[strum(serialize = "payment_intent_pending")]
    IntentPending,
    /// The network has to confirm the deposit.
    PaymentPending,
}

/// The party that has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Responsible {
    /// An approver, admin or owner of the merchant's team.
    Approver,
    Customer,
    Network,
    Worker,
}

impl StalledState {
    pub const fn responsible(self) -> Responsible {
        match self {
            Self::RefundAwaitingApproval => Responsible::Approver,
            Self::RefundPending | Self::IntentCreated => Responsible::Worker,
            Self::RefundProcessing | Self::PaymentPending => Responsible::Network,
            Self::RefundAwaitingConfirmation | Self::IntentPending => Responsible::Customer,
        }
    }

    /// How long the state may last, from its beginning; for a refund in cool-down, from the end of that; for an intent
    /// that can be paid and a refund that can be confirmed, from their expiry.
    pub const fn deadline(self) -> Duration {
        match self {
            Self::RefundAwaitingApproval | Self::PaymentPending => Duration::hours(24),
            Self::RefundProcessing => Duration::minutes(30),
            Self::RefundAwaitingConfirmation | Self::RefundPending | Self::IntentCreated | Self::IntentPending => {
                Duration::minutes(5)
            }
        }
    }
}

/// An object that has been in a state for too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub state: StalledState,
    pub merchant: MerchantId,
    /// The refund, intent or payment.
    pub subject: Uuid,
    /// The intent or refund whose page shows it.
    pub page: Uuid,
    /// When it became overdue.
    pub deadline: DateTime<Utc>,
}
