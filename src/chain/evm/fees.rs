//! The fees of a network (EIP-1559), and of the data that some networks publish elsewhere.

use super::{
    connection::Connection,
    rpc::{BlockTag, Call, Header, Node, Receipt, RpcError},
};
use crate::{
    chain::{
        ChainError,
        fees::{Fees, NetworkFee},
    },
    domain::{
        address::network::Network,
        money::{Money, currency::Currency},
    },
    evm::{
        abi,
        authorization::{Authorization, Signature},
        networks::{EvmNetwork, GAS_PRICE_ORACLE},
        transaction::Transaction,
        units,
    },
};
use alloy_primitives::{Address, Bytes, U128, U256, keccak256};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::time::Duration;
use tokio::time::error::Elapsed;

/// How long one node may take to say the fee: a person waits for the quote.
const LIMIT: Duration = Duration::from_secs(3);

/// What the network asks for now. All in wei per gas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeLevel {
    /// The fee that every transaction of the next block pays.
    pub base: u128,
    /// What block producers expect beyond it.
    pub priority: u128,
}

impl FeeLevel {
    /// Reads the level from the newest block and the node's suggestion.
    pub async fn read(node: &Node, latest: &Header) -> Result<Self, RpcError> {
        let priority: U128 = node.call("eth_maxPriorityFeePerGas", json!([])).await?;
        Ok(Self { base: latest.base_fee_per_gas.unwrap_or_default().to(), priority: priority.to() })
    }

    /// The highest fee per gas to offer: the base fee can double before the transaction is too cheap, which takes at
    /// least six full blocks.
    pub const fn offer(self) -> u128 {
        self.base.saturating_mul(2).saturating_add(self.priority)
    }

    /// What a transaction is likely to pay per gas.
    pub const fn expected(self) -> u128 {
        self.base.saturating_add(self.priority)
    }
}

/// The fee for publishing the longest transfer, in wei: zero on networks where it is part of the gas.
pub async fn data_fee(node: &Node, facts: &EvmNetwork) -> Result<U256, RpcError> {
    if !facts.has_data_fee {
        return Ok(U256::ZERO);
    }
    let call = abi::l1_fee_call(&longest_transfer(facts.chain_id));
    let answer = node.try_call(&Call::question(GAS_PRICE_ORACLE, call), BlockTag::Latest).await?;
    abi::returned_number(&answer).ok_or_else(|| node.unexpected("eth_call", "getL1Fee returned no number"))
}

/// An authorised transfer (EIP-3009). Where a real one has random bytes it has hashes, which do not compress either, so that
/// the fee is not too low: networks count the compressed size.
fn longest_transfer(chain_id: u64) -> Bytes {
    let (word, address) = (|seed: u8| keccak256([seed]), |seed: u8| Address::from_word(keccak256([seed])));
    let authorization = Authorization { from: address(1), to: address(2), value: U256::from(u64::MAX), nonce: word(3) };
    let transaction = Transaction {
        chain_id,
        nonce: u64::from(u16::MAX),
        max_priority_fee_per_gas: u128::from(u64::MAX),
        max_fee_per_gas: u128::from(u64::MAX),
        gas_limit: u64::from(u32::MAX),
        to: address(4),
        value: U256::ZERO,
        data: authorization.call(Signature { r: word(5), s: word(6), y_parity: true }),
    };
    transaction.signed(Signature { r: word(7), s: word(8), y_parity: true }).raw
}

/// What the sender of a transaction paid for it, in wei. Networks of the OP stack charge for its data beside its gas, and
/// for their operator; Arbitrum charges more gas.
pub fn fee_of(receipt: &Receipt) -> U256 {
    let gas = U256::from(receipt.gas_used).saturating_mul(U256::from(receipt.effective_gas_price));
    gas.saturating_add(receipt.l1_fee.unwrap_or_default()).saturating_add(operator_fee(receipt))
}

/// The fee for the operator of a network of the OP stack: a constant, and a part by the gas, which was in millionths until
/// Jovian (<https://specs.optimism.io/protocol/jovian/exec-engine.html#operator-fee>). No network of this server takes it
/// today, so estimates leave it out.
fn operator_fee(receipt: &Receipt) -> U256 {
    let scalar = U256::from(receipt.operator_fee_scalar.unwrap_or_default());
    let by_gas = U256::from(receipt.gas_used).saturating_mul(scalar);
    let by_gas = match receipt.da_footprint_gas_scalar {
        Some(_) => by_gas.saturating_mul(U256::from(100)),
        None => by_gas / U256::from(1_000_000),
    };
    by_gas.saturating_add(U256::from(receipt.operator_fee_constant.unwrap_or_default()))
}

/// The fees of all networks of this server.
pub struct EvmFees {
    pub connections: Vec<std::sync::Arc<Connection>>,
}

#[async_trait::async_trait]
impl Fees for EvmFees {
    async fn network_fee(
        &self,
        network: Network,
        coin: Currency,
        now: DateTime<Utc>,
    ) -> Result<NetworkFee, ChainError> {
        let connection = self.connections.iter().find(|connection| connection.settings.network == network);
        let connection =
            connection.ok_or_else(|| ChainError::Broken("this server has no node of the network".into()))?;
        let facts = &connection.settings.facts;
        let (level, data) = connection
            .nodes
            .first(|node| {
                let read = async move {
                    let latest = node.latest().await?;
                    let level = FeeLevel::read(node, &latest).await?;
                    Ok((level, data_fee(node, facts).await?))
                };
                Box::pin(async move {
                    let late =
                        |late: Elapsed| RpcError::Unreachable { node: node.name().to_owned(), source: late.into() };
                    tokio::time::timeout(LIMIT, read).await.map_err(late)?
                })
            })
            .await?;
        let wei =
            U256::from(facts.transfer_gas(coin)).saturating_mul(U256::from(level.expected())).saturating_add(data);
        let amount = native_amount(network, facts.native, wei)?;
        Ok(NetworkFee { amount, at: now, limit: Some(connection.settings.max_fee) })
    }
}

/// An amount of the network's own coin.
pub fn native_amount(network: Network, native: Currency, wei: U256) -> Result<Money, ChainError> {
    units::from_units(network, native, wei).ok_or_else(|| ChainError::Unavailable("a fee that cannot be booked".into()))
}
