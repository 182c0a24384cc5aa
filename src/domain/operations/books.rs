//! What moved at our own addresses on real networks: deposit addresses, and the accounts that pay refunds. For each coin,
//! what they hold is the sum of these entries.

use crate::domain::{address::network::Network, money::Money};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum AccountRole {
    /// A deposit address. Its key is in the merchant's wallet.
    Deposits,
    /// An account that pays refunds.
    Sender,
}

/// Whether coins came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum Flow {
    In,
    Out,
}

/// Why coins moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum EntryKind {
    /// A deposit that was credited.
    Credited,
    /// A deposit that is not credited yet.
    Waiting,
    /// A deposit that is not credited, because nothing was due.
    Unsupported,
    /// What an account had before its movements were recorded.
    Opening,
    /// From a deposit address to another address of the merchant.
    Sweep,
    /// To an account that pays refunds, from an address of the merchant.
    TopUp,
    /// The payment of a refund.
    Payout,
    /// What the network took for a transaction of an account.
    NetworkFee,
    /// To an address of the wallet that this database has given to nobody.
    NotGivenOut,
    /// Nobody knows why.
    Unknown,
    /// The chain shows another balance than the entries, and no transaction that explains it.
    Difference,
    /// A person has said why.
    Explained,
}

/// Entries of one kind, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookTotal {
    pub role: AccountRole,
    pub flow: Flow,
    /// `None` for what the chain says that the accounts hold.
    pub kind: Option<EntryKind>,
    pub amount: Money,
}

/// A movement that a person has to explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMovement {
    pub id: Uuid,
    pub network: Network,
    pub role: AccountRole,
    pub account: String,
    pub flow: Flow,
    pub kind: EntryKind,
    pub amount: Money,
    pub counterparty: Option<String>,
    /// `None` for a difference.
    pub transaction_hash: Option<String>,
    pub block_height: i64,
    pub found_at: DateTime<Utc>,
}

/// A movement that belongs to no payment and no refund of this database, so that no balance has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnbookedMovement {
    pub movement: OpenMovement,
    /// What a person said about it; `None` if nobody has.
    pub explanation: Option<String>,
}

/// What moved in a time and belongs to no payment and no refund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unbooked {
    /// What nobody has explained first, and of that first what went. Not everything if it is too much.
    pub listed: Vec<UnbookedMovement>,
    /// How many movements there are, and how many of them nobody has explained.
    pub number: i64,
    pub unexplained: i64,
    pub dust: Vec<DustArrivals>,
}

/// What arrived in single amounts below the smallest that is credited. Anybody can send thousands of them, so they are added
/// up, and nobody has to explain them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DustArrivals {
    pub network: Network,
    pub number: i64,
    pub amount: Money,
}

impl OpenMovement {
    /// What a person names when explaining it.
    pub fn name(&self) -> String {
        self.transaction_hash.clone().unwrap_or_else(|| self.id.to_string())
    }
}
