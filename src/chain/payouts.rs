//! Sends payouts.

use super::ChainError;
use crate::{
    context::Context,
    domain::{
        address::network::Network, error::ErrorText, ids::RefundId, money::Money,
        reports::reconciliation::ChainTransfer,
    },
};
use chrono::{DateTime, Utc};

/// A transfer to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payout {
    /// The refund's id, which identifies the payout.
    pub id: RefundId,
    pub network: Network,
    pub address: String,
    /// The customer's memo for a shared address. A transfer without it can be lost.
    pub memo: Option<String>,
    /// What the address receives.
    pub amount: Money,
}

/// The state of a payout on the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutState {
    /// The chain has never accepted this id: nothing was broadcast, and nothing will be unless it is submitted. An
    /// implementation that is not sure returns an error or `InProgress`.
    Unknown,
    /// It may have been broadcast.
    InProgress { look_again_at: DateTime<Utc> },
    /// The transfer is final.
    Settled { transaction_hash: String },
    /// It was not sent and never will be.
    Rejected {
        /// The reason shown to users.
        reason: ErrorText,
    },
}

/// Sends coins, at most once for each refund's id: a repeated submission of an id changes nothing, and
/// [`Payouts::state`] knows every id that was submitted, even if the response to the submission was lost. Both hold
/// after restarts of either side, and for several servers at once. A call must return or fail within a few seconds: the
/// worker waits for it.
#[async_trait::async_trait]
pub trait Payouts: Send + Sync {
    /// Looks up a payout by its id. Always called before a submission.
    async fn state(&self, id: RefundId, now: DateTime<Utc>) -> Result<PayoutState, ChainError>;

    /// Submits a payout. `Ok` means that the id is known from now on, not that anything was broadcast yet.
    async fn submit(&self, context: &Context<'_>, payout: &Payout) -> Result<(), ChainError>;

    /// The final transfers with these ids; unknown ids are left out.
    async fn transfers(&self, ids: &[RefundId]) -> Result<Vec<ChainTransfer>, ChainError>;

    /// All transfers delivered in this period, end exclusive, as known at `now`. They include transfers that belong to
    /// no refund, since reconciliation compares both sides.
    async fn settled_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, ChainError>;
}
