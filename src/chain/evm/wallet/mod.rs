//! What lies at the deposit addresses, and how their owner can move it. The server has no key for them: it only reads
//! balances and prepares transfers that somebody else signs.

pub mod formats;
pub mod sweep;
pub mod used;

use super::{
    addresses::{derive, path},
    fees::{FeeLevel, data_fee},
    nodes::Nodes,
    rpc::{BlockTag, Node, RpcError},
};
use crate::{
    config::networks::NetworkSettings,
    domain::{address::network::Network, money::currency::Currency},
    evm::{
        abi::{Selector, address_word, returned_number},
        units::from_units,
    },
};
use alloy_primitives::{Address, Bytes, U64, U256};
use bitcoin::bip32::Xpub;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The path of the account key, which the settings have as 'deposits' (BIP-44, for ether).
pub const ACCOUNT_PATH: &str = "m/44'/60'/0'";
/// The gas of a transfer of native coin to an account without code.
pub const PLAIN_TRANSFER: u64 = 21_000;

/// Why a wallet cannot be read, or a sweep not be prepared.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    #[error("no node of {} responds", network.code())]
    Silent {
        network: Network,
        #[source]
        last: Option<RpcError>,
    },
    #[error("no node of {} that responds has its chain ID {chain_id}", network.code())]
    OtherChain { network: Network, chain_id: u64 },
    #[error(transparent)]
    Node(#[from] RpcError),
    #[error("{} has no base fee, so the fee of a transfer cannot be limited", .0.code())]
    NoBaseFee(Network),
    #[error("{} is not sent on {} by these settings", currency.coin_symbol(), network.code())]
    NoCoin { network: Network, currency: Currency },
    #[error("{0} is no contract on this network, so it is no Safe")]
    NoSafe(Address),
    #[error("the Safe has less than this, or nothing")]
    TooLittle,
}

/// The whole path of a deposit address.
pub fn whole_path(index: u32) -> String {
    format!("{ACCOUNT_PATH}/{}", path(index))
}

/// The address with this index, if the stored text is it. Addresses of the sandbox, and of another account key, are not.
pub fn own_address(account: &Xpub, index: u32, stored: &str) -> Option<Address> {
    let derived = derive(account, index).ok()?;
    (stored.parse() == Ok(derived)).then_some(derived)
}

/// The first node that answers and is on the right chain.
pub async fn usable_node<'a>(settings: &NetworkSettings, nodes: &'a Nodes) -> Result<&'a Node, WalletError> {
    let (network, expected) = (settings.network, settings.facts.chain_id);
    let (mut is_other, mut last) = (false, None);
    for node in nodes.all() {
        match node.chain_id().await {
            Ok(chain_id) if chain_id == expected => return Ok(node),
            Ok(_) => is_other = true,
            Err(error) => last = Some(error),
        }
    }
    Err(if is_other {
        WalletError::OtherChain { network, chain_id: expected }
    } else {
        WalletError::Silent { network, last }
    })
}

/// The block at which balances are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtBlock {
    pub number: u64,
    /// Whether the network never takes it back.
    pub is_final: bool,
}

