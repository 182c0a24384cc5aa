//! The names of statuses, reasons and choices that are shown to users.

use crate::domain::{
    intents::payment_progress::PaymentStage,
    ledger::PostingReason,
    mail::{MailKind, MailState},
    operations::{
        books::EntryKind,
        payout_activity::PayoutActivity,
        watchdog::{Responsible, StalledState},
    },
    people::api_key::{RotationPeriod, Scope},
    policy::DestinationKind,
    refunds::{
        draft::WizardStep,
        refund::{RefundReason, RefundStatus, RejectionType},
        transfer::{AttemptKind, HeldReason, PauseReason, TransferStatus},
        warning::Warning,
    },
    webhooks::{CallbackFormat, DeliveryState, DisabledReason, MessageFormat},
};

/// A value whose name is shown to users. Networks and coins are not among them: their names are the same in every
/// language.
pub trait Title {
    /// The name shown to users.
    fn title(self) -> &'static str;
}

impl Title for PaymentStage {
    fn title(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Confirmed => "confirmed",
            Self::Credited => "credited",
            Self::Final => "paid",
            Self::NotCredited => "not credited",
            Self::InNoBlock => "in no block",
            Self::TakenBack => "taken back",
            Self::Lost => "lost",
            Self::Failed => "failed",
        }
    }
}

impl Title for PostingReason {
    fn title(self) -> &'static str {
        match self {
            Self::PaymentSettled => "Payment credited",
            Self::PaymentTakenBack => "Payment taken back",
            Self::DepositWrittenOff => "Lost payment written off",
            Self::DepositRecovered => "Lost payment recovered",
            Self::RefundReserved => "Refund reserved",
            Self::RefundRepriced => "Refund repriced",
            Self::RefundCompleted => "Refund paid",
            Self::RefundReleased => "Refund released",
            Self::SandboxFunding => "Sandbox money",
        }
    }
}

impl Title for RefundStatus {
    fn title(self) -> &'static str {
        match self {
            Self::AwaitingConfirmation => "awaiting confirmation",
            Self::AwaitingApproval => "awaiting approval",
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
        }
    }
}

impl Title for RejectionType {
    fn title(self) -> &'static str {
        match self {
            Self::Shopper => "The customer",
            Self::Compliance => "The deny list",
            Self::Merchant => "Your team",
            Self::Processing => "The network",
        }
    }
}

impl Title for TransferStatus {
    fn title(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Signed => "signed",
            Self::Broadcast => "sent",
            Self::Mined => "in a block",
            Self::Revoking => "failed, being revoked",
            Self::Completed => "completed",
            Self::Reverted => "failed",
            Self::Cancelled => "cancelled",
            Self::Displaced => "displaced",
            Self::Withdrawn => "stopped",
        }
    }
}

impl Title for Warning {
    fn title(self) -> &'static str {
        match self {
            Self::AddressLooksAlike => "similar to an earlier address",
            Self::AddressIsContract => "a contract",
            Self::AddressPaidBefore => "paid before, without a refund here",
        }
    }
}

impl Title for HeldReason {
    fn title(self) -> &'static str {
        match self {
            Self::AwaitingFunds => "too little of the coin",
            Self::AwaitingGas => "too little for the fee",
            Self::FeeTooHigh => "fee above the limit",
            Self::RecipientBlocked => "recipient blocked by the issuer",
            Self::SenderBlocked => "paying account blocked by the issuer",
            Self::TokenPaused => "coin paused by the issuer",
            Self::RecipientRefuses => "transfer fails when tried",
            Self::SignerAway => "signer away",
            Self::SignerLocked => "signer locked",
            Self::SignerRefuses => "refused by the signer",
            Self::AwaitingSignatures => "waits for signatures",
            Self::Paused => "payouts paused",
            Self::AccountRemoved => "paying account not in the settings",
            Self::NetworkAway => "network does not answer",
            Self::PaymentRemoved => "payment removed by the network",
            Self::Displaced => "displaced by another transaction",
        }
    }
}

impl Title for PayoutActivity {
    fn title(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::NotUsed => "not in the settings",
            Self::NotStarted => "not started yet",
            Self::WaitsForAnother => "waits for another account",
            Self::SignsNothing => "signs nothing",
            // What is in doubt about it is said beside it.
            Self::Running | Self::NoAnswer { .. } | Self::NoRound { .. } | Self::NoBlock { .. } => "running",
        }
    }
}

