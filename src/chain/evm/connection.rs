//! The connection to one network.

use super::{
    begun::Begun,
    issuer,
    nodes::{Disagreement, Nodes},
    rpc::{BlockTag, Header, Node, RpcError},
};
use crate::{
    chain::ChainError,
    config::networks::NetworkSettings,
    domain::{
        ids::RefundId,
        money::{Money, currency::Currency},
    },
    evm::{authorization::refund_nonce, networks::takes_authorizations, units},
    signer::protocol::Coin,
};
use alloy_primitives::{Address, B256, U256};

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

/// What is asked of all nodes before anything is signed, or money is released: one alone could hide a payment.
impl Connection {
    /// Whether the authorisation (EIP-3009) of a refund was used or cancelled, of one of the accounts that could have paid.
    /// An error if the settings do not have the coin: then nobody can be asked, and no money may be released.
    pub async fn is_authorization_used(
        &self,
        accounts: &[Address],
        id: RefundId,
        currency: Currency,
    ) -> Result<bool, ChainError> {
        self.is_authorization_nonce_used(accounts, refund_nonce(id.0), currency).await
    }

    /// The same of an authorisation with any nonce.
    pub async fn is_authorization_nonce_used(
        &self,
        accounts: &[Address],
        nonce: B256,
        currency: Currency,
    ) -> Result<bool, ChainError> {
        if !takes_authorizations(currency) {
            return Ok(false);
        }
        let Some(Coin::Token(contract)) = self.coin(currency) else {
            return Err(ChainError::Broken(format!("the settings do not have the contract of {currency}").into()));
        };
        let asked = self.nodes.agreed(|node| {
            Box::pin(async move {
                for account in accounts {
                    if issuer::has_used_authorization(node, contract, *account, nonce, BlockTag::Latest).await? {
                        return Ok(true);
                    }
                }
                Ok(false)
            })
        });
        Ok(asked.await?.into_inner())
    }

    /// Whether an account has sent more than what has the nonces before this one, in blocks and in the pool.
    pub async fn has_sent_more(&self, account: Address, next_nonce: u64) -> Result<bool, Disagreement> {
        let asked = self.nodes.agreed(|node| {
            Box::pin(async move {
                let mined = node.transaction_count(account, BlockTag::Latest).await?;
                Ok(mined.max(node.transaction_count(account, BlockTag::Pending).await?) > next_nonce)
            })
        });
        Ok(asked.await?.into_inner())
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
