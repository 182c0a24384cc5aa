//! One transfer back to a customer, from the moment it is made.

use super::quote::Terms;
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentIntentId, QuoteId, RefundId},
    money::Money,
};
use chrono::{DateTime, Utc};
use std::borrow::Cow;

/// The life of a refund. `Completed` and `Rejected` never change, whatever arrives late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefundStatus {
    /// Its money is set aside; the customer has to confirm the address before anything else.
    AwaitingConfirmation,
    /// Its money is set aside; somebody else has to approve it before it goes on.
    AwaitingApproval,
    /// Confirmed; its money is set aside; nothing was sent.
    Pending,
    /// Handed to the rail: it may have been broadcast, so it is never sent again without asking the rail.
    Processing,
    /// The customer has it.
    Completed,
    /// It did not happen; its money is free again.
    Rejected,
}

impl RefundStatus {
    /// Every status.
    pub const ALL: [RefundStatus; 6] = [
        Self::AwaitingConfirmation,
        Self::AwaitingApproval,
        Self::Pending,
        Self::Processing,
        Self::Completed,
        Self::Rejected,
    ];

    /// The name in the database, in addresses and in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingConfirmation => "awaiting_confirmation",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AwaitingConfirmation => "awaiting confirmation",
            Self::AwaitingApproval => "awaiting approval",
            Self::Pending | Self::Processing | Self::Completed | Self::Rejected => self.as_str(),
        }
    }

    /// The names of the events, and of the audit entries, that tell of becoming this after `before`; nothing before means
    /// that it is made. A step from a state to itself tells that the customer cannot be asked.
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

    /// Whether nothing can follow.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected)
    }

    /// Whether the life may go on like this.
    pub const fn can_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::AwaitingConfirmation, Self::AwaitingApproval | Self::Pending | Self::Rejected)
                | (Self::AwaitingApproval, Self::Pending | Self::Rejected)
                | (Self::Pending, Self::Processing | Self::Rejected)
                | (Self::Processing, Self::Completed | Self::Rejected)
        )
    }

    /// What happens next and who must act, in words.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AwaitingConfirmation => {
                "The money is set aside. The customer has to confirm the address, for which they got a mail."
            }
            Self::AwaitingApproval => "The money is set aside. A colleague who may approve refunds has to look at it.",
            Self::Pending => "The money is set aside and will be sent in a moment. Nobody has to do anything.",
            Self::Processing => "It is on its way through the network. Nobody has to do anything.",
            Self::Completed => "The customer has the money. This is final.",
            Self::Rejected => "Nothing was sent and the money is back on your balance. You can start a new refund.",
        }
    }
}

/// By whose word a refund was rejected, in CoinGate's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RejectionType {
    /// The customer said that the address is not theirs, or did not confirm it in time.
    Shopper,
    /// The address must not be paid.
    Compliance,
    /// Somebody of the merchant's team declined or stopped it.
    Merchant,
    /// It could not be sent.
    Processing,
}

impl RejectionType {
    /// Every type.
    pub const ALL: [RejectionType; 4] = [Self::Shopper, Self::Compliance, Self::Merchant, Self::Processing];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Compliance => "compliance",
            Self::Merchant => "merchant",
            Self::Processing => "processing",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Shopper => "The customer",
            Self::Compliance => "The deny list",
            Self::Merchant => "Your team",
            Self::Processing => "The network",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Why a refund was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// By whose word.
    pub kind: RejectionType,
    /// Why, in words.
    pub reason: String,
}

impl Rejection {
    /// A reason by somebody's word.
    pub fn new(kind: RejectionType, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into() }
    }
}

/// Why money is refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefundReason {
    /// The customer asked for it.
    RequestedByCustomer,
    /// The customer paid twice.
    Duplicate,
    /// The customer paid too much.
    Overpaid,
    /// What was sold could not be delivered.
    NotDelivered,
    /// Something else; the note says what.
    Other,
}

impl RefundReason {
    /// Every reason, in the order in which the wizard offers them.
    pub const ALL: [RefundReason; 5] =
        [Self::RequestedByCustomer, Self::Duplicate, Self::Overpaid, Self::NotDelivered, Self::Other];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestedByCustomer => "requested_by_customer",
            Self::Duplicate => "duplicate",
            Self::Overpaid => "overpaid",
            Self::NotDelivered => "not_delivered",
            Self::Other => "other",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RequestedByCustomer => "Requested by the customer",
            Self::Duplicate => "Paid twice",
            Self::Overpaid => "Paid too much",
            Self::NotDelivered => "Not delivered",
            Self::Other => "Other",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// One step in the life of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundStep {
    /// What it became.
    pub status: RefundStatus,
    /// What there is to say about it.
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who made a refund: the kind and id of an [`Actor`](crate::domain::people::actor::Actor).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// `user`, `api_key` or `system`.
    pub kind: String,
    /// Which user or key.
    pub id: Option<uuid::Uuid>,
}

