//! What an account that pays refunds does, as it is shown.

use chrono::{DateTime, Utc};

/// What an account does, and what keeps it from paying although nobody has paused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutActivity {
    /// A person or the server has paused it.
    Paused,
    /// The settings do not have it, so no server signs for it.
    NotUsed,
    /// It had no round yet.
    NotStarted,
    /// Another account of its network has done what nobody has explained.
    WaitsForAnother,
    /// Its signer signs nothing.
    SignsNothing,
    Running,
    /// It would pay, but no node of its network answers; `None` if none ever has.
    NoAnswer {
        since: Option<DateTime<Utc>>,
    },
    /// It would pay, but no server has looked at it for a while.
    NoRound {
        since: DateTime<Utc>,
    },
    /// It would pay, but the nodes show the same newest block all the time.
    NoBlock {
        since: DateTime<Utc>,
    },
}
