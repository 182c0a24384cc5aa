//! The names of statuses, reasons and choices that are shown to users.

use crate::domain::{
    intents::payment_progress::PaymentStage,
    ledger::{AccountKind, PostingReason},
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
use crate::languages::Language;

/// A value whose name is shown to users. Networks and coins are not among them: their names are the same in every
/// language.
pub trait Title {
    /// The name shown to users.
    fn title(self, language: Language) -> String;
}

impl Title for PaymentStage {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Seen => "title-payment-seen",
            Self::Confirmed => "title-payment-confirmed",
            Self::Credited => "title-payment-credited",
            Self::Final => "title-payment-final",
            Self::NotCredited => "title-payment-not-credited",
            Self::InNoBlock => "title-payment-in-no-block",
            Self::TakenBack => "title-payment-taken-back",
            Self::Lost => "title-payment-lost",
            Self::Failed => "title-payment-failed",
        })
    }
}

impl Title for PostingReason {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::PaymentSettled => "title-posting-payment-settled",
            Self::PaymentTakenBack => "title-posting-payment-taken-back",
            Self::DepositWrittenOff => "title-posting-deposit-written-off",
            Self::DepositRecovered => "title-posting-deposit-recovered",
            Self::RefundReserved => "title-posting-refund-reserved",
            Self::RefundRepriced => "title-posting-refund-repriced",
            Self::RefundCorrected => "title-posting-refund-corrected",
            Self::RefundCompleted => "title-posting-refund-completed",
            Self::RefundReleased => "title-posting-refund-released",
            Self::SandboxFunding => "title-posting-sandbox-funding",
        })
    }
}

impl Title for AccountKind {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Available => "title-account-available",
            Self::Reserved => "title-account-reserved",
            Self::Deposits => "title-account-deposits",
            Self::PaidOut => "title-account-paid-out",
            Self::Fees => "title-account-fees",
            Self::Rounding => "title-account-rounding",
            Self::Exchange => "title-account-exchange",
        })
    }
}

impl Title for RefundStatus {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::AwaitingConfirmation => "title-refund-awaiting-confirmation",
            Self::AwaitingApproval => "title-refund-awaiting-approval",
            Self::Pending => "title-refund-pending",
            Self::Processing => "title-refund-processing",
            Self::Completed => "title-refund-completed",
            Self::Rejected => "title-refund-rejected",
        })
    }
}

impl Title for RejectionType {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Shopper => "title-rejection-shopper",
            Self::Compliance => "title-rejection-compliance",
            Self::Merchant => "title-rejection-merchant",
            Self::Processing => "title-rejection-processing",
        })
    }
}

impl Title for TransferStatus {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Planned => "title-transfer-planned",
            Self::Signed => "title-transfer-signed",
            Self::Broadcast => "title-transfer-broadcast",
            Self::Mined => "title-transfer-mined",
            Self::Revoking => "title-transfer-revoking",
            Self::Completed => "title-transfer-completed",
            Self::Reverted => "title-transfer-reverted",
            Self::Cancelled => "title-transfer-cancelled",
            Self::Displaced => "title-transfer-displaced",
            Self::Withdrawn => "title-transfer-withdrawn",
        })
    }
}

impl Title for Warning {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::AddressLooksAlike => "title-warning-address-looks-alike",
            Self::AddressIsContract => "title-warning-address-is-contract",
            Self::AddressPaidBefore => "title-warning-address-paid-before",
        })
    }
}

impl Title for HeldReason {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::AwaitingFunds => "title-held-awaiting-funds",
            Self::AwaitingGas => "title-held-awaiting-gas",
            Self::FeeTooHigh => "title-held-fee-too-high",
            Self::RecipientBlocked => "title-held-recipient-blocked",
            Self::SenderBlocked => "title-held-sender-blocked",
            Self::TokenPaused => "title-held-token-paused",
            Self::RecipientRefuses => "title-held-recipient-refuses",
            Self::SignerAway => "title-held-signer-away",
            Self::SignerLocked => "title-held-signer-locked",
            Self::SignerRefuses => "title-held-signer-refuses",
            Self::AwaitingSignatures => "title-held-awaiting-signatures",
            Self::Paused => "title-held-paused",
            Self::AccountRemoved => "title-held-account-removed",
            Self::NetworkAway => "title-held-network-away",
            Self::PaymentRemoved => "title-held-payment-removed",
            Self::AssignedToAnother => "title-held-assigned-to-another",
            Self::Displaced => "title-held-displaced",
        })
    }
}

impl Title for PayoutActivity {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Paused => "title-activity-paused",
            Self::NotUsed => "title-activity-not-used",
            Self::NotStarted => "title-activity-not-started",
            Self::WaitsForAnother => "title-activity-waits-for-another",
            Self::SignsNothing => "title-activity-signs-nothing",
            // What is in doubt about it is said beside it.
            Self::Running | Self::NoAnswer { .. } | Self::NoRound { .. } | Self::NoBlock { .. } => {
                "title-activity-running"
            }
        })
    }
}

