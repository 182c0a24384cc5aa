//! What the chain says about an address that is to receive coins.

use crate::domain::{address::network::Network, money::currency::Currency, policy::recipient::RecipientOnChain};
use chrono::{DateTime, Utc};

/// Looks at addresses before coins are sent to them.
#[async_trait::async_trait]
pub trait Recipients: Send + Sync {
    /// What an address, in the notation in which it is stored, is for somebody who sends this coin to it. It answers
    /// within a few seconds also if no node does, since a customer or a person waits; then the answer says that.
    async fn look_at(&self, network: Network, address: &str, coin: Currency, now: DateTime<Utc>) -> RecipientOnChain;
}
