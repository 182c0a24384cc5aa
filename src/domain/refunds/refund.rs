//! Refunds.

use super::{quote::QuoteTerms, transfer::HeldReason, warning::Warning};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, ErrorText, TextValue},
    ids::{MerchantId, PaymentIntentId, QuoteId, RefundId, UserId},
    money::Money,
    people::actor::ActorKind,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};

/// The status of a refund. `Completed` and `Rejected` are final: later reports of the chain change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database, in URLs and in events.
#[strum(serialize_all = "snake_case")]
pub enum RefundStatus {
    /// Money is reserved; the customer has to confirm the address first.
    AwaitingConfirmation,
    /// Money is reserved; another person has to approve it.
    AwaitingApproval,
    /// Money is reserved; nothing was sent.
    Pending,
    /// A worker is paying it out: it may have been broadcast, so the chain is queried for it before every submission.
    Processing,
    /// The payout is final on the chain.
    Completed,
    /// It was not sent; its money was released.
    Rejected,
}

impl RefundStatus {
    /// The names of the events, and of the audit entries, for this change of status; `before` is `None` on creation. A
    /// change from a status to itself means that the customer cannot be asked.
    pub fn events(before: Option<Self>, now: Self) -> Vec<&'static str> {
        let becoming = match now {
            Self::AwaitingConfirmation if before == Some(now) => Some("refund.confirmation_undelivered"),
            Self::AwaitingConfirmation => Some("refund.awaiting_confirmation"),
            Self::AwaitingApproval => Some("refund.awaiting_approval"),
            Self::Pending => (before == Some(Self::AwaitingApproval)).then_some("refund.approved"),
            Self::Processing => Some("refund.processing"),
            Self::Completed => Some("refund.completed"),
            Self::Rejected => Some("refund.rejected"),
        };
        let leaving = match before {
            None => Some("refund.created"),
            Some(Self::AwaitingConfirmation) if !now.is_final() && now != Self::AwaitingConfirmation => {
                Some("refund.confirmed")
            }
            Some(_) => None,
        };
        leaving.into_iter().chain(becoming).collect()
    }

    /// Whether the status is final.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected)
    }

    /// Whether the status may change to `next`.
    pub const fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::AwaitingConfirmation, Self::AwaitingApproval | Self::Pending | Self::Rejected)
                | (Self::AwaitingApproval, Self::Pending | Self::Rejected)
                | (Self::Pending, Self::Processing | Self::Rejected)
                | (Self::Processing, Self::Completed | Self::Rejected)
        )
    }
}

/// Who caused the rejection, with CoinGate's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum RejectionType {
    /// The customer rejected the address, or did not confirm it in time.
    Shopper,
    /// The address must not be paid.
    Compliance,
    /// The merchant's team declined or stopped it.
    Merchant,
    /// It could not be sent.
    Processing,
}

/// Why a refund was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub kind: RejectionType,
    /// The reason, of which programs get the English words.
    pub reason: ErrorText,
}

impl Rejection {
    /// With the id of the text, or with the text.
    pub fn new(kind: RejectionType, reason: impl Into<ErrorText>) -> Self {
        Self { kind, reason: reason.into() }
    }
}

/// Why money is refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs, in the order of the wizard.
#[strum(serialize_all = "snake_case")]
pub enum RefundReason {
    /// The customer asked for it.
    RequestedByCustomer,
    /// The customer paid twice.
    Duplicate,
    /// The customer paid too much.
    Overpaid,
    /// The goods could not be delivered.
    NotDelivered,
    /// Something else, explained in the note.
    Other,
}

/// A status change of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundStep {
    pub status: RefundStatus,
    /// Details for the user, of which programs get the English words.
    pub detail: Option<ErrorText>,
    pub at: DateTime<Utc>,
}

/// The actor who created a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundCreator {
    pub kind: ActorKind,
    /// The id of the user or key.
    pub id: Option<uuid::Uuid>,
    /// The user, or the person who made the key; unknown for keys of the command line.
    pub person: Option<UserId>,
}

