//! What the signer may sign, from a file that only an administrator writes.

use super::protocol::Coin;
use crate::evm::authorization::TokenDomain;
use alloy_primitives::{Address, U256, utils::format_units};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The decimals of the native coin of every network with Ethereum's transactions.
pub(super) const NATIVE_DECIMALS: u8 = 18;
/// One gwei is 10^9 wei.
const GWEI_DECIMALS: u8 = 9;
/// No token has more, and 10^77 is the largest power of ten in a word.
const MOST_DECIMALS: u8 = 36;

/// Enough for a fee that is raised by an eighth each time until it is a thousand times the first.
const SIGNATURES_PER_TRANSFER: u64 = 64;
/// Some five megabytes of memory.
const SIGNATURES_PER_DAY: u64 = 5_000;

/// What the signer may sign, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The ids of the users who may ask for signatures.
    pub peers: BTreeSet<u32>,
    /// How many payments may be signed for one transfer, with raised fees; and as many cancellations. Every signature is
    /// remembered for ever, and a thief of the server could fill the disk with them.
    pub signatures_per_transfer: u64,
    /// How many may be signed in a day, on all networks.
    pub signatures_per_day: u64,
    networks: BTreeMap<u64, NetworkPolicy>,
}

/// What may be signed on one network. Fees are in wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPolicy {
    pub max_fee_per_gas: u128,
    pub max_gas_limit: u64,
    /// Of one transaction.
    pub max_fee: U256,
    pub max_fees_per_day: U256,
    coins: BTreeMap<Coin, CoinPolicy>,
}

/// What may be paid in one coin. Limits are in the coin's smallest unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinPolicy {
    pub decimals: u8,
    pub per_transfer: U256,
    pub per_day: U256,
    /// How a token that knows authorised transfers (EIP-3009) names itself in signatures.
    pub domain: Option<TokenDomain>,
}

