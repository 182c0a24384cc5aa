//! What owners are told by mail, once, until it is over.

use crate::domain::{address::network::Network, ids::NoticeId, money::Money};
use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use strum::{IntoStaticStr, VariantArray};

/// What comes back within this time is the same matter, and no other mail is sent.
pub const SAME_WITHIN: Duration = Duration::hours(1);
/// How much more than the threshold an account must hold until it is not low any more, in percent of the threshold.
const MARGIN_PERCENT: i64 = 10;

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    /// An account that pays holds less of a coin than the settings want.
    LowFloat,
    /// Refunds wait until the account holds more.
    RefundsWait,
    /// The server has paused an account.
    PayoutsPaused,
    /// Coins left a deposit address, and nobody has explained it.
    UnexplainedTransfer,
    /// A network is not followed, because it removed final blocks or a node is of another network.
    NetworkStopped,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub network: Network,
    pub kind: NoticeKind,
    /// What it is about among several of its kind.
    pub subject: String,
    /// One or two sentences, as `ErrorText` stores them.
    pub detail: String,
    pub opened_at: DateTime<Utc>,
    /// `None` while it lasts.
    pub cleared_at: Option<DateTime<Utc>>,
}

/// Whether an account is low on a coin. One that was low stays it until it holds a tenth more than the threshold: otherwise
/// each small payment around it would be news.
pub fn is_low(held: Money, threshold: Money, was_low: bool) -> bool {
    let margin = Decimal::new(100 + MARGIN_PERCENT, 2);
    let enough = if was_low { threshold.amount().checked_mul(margin) } else { Some(threshold.amount()) };
    enough.is_some_and(|enough| held.amount() < enough)
}
