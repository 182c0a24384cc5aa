//! Payment intents.

use super::{metadata::Metadata, payment::UnsupportedReason};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentId, PaymentIntentId, RefundId},
    money::{Money, currency::Currency},
    names::Named,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};

/// The status of an intent, which is that of the newest timeline entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in Circle's API and in the database.
#[strum(serialize_all = "snake_case")]
pub enum IntentStatus {
    /// Accepted; the deposit address is being created.
    Created,
    /// Has an address and waits for the customer.
    Pending,
    /// Paid; the context says how much.
    Complete,
    /// Continuous, with an address that can be paid repeatedly.
    Active,
    /// The time to pay has passed and nothing was paid.
    Expired,
    Failed,
    /// At least one refund was made, even a partial one: it accepts no more payments.
    Refunded,
}

impl IntentStatus {
    /// The name of the event, and of the audit entry, for a change to this status.
    pub fn event(self) -> String {
        format!("payment_intent.{}", self.as_str())
    }

    /// Whether the status may change to `next`. A further payment keeps `Complete` and a further refund keeps
    /// `Refunded`.
    pub const fn can_become(self, next: Self) -> bool {
        use IntentStatus::{Active, Complete, Created, Expired, Failed, Pending, Refunded};
        matches!(
            (self, next),
            (Created, Pending | Expired | Failed)
                | (Pending, Complete | Active | Expired | Failed)
                // Its only payment was taken back: the network removed the block that held it.
                | (Complete, Pending)
                | (Complete, Complete | Refunded)
                | (Refunded, Refunded)
        )
    }
}

/// How the paid amount of a complete intent compares with the requested one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in Circle's API and in the database.
#[strum(serialize_all = "snake_case")]
pub enum PaidContext {
    Underpaid,
    Paid,
    Overpaid,
}

impl PaidContext {
    /// Compares the paid amount with the requested one.
    pub fn compare(asked: Money, paid: Money) -> Self {
        match paid.amount().cmp(&asked.amount()) {
            std::cmp::Ordering::Less => Self::Underpaid,
            std::cmp::Ordering::Equal => Self::Paid,
            std::cmp::Ordering::Greater => Self::Overpaid,
        }
    }
}

/// A status change of an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub status: IntentStatus,
    /// Set for `Complete`.
    pub context: Option<PaidContext>,
    /// Set when the reason is not obvious: `requested_by_merchant` for an intent that the merchant expired.
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
}

/// A network and address where the customer can pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    pub network: Network,
    /// The deposit address; absent briefly after creation, as in Circle's API.
    pub address: Option<String>,
}

/// What an intent asks the customer to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentKind {
    /// One amount, to be paid before a deadline. The first refund ends the intent.
    Transient(AmountDue),
    /// Any amount, repeatedly: it is never complete, does not expire, and refunds do not end it.
    Continuous,
}

/// The amount due of a transient intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountDue {
    /// In the currency in which the customer pays.
    pub amount: Money,
    /// The price from which `amount` was converted, when the shop uses another currency.
    pub price: Option<Money>,
    pub expires_at: DateTime<Utc>,
}

impl IntentKind {
    /// The name in Circle's API (`type`) and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transient(_) => "transient",
            Self::Continuous => "continuous",
        }
    }
}

/// A payment intent with its amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentIntent {
    pub id: PaymentIntentId,
    pub merchant_id: MerchantId,
    /// A short number for people; CoinGate's clients use that of a transient intent as the id of its order.
    pub order_number: i64,
    pub kind: IntentKind,
    /// The currency in which the merchant is credited.
    pub settlement_currency: Currency,
    pub payment_methods: Vec<PaymentMethod>,
    /// What the shop keeps with it.
    pub metadata: Metadata,
    /// Final payments, in the currency in which the customer pays.
    pub paid: Money,
    /// Settled refunds.
    pub refunded: Money,
    /// Refunds that are not settled yet.
    pub in_flight: Money,
    /// Processing fees, in the settlement currency.
    pub fees: Money,
    /// The number of payments that are not yet final.
    pub pending_payments: i64,
    /// The number of its payments that were credited and that the network has removed, when the money was spent. On a
    /// continuous intent they count until a person has decided.
    pub lost_deposits: i64,
    /// When the newest payment became final.
    pub last_paid_at: Option<DateTime<Utc>>,
    /// The supported deposits, oldest first; if there are very many, only the newest.
    pub payment_ids: Vec<PaymentId>,
    /// The refunds, oldest first; if there are very many, only the newest.
    pub refund_ids: Vec<RefundId>,
    /// Newest first; never empty.
    pub timeline: Vec<TimelineEntry>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// How much of an intent was refunded, which Circle's status `refunded` does not distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the APIs.
