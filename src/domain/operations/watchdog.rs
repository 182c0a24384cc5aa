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

impl Responsible {
    /// The name shown to users.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Approver => "an approver of your team",
            Self::Customer => "the customer",
            Self::Network => "the network",
            Self::Worker => "Requite",
        }
    }
}

impl StalledState {
    pub const fn owner(self) -> Responsible {
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

    /// What to do when it is overdue.
    pub const fn next_action(self) -> &'static str {
        match self {
            Self::RefundAwaitingConfirmation => {
                "The customer's time to confirm is over. Ask your administrator whether the worker runs."
            }
            Self::RefundAwaitingApproval => "Approve or decline it; the customer is waiting.",
            Self::RefundPending => "Ask your administrator whether the worker runs and what its log says.",
            Self::RefundProcessing => "Look the transfer up on the network. It is never sent a second time by itself.",
            Self::IntentCreated => "Ask your administrator whether the worker runs and the rail answers.",
            Self::IntentPending => "Its time to pay is over. Ask your administrator whether the worker runs.",
            Self::PaymentPending => "Look the deposit up on the network, and tell the customer.",
        }
    }

    /// The name shown in lists.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RefundAwaitingConfirmation => "Refund awaiting confirmation",
            Self::RefundAwaitingApproval => "Refund awaiting approval",
            Self::RefundPending => "Refund not yet sent",
            Self::RefundProcessing => "Refund on its way",
            Self::IntentCreated => "Payment intent without an address",
            Self::IntentPending => "Payment intent not ended",
            Self::PaymentPending => "Deposit not confirmed",
        }
    }
}

/// An object that has been in a state for too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub matter: StalledState,
    pub merchant: MerchantId,
    /// The refund, intent or payment.
    pub subject: Uuid,
    /// The intent or refund whose page shows it.
    pub page: Uuid,
    /// When it became overdue.
    pub deadline: DateTime<Utc>,
}

impl Overdue {
    pub fn path(&self) -> String {
        match self.matter {
            StalledState::RefundAwaitingConfirmation
            | StalledState::RefundAwaitingApproval
            | StalledState::RefundPending
            | StalledState::RefundProcessing => {
                format!("/refunds/{}", self.page)
            }
            StalledState::IntentCreated | StalledState::IntentPending | StalledState::PaymentPending => {
                format!("/payment-intents/{}", self.page)
            }
        }
    }
}
