//! Network fees.

use super::Source;
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        money::Money,
    },
    error::with_causes,
};
use chrono::{DateTime, Duration, Utc};

/// Maximum age of a fee that a quote may use; the same as the default maximum age of a rate.
const MAX_AGE: Duration = Duration::minutes(10);

/// The network's fee for one transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkFee {
    /// In US dollars.
    pub amount: Money,
    /// When the fee was determined.
    pub at: DateTime<Utc>,
}

/// Why a network fee is unavailable.
#[derive(Debug, thiserror::Error)]
pub enum FeeError {
    /// The same call may succeed later.
    #[error("the network fee is temporarily unavailable: {0}")]
    Unavailable(#[source] Source),
    /// Retrying does not help until a person has repaired something.
    #[error("the network fee is unavailable: {0}")]
    Broken(#[source] Source),
}

impl FeeError {
    /// Whether a retry may succeed.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

/// Provides network fees.
#[async_trait::async_trait]
pub trait Fees: Send + Sync {
    /// Returns the newest known fee of a transfer, with its time. An implementation must not guess: an unknown fee is
    /// an error, and [`require`] rejects one that is too old.
    async fn network_fee(&self, network: Network, now: DateTime<Utc>) -> Result<NetworkFee, FeeError>;
}

/// The current fee of a transfer. Fails if it is unknown or too old, so that nothing is quoted without it.
pub async fn require(fees: &dyn Fees, network: Network, now: DateTime<Utc>) -> Result<NetworkFee, DomainError> {
    let fee = fees.network_fee(network, now).await.map_err(|error| {
        tracing::error!(network = network.code(), error = %with_causes(&error), "the network fee for a quote is unknown");
        let code = if error.is_temporary() { ErrorCode::RateUnavailable } else { ErrorCode::ChainUnavailable };
        DomainError::new(code, format!("The network fee of {} is not known at the moment.", network.title()))
    })?;
    if now - fee.at > MAX_AGE {
        let message = format!(
            "The newest network fee of {} is from {} (UTC), which is too old to quote.",
            network.title(),
            fee.at.format("%-d %B %Y at %H:%M")
        );
        return Err(DomainError::new(ErrorCode::RateStale, message));
    }
    Ok(fee)
}
