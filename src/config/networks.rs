//! The networks on which coins really move: a file in TOML, since each network has several settings. It is parsed and
//! checked completely before anything else starts; `chain::evm` compares it with the nodes afterwards.

use crate::{
    domain::{
        address::network::Network,
        intents::credit_rule::{CreditAfter, CreditRule},
        money::{Money, currency::Currency},
        names::Named,
    },
    evm::networks::{EvmNetwork, facts, tokens},
};
use alloy_primitives::Address;
use bitcoin::bip32::Xpub;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

/// Why a file of networks is refused.
#[derive(Debug, thiserror::Error)]
pub enum NetworksError {
    #[error("it cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error("'deposits' must be the extended public key of an account, such as 'xpub6…'")]
    Xpub(#[source] bitcoin::bip32::Error),
    #[error("it has no [networks.…]")]
    NoNetwork,
    #[error("[networks.{0}] is not a network that this version can send on; it knows {known}", known = known())]
    Network(String),
    #[error("[networks.{code}] has no 'rpc'", code = .0.code())]
    NoNode(Network),
    #[error("[networks.{code}] has an 'rpc' that does not look like 'https://node.example'", code = .0.code())]
    Node(Network),
    #[error("[networks.{code}] has the same node twice in 'rpc': its word would count twice", code = .0.code())]
    NodeTwice(Network),
    #[error("[networks.{code}] names its tokens, which only a test network does: give its 'chain-id' too", code = .0.code())]
    TokensOfMainNetwork(Network),
    #[error("[networks.{code}.tokens] has {1}, which is not a token on this network; it knows {known}", code = .0.code(), known = tokens_of(*.0))]
    Token(Network, String),
    #[error("[networks.{code}.tokens] has the contract {1} for two currencies", code = .0.code())]
    ContractTwice(Network, Address),
    #[error(
        "[networks.{}] has 'credit = \"{text}\"'; write \"finalized\", \"safe\" or a number of blocks above zero",
        network.code()
    )]
    Credit { network: Network, text: String },
    #[error("[networks.{code}] has rules in 'credit' that are not sorted by 'up-to', or whose last has an 'up-to'", code = .0.code())]
    CreditRules(Network),
    #[error("[networks.{code}] has a wrong amount of dollars: {text}", code = network.code())]
    Dollars { network: Network, text: String },
    #[error("[networks.{code}] has a wrong amount of its own coin: {text}", code = network.code())]
    Gas { network: Network, text: String },
    #[error("[networks.{code}.low] has a wrong coin or amount: {text}", code = network.code())]
    Low { network: Network, text: String },
    #[error("[networks.{code}] has a wrong duration: {text}", code = network.code())]
    Duration { network: Network, text: String },
    #[error("[networks.{code}] has a 'sender', so the file must have a 'signer'", code = .0.code())]
    NoSigner(Network),
    #[error("[networks.{code}] has 'sender' and 'senders'; write one of them", code = .0.code())]
    SenderAndSenders(Network),
    #[error("[networks.{code}] has the account {1} twice in 'senders'", code = .0.code())]
    SenderTwice(Network, Address),
}

fn tokens_of(network: Network) -> String {
    let coins = network.coins().iter().map(|(coin, _)| *coin);
    let native = facts(network).map(|facts| facts.native);
    coins.filter(|coin| Some(*coin) != native).map(Currency::code).collect::<Vec<_>>().join(", ")
}

fn known() -> String {
    Network::all().filter(|network| facts(*network).is_some()).map(Network::code).collect::<Vec<_>>().join(", ")
}

/// The address of a node. Shown without its path, which often contains a key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NodeUrl(pub reqwest::Url);

impl NodeUrl {
    /// The host with its port, if that is unusual.
    pub fn host(&self) -> String {
        let port = self.0.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}", self.0.host_str().unwrap_or_default())
    }
}

impl fmt::Debug for NodeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeUrl({})", self.host())
    }
}

/// An account that pays refunds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderSettings {
    pub address: Address,
    /// The socket of the signer that has its key.
    pub signer: PathBuf,
}