/// A refund as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Refund {
    /// Its id: also the name under which the rail knows the payout, so that it can be asked about.
    pub id: RefundId,
    /// A short number that CoinGate's clients know it by, unique for the merchant.
    pub number: i64,
    /// Whose.
    pub merchant_id: MerchantId,
    /// Of which intent.
    pub intent_id: PaymentIntentId,
    /// How far it has come.
    pub status: RefundStatus,
    /// The network it is sent on.
    pub network: Network,
    /// The address it is sent to, as it was checked.
    pub address: String,
    /// The customer's mark on the address.
    pub memo: Option<String>,
    /// The quote it was made with.
    pub quote_id: QuoteId,
    /// The terms of that quote.
    pub terms: Terms,
    /// Whom to tell.
    pub customer_email: Option<String>,
    /// Why.
    pub reason: RefundReason,
    /// What the team wants to remember.
    pub note: Option<String>,
    /// Why it was sent although the address looks like another one.
    pub override_reason: Option<String>,
    /// Who made it, in words.
    pub created_by: String,
    /// Who made it; unknown for the oldest.
    pub author: Option<Author>,
    /// Whether it may only be sent with an approval.
    pub approval_needed: bool,
    /// The quote that an approver is shown after its own has expired.
    pub offer_quote_id: Option<QuoteId>,
    /// Until then nothing is sent, and it can be stopped.
    pub held_until: Option<DateTime<Utc>>,
    /// Until then the customer can confirm the address; nothing where nobody asks them.
    pub confirm_until: Option<DateTime<Utc>>,
    /// The transaction on the chain, once it is known.
    pub transaction_hash: Option<String>,
    /// By whose word it was rejected.
    pub rejection_type: Option<RejectionType>,
    /// Why it was rejected.
    pub rejection_reason: Option<String>,
    /// When it was confirmed.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Refund {
    /// Refuses what cannot end like this now, whatever its customer says: it waits for the team or for time, or it has ended
    /// otherwise.
    pub fn require_can_end_as(&self, end: RefundStatus, now: DateTime<Utc>) -> Result<(), DomainError> {
        let held = self.held_until.is_some_and(|until| now < until);
        let message = match self.status {
            status if status == end => return Ok(()),
            RefundStatus::Completed | RefundStatus::Rejected => {
                let reason = self.rejection_reason.as_deref().unwrap_or_default();
                format!("The refund was {} and that is final. {reason}", self.status.title())
            }
            RefundStatus::AwaitingApproval => "The refund waits for an approval, so nothing was sent yet.".to_owned(),
            // A customer can refuse what others have yet to say yes to.
            RefundStatus::AwaitingConfirmation if end == RefundStatus::Rejected => return Ok(()),
            RefundStatus::AwaitingConfirmation if self.approval_needed => {
                "The refund waits for the customer and then for an approval, so nothing was sent yet.".to_owned()
            }
            RefundStatus::AwaitingConfirmation | RefundStatus::Pending if held => {
                "The refund is held back, so nothing was sent yet.".to_owned()
            }
            RefundStatus::AwaitingConfirmation | RefundStatus::Pending | RefundStatus::Processing => return Ok(()),
        };
        Err(DomainError::new(ErrorCode::RefundNotSettleable, message.trim_end().to_owned()))
    }

    /// What happens next and who must act, in words.
    pub fn sentence(&self, now: DateTime<Utc>) -> Cow<'static, str> {
        let in_words = |until: DateTime<Utc>| until.format("%-d %B %Y, %H:%M").to_string();
        match self.confirm_until.filter(|_| self.status == RefundStatus::AwaitingConfirmation) {
            Some(until) if now < until => {
                return format!(
                    "The money is set aside. The customer got a mail and has until {} (UTC) to confirm the address.",
                    in_words(until)
                )
                .into();
            }
            Some(_) => {
                return "The customer did not confirm the address in time, so the refund ends in a moment.".into();
            }
            None => {}
        }
        match self.held_until {
            Some(until) if self.status == RefundStatus::Pending && now < until => format!(
                "The address is new, so the money is set aside until {} (UTC) and then sent. Until then it can be stopped.",
                in_words(until)
            )
            .into(),
            _ => self.status.sentence().into(),
        }
    }

    /// What is taken off the payment intent; `terms.send` of it reaches the customer.
    pub const fn amount(&self) -> Money {
        self.terms.amount
    }
}
