//! The connection to one network.

use super::{
    begun::Begun,
    nodes::Nodes,
    rpc::{BlockTag, Header, Node, RpcError},
};
use crate::{
    config::networks::NetworkSettings,
    domain::money::{Money, currency::Currency},
    evm::units,
    signer::protocol::Coin,
};
use alloy_primitives::{Address, U256};

/// The settings of a network, and its nodes.
#[derive(Clone, Debug)]
pub struct Connection {
    pub settings: NetworkSettings,
    pub nodes: Nodes,
    /// The accounts that this process has begun to work for.
    pub begun: Begun,
}

impl Connection {
    /// What a currency is on this network; `None` if it is not sent there.
    pub fn coin(&self, currency: Currency) -> Option<Coin> {
        if currency == self.settings.facts.native {
            return Some(Coin::Native);
        }
        self.settings.tokens.get(&currency).map(|contract| Coin::Token(*contract))
    }

    /// The currencies that can be sent on this network, its own first.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        std::iter::once(self.settings.facts.native).chain(self.settings.tokens.keys().copied())
    }

    /// The amount of a coin in its smallest unit.
    pub fn units(&self, amount: Money) -> Option<U256> {
        units::to_units(self.settings.network, amount)
    }
}

/// An account in the notation in which addresses are stored.
pub fn notation(address: Address) -> String {
    address.to_checksum(None)
}

/// The page of a transaction in an explorer.
pub fn explorer_link(explorer: Option<&str>, transaction_hash: Option<&str>) -> Option<String> {
    Some(format!("{}/tx/{}", explorer?, transaction_hash?))
}

impl Node {
    /// The newest block.
    pub async fn latest(&self) -> Result<Header, RpcError> {
        let latest = self.header(BlockTag::Latest).await?;
        latest.ok_or_else(|| self.unexpected("eth_getBlockByNumber", "no latest block"))
    }

    /// The newest block that is never taken back.
    pub async fn finalized(&self) -> Result<Header, RpcError> {
        let finalized = self.header(BlockTag::Finalized).await?;
        finalized.ok_or_else(|| self.unexpected("eth_getBlockByNumber", "no finalized block"))
    }
}