impl Title for AttemptKind {
    fn title(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Cancellation => "cancellation",
            Self::Revocation => "revocation",
        }
    }
}

impl Title for PauseReason {
    fn title(self) -> &'static str {
        match self {
            Self::Operator => "paused by a person",
            Self::UnexplainedTransaction => "a transaction that this server does not know",
            Self::UnexplainedTransfer => "a transfer that this server does not know",
            Self::UnexplainedSignature => "a signature that this server does not know",
            Self::Displaced => "a transfer was displaced by another transaction",
            Self::ChainContradicts => "the network's nodes contradict each other",
            Self::NotFollowed => "nobody compared it with the chain for a while",
        }
    }
}

impl Title for RefundReason {
    fn title(self) -> &'static str {
        match self {
            Self::RequestedByCustomer => "Requested by the customer",
            Self::Duplicate => "Paid twice",
            Self::Overpaid => "Paid too much",
            Self::NotDelivered => "Not delivered",
            Self::Other => "Other",
        }
    }
}

impl Title for WizardStep {
    fn title(self) -> &'static str {
        match self {
            Self::Recipient => "Recipient",
            Self::Amount => "Amount",
            Self::Funding => "Funding balance",
            Self::Review => "Review",
            Self::Confirm => "Confirm",
        }
    }
}

impl Title for DestinationKind {
    fn title(self) -> &'static str {
        match self {
            Self::Wallet => "Addresses without a memo",
            Self::Shared => "Shared addresses with a memo, as exchanges have them",
            Self::Program => "Addresses of programs, which no person's key belongs to",
        }
    }
}

impl Title for Scope {
    fn title(self) -> &'static str {
        match self {
            Self::Read => "Read everything that the API shows",
            Self::Payment => "Make payment intents and orders",
            Self::Refund => "Make quotes and refunds",
            Self::Approve => "Approve and decline refunds that others made",
            Self::Admin => "Manage webhooks and notification subscriptions",
        }
    }
}

impl Title for RotationPeriod {
    fn title(self) -> &'static str {
        match self {
            Self::None => "Stops at once",
            Self::Hour => "Works for another hour",
            Self::Day => "Works for another day",
            Self::Week => "Works for another week",
        }
    }
}

impl Title for CallbackFormat {
    fn title(self) -> &'static str {
        match self {
            Self::Form => "As a form",
            Self::Json => "As JSON",
        }
    }
}

impl Title for MailKind {
    fn title(self) -> &'static str {
        match self {
            Self::Confirmation => "Asks for the address",
            Self::Completed => "Refund sent",
            Self::Rejected => "Refund not sent",
            Self::PasswordReset => "New password",
            Self::PolicyLoosening => "Policy about to be loosened",
            Self::Notice => "Something on a network",
        }
    }
}

impl Title for MailState {
    fn title(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "not needed any more",
        }
    }
}

impl Title for StalledState {
    fn title(self) -> &'static str {
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

impl Title for Responsible {
    fn title(self) -> &'static str {
        match self {
            Self::Approver => "an approver of your team",
            Self::Customer => "the customer",
            Self::Network => "the network",
            Self::Worker => "Requite",
        }
    }
}

impl Title for DisabledReason {
    fn title(self) -> &'static str {
        match self {
            Self::Person => "it was disabled by your team",
            Self::Gone => "it answered 410 Gone",
            Self::Failing => "every attempt of the last five days failed",
        }
    }
}

impl Title for MessageFormat {
    fn title(self) -> &'static str {
        match self {
            Self::Standard => "Standard Webhooks",
            Self::CoinGateRefund => "CoinGate's refund callbacks",
            Self::CoinGateOrder => "CoinGate's order callbacks",
            Self::Circle => "Circle's notifications",
        }
    }
}

impl Title for DeliveryState {
    fn title(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Withheld => "not sent",
        }
    }
}

impl Title for EntryKind {
    fn title(self) -> &'static str {
        match self {
            Self::Credited => "credited deposits",
            Self::Waiting => "deposits not credited yet",
            Self::Unsupported => "unsupported deposits",
            Self::Opening => "held before records began",
            Self::Sweep => "swept",
            Self::TopUp => "topped up",
            Self::Payout => "paid for refunds",
            Self::NetworkFee => "network fees",
            Self::NotGivenOut => "to addresses given to nobody",
            Self::Unknown => "not explained",
            Self::Difference => "differences from the chain",
            Self::Explained => "explained by a person",
        }
    }
}
