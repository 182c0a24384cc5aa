//! The fees of a network (EIP-1559), and of the data that some networks publish elsewhere.

use super::{
    connection::Connection,
    rpc::{BlockTag, Call, Header, Node, RpcError},
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
    evm::{abi, networks::GAS_PRICE_ORACLE, units},
};
use alloy_primitives::{Bytes, U128, U256};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Gas of a transfer for a quote: measured with the real contracts and an address that has never held the coin, which
/// costs most. What is really used is estimated when it is sent.
const NATIVE_GAS: u64 = 27_000;
const TOKEN_GAS: u64 = 65_000;
const AUTHORIZED_GAS: u64 = 105_000;

/// The size of a signed transfer, in bytes, for the fee of its data.
const TRANSFER_BYTES: usize = 460;

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

/// The fee for publishing these bytes, in wei: zero on networks where it is part of the gas.
pub async fn data_fee(node: &Node, has_data_fee: bool, bytes: Bytes) -> Result<U256, RpcError> {
    if !has_data_fee {
        return Ok(U256::ZERO);
    }
    let answer = node.try_call(&Call::question(GAS_PRICE_ORACLE, abi::l1_fee_call(&bytes)), BlockTag::Latest).await?;
    abi::returned_number(&answer).ok_or_else(|| node.unexpected("eth_call", "getL1Fee returned no number"))
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
                Box::pin(async move {
                    let latest = node.latest().await?;
                    let level = FeeLevel::read(node, &latest).await?;
                    // Random bytes do not compress, so the estimate is not too low.
                    let bytes: Vec<u8> = (1..=TRANSFER_BYTES).map(|at| (at * 197 % 251).to_le_bytes()[0]).collect();
                    Ok((level, data_fee(node, facts.has_data_fee, bytes.into()).await?))
                })
            })
            .await?;
        let gas = match coin {
            coin if coin == facts.native => NATIVE_GAS,
            Currency::Usd | Currency::Eur => AUTHORIZED_GAS,
            _ => TOKEN_GAS,
        };
        let wei = U256::from(gas).saturating_mul(U256::from(level.expected())).saturating_add(data);
        let amount = native_amount(network, facts.native, wei)?;
        Ok(NetworkFee { amount, at: now })
    }
}

/// An amount of the network's own coin.
pub fn native_amount(network: Network, native: Currency, wei: U256) -> Result<Money, ChainError> {
    units::from_units(network, native, wei).ok_or_else(|| ChainError::Unavailable("a fee that cannot be booked".into()))
}