impl Title for AttemptKind {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Payment => "title-attempt-payment",
            Self::Cancellation => "title-attempt-cancellation",
            Self::Revocation => "title-attempt-revocation",
        })
    }
}

impl Title for PauseReason {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Operator => "title-pause-operator",
            Self::UnexplainedTransaction => "title-pause-unexplained-transaction",
            Self::UnexplainedTransfer => "title-pause-unexplained-transfer",
            Self::UnexplainedSignature => "title-pause-unexplained-signature",
            Self::Displaced => "title-pause-displaced",
            Self::ChainContradicts => "title-pause-chain-contradicts",
            Self::NotFollowed => "title-pause-not-followed",
        })
    }
}

impl Title for RefundReason {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::RequestedByCustomer => "title-reason-requested-by-customer",
            Self::Duplicate => "title-reason-duplicate",
            Self::Overpaid => "title-reason-overpaid",
            Self::NotDelivered => "title-reason-not-delivered",
            Self::Other => "title-reason-other",
        })
    }
}

impl Title for WizardStep {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Recipient => "title-step-recipient",
            Self::Amount => "title-step-amount",
            Self::Funding => "title-step-funding",
            Self::Review => "title-step-review",
            Self::Confirm => "title-step-confirm",
        })
    }
}

impl Title for DestinationKind {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Wallet => "title-destination-wallet",
            Self::Shared => "title-destination-shared",
            Self::Program => "title-destination-program",
        })
    }
}

impl Title for Scope {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Read => "title-scope-read",
            Self::Payment => "title-scope-payment",
            Self::Refund => "title-scope-refund",
            Self::Approve => "title-scope-approve",
            Self::Admin => "title-scope-admin",
        })
    }
}

impl Title for RotationPeriod {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::None => "title-rotation-none",
            Self::Hour => "title-rotation-hour",
            Self::Day => "title-rotation-day",
            Self::Week => "title-rotation-week",
        })
    }
}

impl Title for CallbackFormat {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Form => "title-callback-form",
            Self::Json => "title-callback-json",
        })
    }
}

impl Title for MailKind {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Confirmation => "title-mail-confirmation",
            Self::Completed => "title-mail-completed",
            Self::Rejected => "title-mail-rejected",
            Self::PasswordReset => "title-mail-password-reset",
            Self::PolicyLoosening => "title-mail-policy-loosening",
            Self::Notice => "title-mail-notice",
        })
    }
}

impl Title for MailState {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Waiting => "title-mail-state-waiting",
            Self::Sent => "title-mail-state-sent",
            Self::Failed => "title-mail-state-failed",
            Self::Dropped => "title-mail-state-dropped",
        })
    }
}

impl Title for StalledState {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::RefundAwaitingConfirmation => "title-stalled-refund-awaiting-confirmation",
            Self::RefundAwaitingApproval => "title-stalled-refund-awaiting-approval",
            Self::RefundPending => "title-stalled-refund-pending",
            Self::RefundProcessing => "title-stalled-refund-processing",
            Self::IntentCreated => "title-stalled-intent-created",
            Self::IntentPending => "title-stalled-intent-pending",
            Self::PaymentPending => "title-stalled-payment-pending",
        })
    }
}

impl Title for Responsible {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Approver => "title-responsible-approver",
            Self::Customer => "title-responsible-customer",
            Self::Network => "title-responsible-network",
            Self::Worker => "title-responsible-worker",
        })
    }
}

impl Title for DisabledReason {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Person => "title-disabled-person",
            Self::Gone => "title-disabled-gone",
            Self::Failing => "title-disabled-failing",
        })
    }
}

impl Title for MessageFormat {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Standard => "title-message-standard",
            Self::CoinGateRefund => "title-message-coin-gate-refund",
            Self::CoinGateOrder => "title-message-coin-gate-order",
            Self::Circle => "title-message-circle",
        })
    }
}

impl Title for DeliveryState {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Waiting => "title-delivery-waiting",
            Self::Delivered => "title-delivery-delivered",
            Self::Failed => "title-delivery-failed",
            Self::Withheld => "title-delivery-withheld",
        })
    }
}

impl Title for EntryKind {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Credited => "title-entry-credited",
            Self::Waiting => "title-entry-waiting",
            Self::Unsupported => "title-entry-unsupported",
            Self::Opening => "title-entry-opening",
            Self::Sweep => "title-entry-sweep",
            Self::TopUp => "title-entry-top-up",
            Self::Payout => "title-entry-payout",
            Self::NetworkFee => "title-entry-network-fee",
            Self::NotGivenOut => "title-entry-not-given-out",
            Self::Unknown => "title-entry-unknown",
            Self::Difference => "title-entry-difference",
            Self::Explained => "title-entry-explained",
        })
    }
}
