//! Texts about the accounts that pay refunds.

use crate::domain::operations::payout_activity::PayoutActivity;
use chrono::{DateTime, Utc};

/// What an account that is said to run does not do; `None` if it does all of it.
pub fn doubt(activity: PayoutActivity) -> Option<String> {
    let at = |at: DateTime<Utc>| at.format("%-d %B %Y, %H:%M (UTC)");
    match activity {
        PayoutActivity::Paused
        | PayoutActivity::NotUsed
        | PayoutActivity::NotStarted
        | PayoutActivity::WaitsForAnother
        | PayoutActivity::SignsNothing
        | PayoutActivity::Running => None,
        PayoutActivity::NoAnswer { since: Some(since) } => Some(format!("no node has answered since {}", at(since))),
        PayoutActivity::NoAnswer { since: None } => Some("no node has answered yet".to_owned()),
        PayoutActivity::NoRound { since } => Some(format!("no server has seen the account since {}", at(since))),
        PayoutActivity::NoBlock { since } => Some(format!("no node has had a new block since {}", at(since))),
    }
}
