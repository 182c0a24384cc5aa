//! Receives deposits. What arrives is booked as a [`crate::domain::intents::deposit::Deposit`] by
//! [`crate::store::Store::receive_payment`], which takes each of them once.

use super::Source;
use crate::{domain::address::network::Network, error::Error};

/// Why there is no deposit address.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// The same call may succeed later.
    #[error("there is no deposit address now: {0}")]
    Unavailable(#[source] Source),
    /// Trying again does not help until somebody has repaired something.
    #[error("there is no deposit address: {0}")]
    Broken(#[source] Source),
}

impl DepositError {
    /// Whether trying again makes sense.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<DepositError> for Error {
    fn from(error: DepositError) -> Self {
        Self::Chain { temporary: error.is_temporary(), source: error.into() }
    }
}

/// Where customers pay. An implementation answers within a few seconds or fails: the worker and a customer wait for it.
#[async_trait::async_trait]
pub trait Deposits: Send + Sync {
    /// The deposit address with this index: the same one however often it is asked, and another one for every other index.
    /// The store counts the indexes for each form of address and never gives one out twice, so that an address belongs to
    /// one payment intent on all networks that accept it.
    async fn address(&self, network: Network, index: u32) -> Result<String, DepositError>;
}
