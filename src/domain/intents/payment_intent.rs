//! What a merchant asked a customer to pay.

use super::payment::UnsupportedReason;
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentId, PaymentIntentId, RefundId},
    money::{Money, currency::Currency},
};
use chrono::{DateTime, Utc};

/// The life of an intent. The current status is that of the newest timeline entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntentStatus {
    /// Accepted; the deposit address is being made.
    Created,
    /// Has an address and waits for the customer.
    Pending,
    /// Something was paid; the context says how much.
    Complete,
    /// Continuous, and has an address that can be paid to again and again.
    Active,
    /// The time to pay is over and nothing was paid.
    Expired,
    /// It cannot be paid.
    Failed,
    /// At least one refund was made, even a partial one: it takes no more payments.
    Refunded,
}

impl IntentStatus {
    /// Every status.
    pub const ALL: [IntentStatus; 7] =
        [Self::Created, Self::Pending, Self::Complete, Self::Active, Self::Expired, Self::Failed, Self::Refunded];

    /// The name on the Circle surface and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending => "pending",
            Self::Complete => "complete",
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Refunded => "refunded",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The name of the event, and of the audit entry, that tells of becoming this.
    pub fn event(self) -> String {
        format!("payment_intent.{}", self.as_str())
    }

    /// Whether the life may go on like this. A further payment keeps `Complete` and a further refund keeps `Refunded`.
    pub const fn can_become(self, next: Self) -> bool {
        use IntentStatus::{Active, Complete, Created, Expired, Failed, Pending, Refunded};
        matches!(
            (self, next),
            (Created, Pending | Expired | Failed)
                | (Pending, Complete | Active | Expired | Failed)
                | (Complete, Complete | Refunded)
                | (Refunded, Refunded)
        )
    }
}

/// How a complete intent was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaidContext {
    /// Less than asked.
    Underpaid,
    /// Exactly what was asked.
    Paid,
    /// More than asked.
    Overpaid,
}

impl PaidContext {
    /// Every one of them.
    pub const ALL: [PaidContext; 3] = [Self::Underpaid, Self::Paid, Self::Overpaid];

    /// The name on the Circle surface and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Underpaid => "underpaid",
            Self::Paid => "paid",
            Self::Overpaid => "overpaid",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.as_str() == name)
    }

    /// Compares what was paid with what was asked.
    pub fn of(asked: Money, paid: Money) -> Self {
        match paid.amount().cmp(&asked.amount()) {
            std::cmp::Ordering::Less => Self::Underpaid,
            std::cmp::Ordering::Equal => Self::Paid,
            std::cmp::Ordering::Greater => Self::Overpaid,
        }
    }
}

/// One step in the life of an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What it became.
    pub status: IntentStatus,
    /// How it was paid, for `Complete`.
    pub context: Option<PaidContext>,
    /// Why, when it is not obvious: `requested_by_merchant` for an intent that the merchant expired.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where the customer can pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The chain.
    pub network: Network,
    /// The deposit address; absent for a moment after creation, as in the original.
    pub address: Option<String>,
}

/// What an intent asks of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentKind {
    /// One amount within a time. The first refund ends it.
    Transient(AmountDue),
    /// Whatever the customer sends, again and again: it is never complete, does not expire, and refunds do not end it.
    Continuous,
}

/// What a transient intent asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountDue {
    /// How much, in the currency in which the customer pays.
    pub amount: Money,
    /// The price that `amount` was worked out from, when the shop reckons in another currency.
    pub price: Option<Money>,
    /// Until when it can be paid.
    pub expires_at: DateTime<Utc>,
}

impl IntentKind {
    /// The name on the Circle surface, `type`, and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transient(_) => "transient",
            Self::Continuous => "continuous",
        }
    }
}

/// A request for payment and all that came of it, in amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentIntent {
    /// Its id.
    pub id: PaymentIntentId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// A short number that people can say; CoinGate's clients use that of a transient one as the id of its order.
    pub order_number: i64,
    /// What is asked.
    pub kind: IntentKind,
    /// The currency in which the merchant is credited.
    pub settlement_currency: Currency,
    /// Where it can be paid.
    pub payment_methods: Vec<PaymentMethod>,
    /// What was paid and is final, in the currency in which the customer pays.
    pub paid: Money,
    /// What was refunded and is final.
    pub refunded: Money,
    /// What is on its way back to the customer.
    pub in_flight: Money,
    /// What was kept for processing, in the settlement currency.
    pub fees: Money,
    /// How many payments are seen and not yet final.
    pub pending_payments: i64,
    /// When the newest payment became final.
    pub last_paid_at: Option<DateTime<Utc>>,
    /// The deposits that count, the oldest first; of very many the newest.
    pub payment_ids: Vec<PaymentId>,
    /// The refunds, the oldest first; of very many the newest.
    pub refund_ids: Vec<RefundId>,
    /// Its life, the newest entry first; never empty.
    pub timeline: Vec<TimelineEntry>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// How far the money of an intent went back: what Circle's one word `refunded` cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundExtent {
    /// Nothing went back or is on its way.
    None,
    /// Some went back or is on its way, some is left.
    Partial,
    /// Everything that was paid went back.
    Full,
}