/// A stored refund.
#[derive(Clone, Debug, PartialEq)]
pub struct Refund {
    /// Also identifies the payout on the chain, so that its state can be queried.
    pub id: RefundId,
    /// A short number for CoinGate's clients, unique for the merchant.
    pub number: i64,
    pub merchant_id: MerchantId,
    pub intent_id: PaymentIntentId,
    /// The short number of that intent, by which people know it.
    pub order_number: i64,
    pub status: RefundStatus,
    /// The network it is sent on.
    pub network: Network,
    /// The canonical address.
    pub address: String,
    /// The address as the client sent it, which responses to clients contain.
    pub address_sent: String,
    /// The customer's memo.
    pub memo: Option<String>,
    pub quote_id: QuoteId,
    pub terms: QuoteTerms,
    /// The address for notifications.
    pub customer_email: Option<String>,
    pub reason: RefundReason,
    /// The team's note.
    pub note: Option<String>,
    /// Why it is sent despite warnings about the address.
    pub override_reason: Option<String>,
    /// Those warnings.
    pub overrides: Vec<Warning>,
    /// Who created it.
    pub created_by: ErrorText,
    /// Unknown for the oldest refunds.
    pub author: Option<RefundCreator>,
    /// Whether it must not be sent without an approval.
    pub approval_needed: bool,
    /// The quote offered to an approver after the original has expired.
    pub offer_quote_id: Option<QuoteId>,
    /// The end of the cool-down. Until then nothing is sent, and the refund can be stopped.
    pub held_until: Option<DateTime<Utc>>,
    /// Why its transfer waits although it is its turn.
    pub transfer_held: Option<HeldReason>,
    /// Whether it is being processed, and nothing was signed or sent for it yet.
    pub is_unsigned: bool,
    /// Whether payouts on its network are paused, as far as they concern it. Never for one that has ended.
    pub payouts_paused: bool,
    /// Whether people are asked to sign something else of its account first.
    pub is_behind: bool,
    /// Until when the customer can confirm the address; `None` where no confirmation is needed.
    pub confirm_until: Option<DateTime<Utc>>,
    /// The transaction on the chain, if known.
    pub transaction_hash: Option<String>,
    /// Who caused the rejection.
    pub rejection_type: Option<RejectionType>,
    pub rejection_reason: Option<ErrorText>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Refund {
    /// Rejects an end that is not possible now, whatever the customer answered: the refund waits for the team or for
    /// its cool-down, or it has already ended.
    pub fn require_can_end_as(&self, end: RefundStatus, now: DateTime<Utc>) -> Result<(), DomainError> {
        let held = self.held_until.is_some_and(|until| now < until);
        let message: ErrorText = match self.status {
            status if status == end => return Ok(()),
            RefundStatus::Completed | RefundStatus::Rejected => {
                let id = if self.status == RefundStatus::Completed {
                    "error-refund-completed"
                } else {
                    "error-refund-rejected"
                };
                match &self.rejection_reason {
                    None => id.into(),
                    Some(reason) => {
                        let sentences = TextValue::sentences([id.into(), reason.clone()]);
                        ErrorText::new("error-refund-ended-because").with("sentences", sentences)
                    }
                }
            }
            RefundStatus::AwaitingApproval => "error-refund-awaits-approval".into(),
            // The customer can reject a refund before the team has approved it.
            RefundStatus::AwaitingConfirmation if end == RefundStatus::Rejected => return Ok(()),
            RefundStatus::AwaitingConfirmation if self.approval_needed => "error-refund-awaits-both".into(),
            RefundStatus::AwaitingConfirmation | RefundStatus::Pending if held => "error-refund-held".into(),
            RefundStatus::AwaitingConfirmation | RefundStatus::Pending | RefundStatus::Processing => return Ok(()),
        };
        Err(DomainError::new(ErrorCode::RefundNotSettleable, message))
    }

    /// What is deducted from the payment intent; the customer receives `terms.send`.
    pub const fn amount(&self) -> Money {
        self.terms.amount
    }
}
