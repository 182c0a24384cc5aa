//! One deposit on a chain.

use crate::domain::{
    address::network::Network,
    ids::{MerchantId, PaymentId, PaymentIntentId},
    money::Money,
};
use chrono::{DateTime, Utc};

/// How far a deposit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentStatus {
    /// Seen on the chain, not yet final.
    Pending,
    /// Final; credited unless it is unsupported.
    Paid,
    /// It will never be final.
    Failed,
}

impl PaymentStatus {
    /// Every status.
    pub const ALL: [PaymentStatus; 3] = [Self::Pending, Self::Paid, Self::Failed];

    /// The name on the Circle surface and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Failed => "failed",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

/// Why a deposit is not credited and waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnsupportedReason {
    /// The intent had been refunded, fully or partly.
    IntentRefunded,
    /// The intent's time to pay was over.
    IntentExpired,
}

impl UnsupportedReason {
    /// Both.
    pub const ALL: [UnsupportedReason; 2] = [Self::IntentRefunded, Self::IntentExpired];

    /// The name in the database and in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IntentRefunded => "intent_refunded",
            Self::IntentExpired => "intent_expired",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }

    /// What a person reads.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::IntentRefunded => {
                "It arrived after the first refund, so it was not credited. Agree with the customer what to do with it."
            }
            Self::IntentExpired => {
                "It arrived after the time to pay was over, so it was not credited. Agree with the customer what to do with it."
            }
        }
    }
}

/// A deposit on the address of an intent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// The intent on whose address it arrived. An unsupported one is not part of that intent's amounts.
    pub intent_id: PaymentIntentId,
    /// How far it has come.
    pub status: PaymentStatus,
    /// Set when it is not credited.
    pub unsupported: Option<UnsupportedReason>,
    /// The chain it came on.
    pub network: Network,
    /// What arrived, in the intent's currency.
    pub amount: Money,
    /// What was credited to the balance, after fees, in the settlement currency; nothing unless paid.
    pub settlement: Money,
    /// What was kept for processing, in the settlement currency.
    pub fee: Money,
    /// The address it came to.
    pub deposit_address: String,
    /// The address it came from, as far as the chain tells. Never a default for a refund: an exchange's sending address
    /// belongs to many people.
    pub from_address: Option<String>,
    /// The transaction on the chain.
    pub transaction_hash: Option<String>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