impl RefundExtent {
    /// Every extent.
    pub const ALL: [RefundExtent; 3] = [Self::None, Self::Partial, Self::Full];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "not_refunded",
            Self::Partial => "partially_refunded",
            Self::Full => "fully_refunded",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.as_str() == name)
    }
}

impl PaymentIntent {
    /// The current status.
    pub fn status(&self) -> IntentStatus {
        self.timeline.first().map_or(IntentStatus::Created, |entry| entry.status)
    }

    /// The current context.
    pub fn context(&self) -> Option<PaidContext> {
        self.timeline.first().and_then(|entry| entry.context)
    }

    /// The currency in which the customer pays, and so that of refunds.
    pub const fn currency(&self) -> Currency {
        self.paid.currency()
    }

    /// What is asked, of a transient one.
    pub const fn asked(&self) -> Option<&AmountDue> {
        match &self.kind {
            IntentKind::Transient(asked) => Some(asked),
            IntentKind::Continuous => None,
        }
    }

    /// The price that was asked, when the shop reckons in another currency.
    pub fn price(&self) -> Option<Money> {
        self.asked().and_then(|asked| asked.price)
    }

    /// What can still be refunded: paid − refunded − in flight. The invariant keeps it from being negative; should the
    /// stored numbers ever contradict it, nothing is left.
    pub fn left(&self) -> Money {
        let nothing = Money::zero(self.currency());
        self.paid.minus(self.refunded).and_then(|rest| rest.minus(self.in_flight)).unwrap_or(nothing)
    }

    /// What the customer still has to pay; a continuous one asks for nothing in particular.
    pub fn due(&self) -> Option<Money> {
        let asked = self.asked()?;
        Some(asked.amount.minus(self.paid).unwrap_or(Money::zero(self.currency())))
    }

    /// Whether less arrived than was asked.
    pub fn is_underpaid(&self) -> bool {
        self.due().is_some_and(|due| !due.is_zero())
    }

    /// How far its money went back. What is on its way may still be rejected, so it does not count.
    pub fn refund_extent(&self) -> RefundExtent {
        if self.refunded.is_zero() {
            RefundExtent::None
        } else if !self.paid.is_zero() && self.refunded == self.paid {
            RefundExtent::Full
        } else {
            RefundExtent::Partial
        }
    }

    /// Why a deposit that arrives now could not be credited.
    pub fn unsupported_now(&self, now: DateTime<Utc>) -> Option<UnsupportedReason> {
        match self.status() {
            IntentStatus::Refunded => Some(UnsupportedReason::IntentRefunded),
            IntentStatus::Expired | IntentStatus::Failed => Some(UnsupportedReason::IntentExpired),
            IntentStatus::Created | IntentStatus::Pending | IntentStatus::Complete | IntentStatus::Active => {
                let over = self.asked().is_some_and(|asked| now >= asked.expires_at);
                over.then_some(UnsupportedReason::IntentExpired)
            }
        }
    }

    /// Whether its first refund, even a partial one, ends it.
    pub const fn ends_with_refund(&self) -> bool {
        matches!(self.kind, IntentKind::Transient(_))
    }

    /// Refuses to expire an intent that is continuous, paid, refunded or over.
    pub fn require_expirable(&self) -> Result<(), DomainError> {
        if self.kind == IntentKind::Continuous {
            let message = "A continuous payment intent does not expire: the customer may have kept its address.";
            return Err(DomainError::new(ErrorCode::IntentNotExpirable, message));
        }
        if self.pending_payments > 0 {
            return Err(DomainError::new(
                ErrorCode::PaymentPending,
                "A payment of this payment intent is still pending.",
            ));
        }
        match self.status() {
            IntentStatus::Created | IntentStatus::Pending => Ok(()),
            status => Err(DomainError::new(
                ErrorCode::IntentNotExpirable,
                format!("This payment intent is {} and cannot be expired.", status.as_str()),
            )),
        }
    }
}
