//! Deposit addresses. An arriving deposit is booked as a [`crate::domain::intents::deposit::Deposit`] by
//! [`crate::store::Store::receive_payment`], which books each one once.

use super::Source;
use crate::{domain::address::network::Network, error::Error};

/// Why there is no deposit address.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// The same call may succeed later.
    #[error("the deposit address is temporarily unavailable: {0}")]
    Unavailable(#[source] Source),
    /// Retrying does not help until a person has repaired something.
    #[error("the deposit address is unavailable: {0}")]
    Broken(#[source] Source),
}

impl DepositError {
    /// Whether a retry may succeed.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<DepositError> for Error {
    fn from(error: DepositError) -> Self {
        Self::Chain { temporary: error.is_temporary(), source: error.into() }
    }
}

/// Provides deposit addresses. A call must return or fail within a few seconds: the worker and a customer wait for it.
#[async_trait::async_trait]
pub trait Deposits: Send + Sync {
    /// Returns the deposit address with this index: always the same address for the same index, and different addresses
    /// for different indexes. The store counts the indexes for each address format and never assigns one twice, so that
    /// an address belongs to one payment intent on all networks that accept it.
    async fn address(&self, network: Network, index: u32) -> Result<String, DepositError>;
}