/// One network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkSettings {
    pub network: Network,
    pub facts: EvmNetwork,
    /// At least one.
    pub nodes: Vec<NodeUrl>,
    /// The tokens that are credited and sent, by currency.
    pub tokens: BTreeMap<Currency, Address>,
    /// The accounts that pay refunds; without one, deposits are watched and nothing is sent.
    pub senders: Vec<SenderSettings>,
    /// The address of an explorer, without a trailing slash.
    pub explorer: Option<String>,
    /// Sorted by amount; the last has no limit.
    pub credit: Vec<CreditRule>,
    /// Deposits below this worth, in US dollars, are not credited.
    pub dust: Money,
    /// The highest fee that one transfer may cost, in US dollars. A transfer that would cost more is held.
    pub max_fee: Money,
    /// Below these amounts the account that pays is low: of the coins that it pays in, and of the network's own coin for
    /// fees.
    pub low: BTreeMap<Currency, Money>,
    /// Addresses of the merchant on this network, such as its treasury. Coins are moved there from deposit addresses, and
    /// from there to the account that pays.
    pub own_addresses: BTreeSet<Address>,
    /// The account key of deposit addresses, as in [`Networks`].
    pub deposits: Xpub,
    /// How long a transfer stays in no block until its fee is raised.
    pub bump_after: Duration,
    /// The pause between two questions for new blocks.
    pub poll: Duration,
}

impl NetworkSettings {
    /// Whether the settings replace the main network by another one.
    pub fn is_test_network(&self) -> bool {
        facts(self.network).is_none_or(|main| main.chain_id != self.facts.chain_id)
    }
}