/// Why a policy cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the policy cannot be read")]
    Read(#[source] std::io::Error),
    #[error("other users can change the policy; its mode must be 0644 or stricter")]
    Writable,
    #[error("the policy is not valid")]
    Syntax(#[source] Box<toml::de::Error>),
    #[error("[networks.{0}] is not the number of a chain, or is there twice")]
    ChainId(String),
    #[error("{field} of network {chain_id} is not an amount of at most {decimals} decimals: '{text}'")]
    Amount { chain_id: u64, field: &'static str, text: String, decimals: u8 },
    #[error("network {chain_id}: {contract} is not the contract of a token, or is there twice")]
    Contract { chain_id: u64, contract: Address },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PolicyFile {
    peers: BTreeSet<u32>,
    signatures_per_transfer: Option<u64>,
    signatures_per_day: Option<u64>,
    #[serde(default)]
    networks: BTreeMap<String, NetworkTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct NetworkTable {
    max_fee_per_gas_in_gwei: String,
    max_gas_limit: u64,
    max_fee: String,
    max_fees_per_day: String,
    native: Option<NativeTable>,
    #[serde(default)]
    tokens: Vec<TokenTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct NativeTable {
    per_transfer: String,
    per_day: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct TokenTable {
    contract: Address,
    decimals: u8,
    per_transfer: String,
    per_day: String,
    domain: Option<DomainTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct DomainTable {
    name: String,
    version: String,
}

impl Policy {
    /// Reads a file, unless other users can write it.
    pub fn read(file: &Path) -> Result<Self, Error> {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata().map_err(Error::Read)?.permissions().mode();
        if mode & 0o022 != 0 {
            return Err(Error::Writable);
        }
        Self::parse(&std::fs::read_to_string(file).map_err(Error::Read)?)
    }

    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: PolicyFile = toml::from_str(text).map_err(|error| Error::Syntax(Box::new(error)))?;
        let mut networks = BTreeMap::new();
        for (key, table) in file.networks {
            // The memory's numbers have 63 bits.
            let chain_id = key.parse().ok().filter(|id| i64::try_from(*id).is_ok_and(|id| id > 0));
            let Some(chain_id) = chain_id else { return Err(Error::ChainId(key)) };
            if networks.insert(chain_id, table.parse(chain_id)?).is_some() {
                return Err(Error::ChainId(key));
            }
        }
        Ok(Self {
            peers: file.peers,
            signatures_per_transfer: file.signatures_per_transfer.unwrap_or(SIGNATURES_PER_TRANSFER),
            signatures_per_day: file.signatures_per_day.unwrap_or(SIGNATURES_PER_DAY),
            networks,
        })
    }

    pub fn network(&self, chain_id: u64) -> Option<&NetworkPolicy> {
        self.networks.get(&chain_id)
    }

    /// Every network with its chain id.
    pub fn networks(&self) -> impl Iterator<Item = (u64, &NetworkPolicy)> {
        self.networks.iter().map(|(chain_id, network)| (*chain_id, network))
    }
}

impl NetworkPolicy {
    pub fn coin(&self, coin: Coin) -> Option<&CoinPolicy> {
        self.coins.get(&coin)
    }

    pub fn coins(&self) -> impl Iterator<Item = (Coin, &CoinPolicy)> {
        self.coins.iter().map(|(coin, policy)| (*coin, policy))
    }
}

impl CoinPolicy {
    /// An amount for people, in whole coins.
    pub fn shown(&self, units: U256) -> String {
        shown(units, self.decimals)
    }
}

/// An amount in the smallest unit, for people.
pub(super) fn shown(units: U256, decimals: u8) -> String {
    match format_units(units, decimals) {
        Ok(text) if text.contains('.') => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        Ok(text) => text,
        Err(_) => units.to_string(),
    }
}

impl NetworkTable {
    fn parse(self, chain_id: u64) -> Result<NetworkPolicy, Error> {
        let amount = |field, text: String, decimals| match parse_amount(&text, decimals) {
            Some(amount) => Ok(amount),
            None => Err(Error::Amount { chain_id, field, text, decimals }),
        };
        let gwei = self.max_fee_per_gas_in_gwei;
        let max_fee_per_gas = amount("max-fee-per-gas-in-gwei", gwei.clone(), GWEI_DECIMALS)?;
        let max_fee_per_gas = u128::try_from(max_fee_per_gas).map_err(|_| Error::Amount {
            chain_id,
            field: "max-fee-per-gas-in-gwei",
            text: gwei,
            decimals: GWEI_DECIMALS,
        })?;
        let mut coins = BTreeMap::new();
        if let Some(native) = self.native {
            let policy = CoinPolicy {
                decimals: NATIVE_DECIMALS,
                per_transfer: amount("per-transfer", native.per_transfer, NATIVE_DECIMALS)?,
                per_day: amount("per-day", native.per_day, NATIVE_DECIMALS)?,
                domain: None,
            };
            coins.insert(Coin::Native, policy);
        }
        for token in self.tokens {
            let TokenTable { contract, decimals, per_transfer, per_day, domain } = token;
            let domain = domain.map(|DomainTable { name, version }| TokenDomain { name, version, chain_id, contract });
            let policy = CoinPolicy {
                decimals,
                per_transfer: amount("per-transfer", per_transfer, decimals)?,
                per_day: amount("per-day", per_day, decimals)?,
                domain,
            };
            if contract.is_zero() || coins.insert(Coin::Token(contract), policy).is_some() {
                return Err(Error::Contract { chain_id, contract });
            }
        }
        Ok(NetworkPolicy {
            max_fee_per_gas,
            max_gas_limit: self.max_gas_limit,
            max_fee: amount("max-fee", self.max_fee, NATIVE_DECIMALS)?,
            max_fees_per_day: amount("max-fees-per-day", self.max_fees_per_day, NATIVE_DECIMALS)?,
            coins,
        })
    }
}

/// An amount such as `12.50` in the smallest unit. `None` if it is no number or has more decimals.
fn parse_amount(text: &str, decimals: u8) -> Option<U256> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = usize::from(decimals);
    let fits = decimals <= usize::from(MOST_DECIMALS) && whole.len() <= 30;
    if !fits || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return None;
    }
    U256::from_str_radix(&format!("{whole}{fraction:0<decimals$}"), 10).ok()
}
