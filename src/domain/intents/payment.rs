//! A deposit on a chain.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentId, PaymentIntentId},
    money::Money,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};

/// The status of a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in Circle's API and in the database.
#[strum(serialize_all = "snake_case")]
pub enum PaymentStatus {
    /// Seen on the chain, not yet final.
    Pending,
    /// Final; credited unless it is unsupported.
    Paid,
    /// Will never be final.
    Failed,
}

/// Why a deposit is not credited and needs manual handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database and in events.
#[strum(serialize_all = "snake_case")]
pub enum UnsupportedReason {
    /// The intent was already refunded, fully or partly.
    IntentRefunded,
    /// The intent had expired.
    IntentExpired,
    /// It is another coin than the one that the intent is paid in.
    WrongCurrency,
    /// It came to an address of the intent, on a network on which that address is no payment method of it. Networks with
    /// the same form of address share their addresses.
    WrongNetwork,
    /// It is worth less than the smallest amount that is credited.
    Dust,
}

/// Which deposits that were not credited are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the URL of the list.
#[strum(serialize_all = "snake_case")]
pub enum FundsState {
    /// Nobody has dealt with them. Without dust, with which nobody has to deal.
    #[default]
    Open,
    /// Somebody has dealt with them.
    Handled,
    All,
}

/// What a person did about a deposit that was not credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandledFunds {
    pub at: DateTime<Utc>,
    /// The name of the person.
    pub by: String,
    pub note: String,
}

/// The networks of the credited deposits, the newest last.
pub fn paid_on(payments: &[Payment]) -> Vec<Network> {
    let mut credited: Vec<_> = payments.iter().filter(|payment| payment.is_credited()).collect();
    credited.sort_by_key(|payment| payment.created_at);
    let mut networks: Vec<Network> = Vec::new();
    for payment in credited {
        networks.retain(|network| *network != payment.network);
        networks.push(payment.network);
    }
    networks
}

/// A deposit to the address of an intent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub id: PaymentId,
    pub merchant_id: MerchantId,
    /// The intent whose address received it. An unsupported deposit is not part of that intent's amounts.
    pub intent_id: PaymentIntentId,
    /// The short number of that intent, by which people know it.
    pub order_number: i64,
    pub status: PaymentStatus,
    /// Set when the deposit is not credited.
    pub unsupported: Option<UnsupportedReason>,
    /// What was done about it then.
    pub handled: Option<HandledFunds>,
    pub network: Network,
    /// The received amount, in the intent's currency unless that is why it is unsupported.
    pub amount: Money,
    /// The amount credited to the balance, after fees, in the settlement currency; zero unless paid.
    pub settlement: Money,
    /// The processing fee, in the settlement currency.
    pub fee: Money,
    pub deposit_address: String,
    /// The sending address, if the chain shows it. Never a default for a refund: the sending address of an exchange is
    /// shared by many customers.
    pub from_address: Option<String>,
    pub transaction_hash: Option<String>,
    /// The block that holds the transaction, or held it last; `None` where blocks are not followed.
    pub block_height: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The position of the network's own coin that a transaction itself transfers; what its contracts send follows. Tokens have
/// the place of their log, counted from zero, and no transaction has this many.
pub const NATIVE_POSITION: u32 = 1 << 31;

/// The position as people and programs see it: `None` for the network's own coin, which has no log.
pub fn shown_position(position: u32) -> Option<u32> {
    (position < NATIVE_POSITION).then_some(position)
}

/// Where the transfer of a payment is on its network, as far as it was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentOnChain {
    /// The place of its log in the transaction; `None` for the network's own coin.
    pub position: Option<u32>,
    /// The block that holds it; `None` while it is in no block that counts.
    pub block: Option<BlockOfPayment>,
    /// Why no rate converts it now, so that it is not credited. Known only to those who have rates.
    pub missing_rate: Option<ErrorCode>,
}

/// The block of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockOfPayment {
    pub height: i64,
    /// The blocks that confirm it, its own included.
    pub confirmations: u64,
    /// Whether the network never takes it back.
    pub is_final: bool,
}

impl Payment {
    /// Whether it was credited once and is not any more.
    pub fn was_taken_back(&self) -> bool {
        self.status == PaymentStatus::Failed && !self.settlement.is_zero()
    }

    /// Rejects saying what was done about it, unless it arrived for good, was not credited, and nobody has said so yet. What its
    /// network can still remove comes back as another payment, with which nobody has dealt, and would be paid back twice.
    /// `on_chain` is where it is on a real network.
    pub fn require_open(&self, on_chain: Option<&PaymentOnChain>) -> Result<(), DomainError> {
        let is_final = on_chain.is_none_or(|found| found.block.is_some_and(|block| block.is_final));
        let message = match (self.unsupported, self.status, &self.handled) {
            (Some(_), PaymentStatus::Paid, Some(_)) => "error-funds-handled",
            (Some(_), PaymentStatus::Paid, None) if is_final => return Ok(()),
            (Some(_), ..) => "error-funds-not-arrived",
            (None, ..) => "error-funds-not-unsupported",
        };
        Err(DomainError::new(ErrorCode::PaymentNotPossible, message))
    }

    /// Whether it counts as paid on its intent.
    pub fn is_credited(&self) -> bool {
        self.status == PaymentStatus::Paid && self.unsupported.is_none()
    }
}