/// The networks of this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks {
    /// The account key from which deposit addresses are derived: its children `0/index` (BIP-44).
    pub deposits: Xpub,
    /// The socket of the signer, where a sender does not name another.
    pub signer: Option<PathBuf>,
    pub networks: Vec<NetworkSettings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    deposits: String,
    signer: Option<PathBuf>,
    #[serde(default)]
    networks: BTreeMap<String, Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Section {
    #[serde(default)]
    rpc: Vec<String>,
    chain_id: Option<u64>,
    #[serde(default)]
    tokens: BTreeMap<String, Address>,
    sender: Option<Address>,
    #[serde(default)]
    senders: Vec<Sender>,
    explorer: Option<String>,
    credit: Option<Credit>,
    dust: Option<String>,
    max_fee: Option<String>,
    low_gas: Option<String>,
    #[serde(default)]
    low: BTreeMap<String, String>,
    #[serde(default)]
    own_addresses: BTreeSet<Address>,
    bump_after: Option<String>,
    poll: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sender {
    address: Address,
    /// The file's signer if it is left out.
    signer: Option<PathBuf>,
}

/// One rule for every amount, or a list of rules.
#[derive(Deserialize)]
#[serde(untagged)]
enum Credit {
    Blocks(u64),
    After(String),
    Rules(Vec<Rule>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Rule {
    up_to: Option<String>,
    after: toml::Value,
}

/// Reads and checks the file.
pub fn networks_file(path: &str) -> Result<Networks, NetworksError> {
    Networks::parse(&std::fs::read_to_string(Path::new(path))?)
}

impl Networks {
    /// Parses the text of a file.
    pub fn parse(text: &str) -> Result<Self, NetworksError> {
        let file: File = toml::from_str(text)?;
        let deposits = file.deposits.parse().map_err(NetworksError::Xpub)?;
        let networks = file.networks.into_iter().map(|(code, section)| {
            let network = <Network as Named>::parse(&code).ok_or_else(|| NetworksError::Network(code.clone()))?;
            let known = facts(network).ok_or(NetworksError::Network(code))?;
            section.check(network, known, deposits, file.signer.as_deref())
        });
        let networks = networks.collect::<Result<Vec<_>, _>>()?;
        if networks.is_empty() {
            return Err(NetworksError::NoNetwork);
        }
        Ok(Self { deposits, signer: file.signer, networks })
    }
}

impl Section {
    fn check(
        self,
        network: Network,
        known: EvmNetwork,
        deposits: Xpub,
        signer: Option<&Path>,
    ) -> Result<NetworkSettings, NetworksError> {
        let senders = senders(network, self.sender, self.senders, signer)?;
        if !self.tokens.is_empty() && self.chain_id.is_none_or(|id| id == known.chain_id) {
            return Err(NetworksError::TokensOfMainNetwork(network));
        }
        // A test network has none of the main network's contracts, so only those that are named.
        let own = self.chain_id.is_none_or(|id| id == known.chain_id);
        let mut contracts: BTreeMap<_, _> = tokens(network).filter(|_| own).collect();
        for (code, contract) in &self.tokens {
            let token =
                <Currency as Named>::parse(code).filter(|token| network.supports(*token) && *token != known.native);
            let token = token.ok_or_else(|| NetworksError::Token(network, code.clone()))?;
            if contracts.insert(token, *contract).is_none()
                && contracts.values().filter(|one| *one == contract).count() > 1
            {
                return Err(NetworksError::ContractTwice(network, *contract));
            }
        }
        let dollars = |text: Option<String>, default: &str| {
            let text = text.unwrap_or_else(|| default.to_owned());
            Money::parse(&text, Currency::Usd).map_err(|_| NetworksError::Dollars { network, text })
        };
        let duration = |text: Option<String>, default| match text {
            None => Ok(default),
            Some(text) => humantime::parse_duration(&text).map_err(|_| NetworksError::Duration { network, text }),
        };
        let mut low = BTreeMap::new();
        for (code, text) in self.low {
            let wrong = || NetworksError::Low { network, text: format!("{code} = {text:?}") };
            let coin = <Currency as Named>::parse(&code).ok_or_else(wrong)?;
            if coin != known.native && !contracts.contains_key(&coin) {
                return Err(wrong());
            }
            low.insert(coin, Money::parse(&text, coin).map_err(|_| wrong())?);
        }
        if let Some(text) = self.low_gas {
            let gas = Money::parse(&text, known.native).map_err(|_| NetworksError::Gas { network, text })?;
            low.insert(known.native, gas);
        }
        Ok(NetworkSettings {
            network,
            facts: EvmNetwork { chain_id: self.chain_id.unwrap_or(known.chain_id), ..known },
            nodes: nodes(network, &self.rpc)?,
            tokens: contracts,
            senders,
            explorer: self.explorer.map(|url| url.trim_end_matches('/').to_owned()),
            credit: credit_rules(network, self.credit)?,
            dust: dollars(self.dust, "0.01")?,
            max_fee: dollars(self.max_fee, "20")?,
            low,
            own_addresses: self.own_addresses,
            deposits,
            bump_after: duration(self.bump_after, (known.block_time * 5).max(Duration::from_secs(30)))?,
            poll: duration(self.poll, known.block_time)?,
        })
    }
}

fn senders(
    network: Network,
    one: Option<Address>,
    several: Vec<Sender>,
    default: Option<&Path>,
) -> Result<Vec<SenderSettings>, NetworksError> {
    if one.is_some() && !several.is_empty() {
        return Err(NetworksError::SenderAndSenders(network));
    }
    let mut senders: Vec<SenderSettings> = Vec::new();
    for Sender { address, signer } in one.map(|address| Sender { address, signer: None }).into_iter().chain(several) {
        if senders.iter().any(|known| known.address == address) {
            return Err(NetworksError::SenderTwice(network, address));
        }
        let signer = signer.or_else(|| default.map(Path::to_path_buf)).ok_or(NetworksError::NoSigner(network))?;
        senders.push(SenderSettings { address, signer });
    }
    Ok(senders)
}

fn nodes(network: Network, texts: &[String]) -> Result<Vec<NodeUrl>, NetworksError> {
    let mut nodes = Vec::new();
    for text in texts {
        let url = reqwest::Url::parse(text).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let node = NodeUrl(url.ok_or(NetworksError::Node(network))?);
        if nodes.contains(&node) {
            return Err(NetworksError::NodeTwice(network));
        }
        nodes.push(node);
    }
    if nodes.is_empty() {
        return Err(NetworksError::NoNode(network));
    }
    Ok(nodes)
}

fn credit_rules(network: Network, credit: Option<Credit>) -> Result<Vec<CreditRule>, NetworksError> {
    let always = |after| vec![CreditRule { up_to: None, after }];
    let rules = match credit {
        None => return Ok(always(CreditAfter::Finalized)),
        Some(Credit::Blocks(blocks)) => return Ok(always(credit_after(network, &blocks.to_string())?)),
        Some(Credit::After(text)) => return Ok(always(credit_after(network, &text)?)),
        Some(Credit::Rules(rules)) => rules,
    };
    let mut parsed = Vec::with_capacity(rules.len());
    for Rule { up_to, after } in rules {
        let up_to = up_to.map(|text| {
            Money::parse(&text, Currency::Usd).map_err(|_| NetworksError::Dollars { network, text: text.clone() })
        });
        let text = after.as_str().map_or_else(|| after.to_string(), str::to_owned);
        parsed.push(CreditRule { up_to: up_to.transpose()?, after: credit_after(network, &text)? });
    }
    let limits: Vec<_> = parsed.iter().map(|rule| rule.up_to.map(Money::amount)).collect();
    let (last, others) = limits.split_last().ok_or(NetworksError::CreditRules(network))?;
    if last.is_some() || others.iter().any(Option::is_none) || !others.is_sorted() {
        return Err(NetworksError::CreditRules(network));
    }
    Ok(parsed)
}

fn credit_after(network: Network, text: &str) -> Result<CreditAfter, NetworksError> {
    match (text, text.parse()) {
        ("finalized", _) => Ok(CreditAfter::Finalized),
        ("safe", _) => Ok(CreditAfter::Safe),
        (_, Ok(blocks)) if blocks > 0 => Ok(CreditAfter::Blocks(blocks)),
        _ => Err(NetworksError::Credit { network, text: text.to_owned() }),
    }
}