pub enum RefundExtent {
    /// No refund has settled.
    #[strum(serialize = "not_refunded")]
    None,
    /// Settled refunds cover a part of what was paid.
    #[strum(serialize = "partially_refunded")]
    Partial,
    /// Settled refunds cover everything that was paid.
    #[strum(serialize = "fully_refunded")]
    Full,
}

impl PaymentIntent {
    pub fn status(&self) -> IntentStatus {
        self.timeline.first().map_or(IntentStatus::Created, |entry| entry.status)
    }

    pub fn context(&self) -> Option<PaidContext> {
        self.timeline.first().and_then(|entry| entry.context)
    }

    /// The currency in which the customer pays and is refunded.
    pub const fn currency(&self) -> Currency {
        self.paid.currency()
    }

    /// The amount due, for a transient intent.
    pub const fn amount_due(&self) -> Option<&AmountDue> {
        match &self.kind {
            IntentKind::Transient(asked) => Some(asked),
            IntentKind::Continuous => None,
        }
    }

    /// The requested price, when the shop uses another currency.
    pub fn price(&self) -> Option<Money> {
        self.amount_due().and_then(|asked| asked.price)
    }

    /// What can still be refunded: paid − refunded − in flight. An invariant keeps it from being negative; if the
    /// stored amounts contradict it, the result is zero.
    pub fn left(&self) -> Money {
        let nothing = Money::zero(self.currency());
        self.paid.minus(self.refunded).and_then(|rest| rest.minus(self.in_flight)).unwrap_or(nothing)
    }

    /// What the customer still has to pay; `None` for a continuous intent.
    pub fn due(&self) -> Option<Money> {
        let asked = self.amount_due()?;
        Some(asked.amount.minus(self.paid).unwrap_or(Money::zero(self.currency())))
    }

    /// Whether less was paid than requested.
    pub fn is_underpaid(&self) -> bool {
        self.due().is_some_and(|due| !due.is_zero())
    }

    /// How much was refunded. Refunds in flight may still be rejected, so they never make it `Full`.
    pub fn refund_extent(&self) -> RefundExtent {
        if self.refunded.is_zero() {
            RefundExtent::None
        } else if !self.paid.is_zero() && self.refunded == self.paid {
            RefundExtent::Full
        } else {
            RefundExtent::Partial
        }
    }

    /// Why a deposit that arrives now would not be credited.
    pub fn unsupported_now(&self, now: DateTime<Utc>) -> Option<UnsupportedReason> {
        match self.status() {
            IntentStatus::Refunded => Some(UnsupportedReason::IntentRefunded),
            IntentStatus::Expired | IntentStatus::Failed => Some(UnsupportedReason::IntentExpired),
            IntentStatus::Created | IntentStatus::Pending | IntentStatus::Complete | IntentStatus::Active => {
                let over = self.amount_due().is_some_and(|asked| now >= asked.expires_at);
                over.then_some(UnsupportedReason::IntentExpired)
            }
        }
    }

    /// Whether the first refund, even a partial one, ends the intent.
    pub const fn ends_with_refund(&self) -> bool {
        matches!(self.kind, IntentKind::Transient(_))
    }

    /// Rejects expiring an intent that is continuous, paid, refunded or ended.
    pub fn require_expirable(&self) -> Result<(), DomainError> {
        if self.kind == IntentKind::Continuous {
            let message = "error-intent-continuous";
            return Err(DomainError::new(ErrorCode::IntentNotExpirable, message));
        }
        if self.pending_payments > 0 {
            return Err(DomainError::new(ErrorCode::PaymentPending, "error-intent-payment-pending"));
        }
        match self.status() {
            IntentStatus::Created | IntentStatus::Pending => Ok(()),
            status => {
                let error = DomainError::new(ErrorCode::IntentNotExpirable, "error-intent-not-expirable");
                Err(error.with("status", status.as_str()))
            }
        }
    }
}
