//! What moves the coins.

pub mod sandbox;

use crate::{
    context::Context,
    domain::{address::network::Network, ids::RefundId, money::Money, reports::reconciliation::ChainTransfer},
    error::Error,
};
use chrono::{DateTime, Utc};

/// One transfer to be made. The refund's id is its name on the rail.
#[derive(Clone, Debug, PartialEq)]
pub struct Payout {
    /// The name under which the rail knows it.
    pub id: RefundId,
    /// The chain.
    pub network: Network,
    /// Where it goes.
    pub address: String,
    /// The customer's mark on a shared address. A transfer without it can be lost.
    pub memo: Option<String>,
    /// What reaches the address.
    pub amount: Money,
}

/// What the rail says of a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayoutState {
    /// The rail has never heard of it: nothing was broadcast.
    Unknown,
    /// It may have been broadcast.
    InProgress {
        /// Asking before then is of no use.
        look_again_at: DateTime<Utc>,
    },
    /// The customer has it.
    Settled {
        /// The transaction on the chain.
        transaction_hash: String,
    },
    /// It did not happen and never will.
    Rejected {
        /// Why, for people.
        reason: String,
    },
}

/// A way to move coins. Implementations keep the promise that a payout is carried out at most once per id, and that
/// [`Chain::state`] tells the truth about an id that was submitted, even when the answer to the submission was lost.
#[async_trait::async_trait]
pub trait Chain: Send + Sync {
    /// Asks about a payout by its own id. Always asked before anything is submitted.
    async fn state(&self, id: RefundId, now: DateTime<Utc>) -> Result<PayoutState, Error>;

    /// Hands a payout over.
    async fn submit(&self, context: &Context<'_>, payout: &Payout) -> Result<(), Error>;

    /// What became of transfers that have ended, by their ids; those that the rail does not know are left out.
    async fn transfers(&self, ids: &[RefundId]) -> Result<Vec<ChainTransfer>, Error>;

    /// What was delivered from one moment to before another, as far as is known `now`, whoever asked for it: the rail's own
    /// word, to compare with ours.
    async fn settled_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, Error>;

    /// What the network asks for a transfer, in US dollars.
    fn network_fee(&self, network: Network) -> Money;

    /// A new address that customers can pay to.
    fn deposit_address(&self, context: &Context<'_>, network: Network) -> String;
}
