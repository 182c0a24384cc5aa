//! What was seen of the nodes of a network, for people.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// A network or an account at which nobody has looked for longer than this is not worked on. A network without a new block
/// for longer stands still.
pub const STILL_AFTER: Duration = Duration::minutes(10);

/// What a node does instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum NodeProblem {
    /// It cannot be reached.
    Away,
    /// It refuses to answer, as a provider does whose limit is reached.
    Refuses,
    /// It answers something that makes no sense.
    Unexpected,
}

/// How a node answered when it was asked for its newest block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeAnswer {
    /// Its host, and its port if that is unusual.
    pub name: String,
    /// The height of its newest block.
    pub head: Result<i64, NodeProblem>,
}

/// Something in which a network differs from the settings, or that is unusual. The texts are as `ErrorText` stores them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkFinding {
    /// A node, a token or the account that pays.
    pub about: String,
    pub text: String,
    /// What to do; empty if there is nothing to do.
    pub advice: String,
    /// Whether the network must not be used because of it.
    pub is_wrong: bool,
}

/// Whether a network is what the settings say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum NetworkVerdict {
    Usable,
    /// No node answers, so nothing is known yet.
    Away,
    /// It must not be used.
    Wrong,
}

/// Why a deposit is not credited although its time has come. The others are credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum DepositProblem {
    /// The database refuses to book or credit it.
    Refused,
    /// A contract is said to have sent it, and the nodes do not say whether it did.
    Unconfirmed,
    /// The nodes denied what one of them had told of it. Its block is read again.
    Contradicted,
    /// Too few nodes answer about it, again and again.
    Unanswered,
}
