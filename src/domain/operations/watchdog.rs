//! Every state that is not final has somebody who must act, a deadline and a next action. Nothing waits unseen.

use crate::domain::ids::MerchantId;
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// A state in which something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StalledState {
    /// A refund whose customer has to confirm the address.
    RefundAwaitingConfirmation,
    /// A refund that somebody else has to approve.
    RefundAwaitingApproval,
    /// A refund that a worker has to take.
    RefundPending,
    /// A refund that is on the network.
    RefundProcessing,
    /// A payment intent without its deposit addresses.
    IntentCreated,
    /// A payment intent that a customer has to pay.
    IntentPending,
    /// A deposit that a network has to confirm.
    PaymentPending,
}

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Responsible {
    /// An approver, admin or owner of the merchant's team.
    Approver,
    /// The customer.
    Customer,
    /// The network that carries the coins.
    Network,
    /// Requite's own workers.
    Worker,
}

impl Responsible {
    /// What a person reads.
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
    /// Every matter.
    pub const ALL: [StalledState; 7] = [
        Self::RefundAwaitingConfirmation,
        Self::RefundAwaitingApproval,
        Self::RefundPending,
        Self::RefundProcessing,
        Self::IntentCreated,
        Self::IntentPending,
        Self::PaymentPending,
    ];

    /// The name in the database and of the event, `overdue.NAME`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RefundAwaitingConfirmation => "refund_awaiting_confirmation",
            Self::RefundAwaitingApproval => "refund_awaiting_approval",
            Self::RefundPending => "refund_pending",
            Self::RefundProcessing => "refund_processing",
            Self::IntentCreated => "payment_intent_created",
            Self::IntentPending => "payment_intent_pending",
            Self::PaymentPending => "payment_pending",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.as_str() == name)
    }

    /// Who has to act.
    pub const fn owner(self) -> Responsible {
        match self {
            Self::RefundAwaitingApproval => Responsible::Approver,
            Self::RefundPending | Self::IntentCreated => Responsible::Worker,
            Self::RefundProcessing | Self::PaymentPending => Responsible::Network,
            Self::RefundAwaitingConfirmation | Self::IntentPending => Responsible::Customer,
        }
    }

    /// How long it may take, counted from the state's beginning; for what is held back, from the end of that; for an
    /// intent that can be paid and a refund that can be confirmed, from the end of their time.
    pub const fn deadline(self) -> Duration {
        match self {
            Self::RefundAwaitingApproval | Self::PaymentPending => Duration::hours(24),
            Self::RefundProcessing => Duration::minutes(30),
            Self::RefundAwaitingConfirmation | Self::RefundPending | Self::IntentCreated | Self::IntentPending => {
                Duration::minutes(5)
            }
        }
    }

    /// What is to be done once it is overdue.
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

    /// What it is called on a list.
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

/// Something that should have gone on by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// In which state it waits.
    pub matter: StalledState,
    /// Whose.
    pub merchant: MerchantId,
    /// The refund, intent or payment.
    pub subject: Uuid,
    /// The intent or refund whose page shows it.
    pub page: Uuid,
    /// By when it should have gone on.
    pub deadline: DateTime<Utc>,
}

impl Overdue {
    /// The page that shows it.
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
