//! Network fees.

use super::ChainError;
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        money::Money,
    },
    error::with_causes,
};
use chrono::{DateTime, Duration, Utc};

/// Maximum age of a fee that a quote may use; as long as that of a rate by default.
const MAX_AGE: Duration = Duration::minutes(10);

/// What the network takes for one transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkFee {
    /// In US dollars.
    pub amount: Money,
    /// When the network asked for this much.
    pub at: DateTime<Utc>,
}

/// Knows what a transfer costs.
#[async_trait::async_trait]
pub trait Fees: Send + Sync {
    /// The newest known fee of a transfer, with its time. An implementation does not guess: a fee that is not known is an
    /// error, and [`require`] refuses one that is too old.
    async fn network_fee(&self, network: Network, now: DateTime<Utc>) -> Result<NetworkFee, ChainError>;
}

/// The fee of a transfer, or the refusal to quote without it.
pub async fn require(fees: &dyn Fees, network: Network, now: DateTime<Utc>) -> Result<NetworkFee, DomainError> {
    let fee = fees.network_fee(network, now).await.map_err(|error| {
        tracing::error!(network = network.code(), error = %with_causes(&error), "a refund cannot be quoted");
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
