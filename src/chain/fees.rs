//! Network fees.

use super::ChainError;
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, TextValue},
        money::{Money, currency::Currency},
    },
    error::Error,
};
use chrono::{DateTime, Duration, Utc};

/// Maximum age of a fee that a quote may use; the same as the default maximum age of a rate.
const MAX_AGE: Duration = Duration::minutes(10);

/// The network's fee for one transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkFee {
    /// In the network's own coin, or in US dollars.
    pub amount: Money,
    /// When the fee was determined.
    pub at: DateTime<Utc>,
    /// The highest fee that the settings allow, in US dollars. A transfer that costs more waits.
    pub limit: Option<Money>,
}

/// Provides network fees.
#[async_trait::async_trait]
pub trait Fees: Send + Sync {
    /// Returns the newest known fee of a transfer of this coin, with its time. An implementation must not guess: an unknown fee is
    /// an error, and [`require`] rejects one that is too old.
    async fn network_fee(&self, network: Network, coin: Currency, now: DateTime<Utc>)
    -> Result<NetworkFee, ChainError>;
}

/// The current fee of a transfer. Fails if it is unknown or too old, so that nothing is quoted without it.
pub async fn require(
    fees: &dyn Fees,
    network: Network,
    coin: Currency,
    now: DateTime<Utc>,
) -> Result<NetworkFee, Error> {
    let fee = fees.network_fee(network, coin, now).await.map_err(|error| {
        let refused = if error.is_temporary() {
            DomainError::new(ErrorCode::NetworkFeeUnknown, "error-network-fee-no-answer")
        } else {
            DomainError::new(ErrorCode::ChainUnavailable, "error-network-fee-unknown")
        };
        Error::NotNow { refused: refused.with("network", network.title()), source: error.into() }
    })?;
    if now - fee.at > MAX_AGE {
        let error = DomainError::new(ErrorCode::RateStale, "error-network-fee-stale")
            .with("network", network.title())
            .with("day", TextValue::day(fee.at))
            .with("time", fee.at.format("%H:%M").to_string());
        return Err(error.into());
    }
    Ok(fee)
}
