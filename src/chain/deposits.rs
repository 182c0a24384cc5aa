//! Deposit addresses. An arriving deposit is booked as a [`crate::domain::intents::deposit::Deposit`] by
//! [`crate::store::Store::receive_payment`], which books each one once.

use super::ChainError;
use crate::{context::Context, domain::address::network::Network};

/// Provides deposit addresses. A call must return or fail within a few seconds: the worker and a customer wait for it.
#[async_trait::async_trait]
pub trait Deposits: Send + Sync {
    /// Returns the deposit address with this index: always the same address for the same index, and different addresses
    /// for different indexes. The store counts the indexes for each address format and never assigns one twice, so that
    /// an address belongs to one payment intent on all networks that accept it.
    async fn address(&self, network: Network, index: u32) -> Result<String, ChainError>;

    /// Is called before an index is assigned on a network: leaves out the indexes whose addresses the chain shows as used
    /// although they were never given out here, since the database may have been restored from a backup. Does so once, so
    /// that later calls return at once. It logs itself that a network does not answer, since it is asked again and again.
    async fn leave_out_used(&self, _: &Context<'_>, _: Network) -> Result<(), ChainError> {
        Ok(())
    }
}