/// The newest final block whose balances the node still has; else the newest block. Many nodes keep the balances of only
/// the last 128 blocks, and finality is further behind on some networks.
pub async fn block_for_balances(node: &Node) -> Result<AtBlock, WalletError> {
    if let Ok(Some(header)) = node.header(BlockTag::Finalized).await {
        let number = header.number.to();
        match node.balance(Address::ZERO, BlockTag::Number(number)).await {
            Ok(_) => return Ok(AtBlock { number, is_final: true }),
            Err(RpcError::Refused { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let latest = node.header(BlockTag::Latest).await?;
    let latest = latest.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "there is no newest block"))?;
    Ok(AtBlock { number: latest.number.to(), is_final: false })
}

/// The balances of one coin, in the order of the addresses.
pub async fn balances(
    node: &Node,
    settings: &NetworkSettings,
    coin: Currency,
    addresses: &[Address],
    block: u64,
) -> Result<Vec<U256>, WalletError> {
    let contract = if coin == settings.facts.native { None } else { Some(contract(settings, coin)?) };
    Ok(balances_of(node, contract, addresses, block).await?)
}

/// The same of the token with this contract; without one, of the native coin.
pub async fn balances_of(
    node: &Node,
    contract: Option<Address>,
    addresses: &[Address],
    block: u64,
) -> Result<Vec<U256>, RpcError> {
    let block = U64::from(block);
    let Some(contract) = contract else {
        let parameters: Vec<Json> = addresses.iter().map(|address| json!([address, block])).collect();
        return node.call_each::<U256>("eth_getBalance", &parameters).await?.into_iter().collect();
    };
    let question = |address: &Address| json!([{ "to": contract, "data": Selector::BALANCE_OF.call(&[address_word(*address)]) }, block]);
    let parameters: Vec<Json> = addresses.iter().map(question).collect();
    let answers: Vec<Result<Bytes, RpcError>> = node.call_each("eth_call", &parameters).await?;
    let number = |answer: Result<Bytes, RpcError>| {
        returned_number(&answer?).ok_or_else(|| node.unexpected("eth_call", "the balance is no number"))
    };
    answers.into_iter().map(number).collect()
}

/// The balances of every coin of a network, in the order of the addresses. Coins that an address does not have are left
/// out.
pub async fn holdings(
    node: &Node,
    settings: &NetworkSettings,
    addresses: &[Address],
    block: u64,
) -> Result<Vec<BTreeMap<Currency, U256>>, WalletError> {
    let mut holdings = vec![BTreeMap::new(); addresses.len()];
    for coin in coins(settings) {
        let balances = balances(node, settings, coin, addresses, block).await?;
        for (holding, balance) in holdings.iter_mut().zip(balances).filter(|(_, balance)| !balance.is_zero()) {
            holding.insert(coin, balance);
        }
    }
    Ok(holdings)
}

/// The coins that are looked for on a network: its tokens, and its native coin last.
pub fn coins(settings: &NetworkSettings) -> impl Iterator<Item = Currency> {
    settings.tokens.keys().copied().chain([settings.facts.native])
}

/// The contract of a token.
pub fn contract(settings: &NetworkSettings, coin: Currency) -> Result<Address, WalletError> {
    let missing = WalletError::NoCoin { network: settings.network, currency: coin };
    settings.tokens.get(&coin).copied().ok_or(missing)
}

/// An amount for a person; in the smallest unit if it is larger than any amount of money here.
pub fn shown(network: Network, coin: Currency, units: U256) -> String {
    from_units(network, coin, units)
        .map_or_else(|| format!("{units} smallest units of {}", coin.coin_symbol()), |money| money.with_coin_symbol())
}

/// The fees of the next transactions, in wei.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// What a transaction pays for its gas if it is in a block at once.
    pub expected_fee_per_gas: u128,
    pub max_fee_per_gas: u128,
    pub max_priority_fee_per_gas: u128,
    /// For the data of one transaction, on networks that ask for it; with a margin, since it changes.
    pub data_fee: U256,
}

impl Fees {
    /// What a transaction costs if it is in a block at once.
    pub fn expected(&self, gas: u64) -> U256 {
        U256::from(self.expected_fee_per_gas).saturating_mul(U256::from(gas)).saturating_add(self.data_fee)
    }

    /// The most that a transaction costs.
    pub fn most(&self, gas: u64) -> U256 {
        U256::from(self.max_fee_per_gas).saturating_mul(U256::from(gas)).saturating_add(self.data_fee)
    }
}

/// Asks for the current fees. The base fee may double until the transfers are signed and sent.
pub async fn fees(node: &Node, settings: &NetworkSettings) -> Result<Fees, WalletError> {
    let latest = node.latest().await?;
    if latest.base_fee_per_gas.is_none() {
        return Err(WalletError::NoBaseFee(settings.network));
    }
    let level = FeeLevel::read(node, &latest).await?;
    let data_fee = data_fee(node, &settings.facts).await?.saturating_mul(U256::from(2));
    let (expected_fee_per_gas, max_fee_per_gas) = (level.expected(), level.offer());
    Ok(Fees { expected_fee_per_gas, max_fee_per_gas, max_priority_fee_per_gas: level.priority, data_fee })
}
