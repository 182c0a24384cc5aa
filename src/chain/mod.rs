//! Sends payouts.

pub mod sandbox;

use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::RefundId,
        money::Money,
        reports::reconciliation::ChainTransfer,
    },
    error::Error,
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
    /// The chain does not know the id: nothing was broadcast.
    Unknown,
    /// It may have been broadcast.
    InProgress { look_again_at: DateTime<Utc> },
    /// Final.
    Settled { transaction_hash: String },
    /// It was not sent and never will be.
    Rejected {
        /// The reason shown to users.
        reason: String,
    },
}

/// Sends coins. Implementations guarantee that a payout is sent at most once per id, and that [`Chain::state`] knows
/// every id that was submitted, even if the response to the submission was lost.
#[async_trait::async_trait]
pub trait Chain: Send + Sync {
    /// Looks up a payout by its id. Always called before a submission.
    async fn state(&self, id: RefundId, now: DateTime<Utc>) -> Result<PayoutState, Error>;

    /// Submits a payout.
    async fn submit(&self, context: &Context<'_>, payout: &Payout) -> Result<(), Error>;

    /// The final transfers with these ids; unknown ids are left out.
    async fn transfers(&self, ids: &[RefundId]) -> Result<Vec<ChainTransfer>, Error>;

    /// All transfers delivered in this period, end exclusive, as known at `now`. They include transfers that have no
    /// refund here, since reconciliation compares both sides.
    async fn settled_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, Error>;

    /// The network fee of a transfer, in US dollars.
    fn network_fee(&self, network: Network) -> Money;

    /// Creates a deposit address.
    fn deposit_address(&self, context: &Context<'_>, network: Network) -> String;
}

/// The chain, or the error that nothing can be sent.
pub fn require(chain: Option<&dyn Chain>) -> Result<&dyn Chain, DomainError> {
    chain.ok_or_else(|| {
        DomainError::new(ErrorCode::RailUnavailable, "This server is not connected to anything that could send coins.")
    })
}
