//! Receives deposits. What arrives is booked as a [`crate::domain::intents::deposit::Deposit`] by
//! [`crate::store::Store::receive_payment`], which takes each of them once.

use super::ChainError;
use crate::domain::address::network::Network;

/// Where customers pay. An implementation answers within a few seconds or fails: the worker and a customer wait for it.
#[async_trait::async_trait]
pub trait Deposits: Send + Sync {
    /// The deposit address with this index: the same one however often it is asked, and another one for every other index.
    /// The store counts the indexes for each form of address and never gives one out twice, so that an address belongs to
    /// one payment intent on all networks that accept it.
    async fn address(&self, network: Network, index: u32) -> Result<String, ChainError>;
}
