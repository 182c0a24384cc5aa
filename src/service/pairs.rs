//! Which coins this server receives and sends, and on which networks. Every list of networks shows only these, and a pair
//! that exists but is not offered here is refused here.
//!
//! A server without a chain (production without networks) lists none.

use crate::{
    chain::Chain,
    domain::{
        address::{
            network::Network,
            pairs::{Direction, Pairs},
        },
        error::DomainError,
        money::currency::Currency,
    },
};

/// What customers can pay with.
pub fn received(chain: Option<&Chain>) -> Pairs {
    chain.map_or_else(|| Pairs::none(Direction::Received), Chain::received)
}

/// What refunds can be paid in.
pub fn sent(chain: Option<&Chain>) -> Pairs {
    chain.map_or_else(|| Pairs::none(Direction::Sent), Chain::sent)
}

/// Rejects a coin that customers cannot pay on this network here.
pub fn require_received(chain: Option<&Chain>, network: Network, coin: Currency) -> Result<(), DomainError> {
    received(chain).require(network, coin)
}

/// Rejects a coin that no customer can pay here, for credits: nothing could be refunded from a balance in it.
pub fn require_credited(chain: Option<&Chain>, coin: Currency) -> Result<(), DomainError> {
    received(chain).require_coin(coin)
}

/// Rejects a coin in which refunds are not paid on this network here.
pub fn require_sent(chain: Option<&Chain>, network: Network, coin: Currency) -> Result<(), DomainError> {
    sent(chain).require(network, coin)
}
