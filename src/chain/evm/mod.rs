//! Ethereum and the networks like it: Base, Arbitrum, Optimism, Polygon, Avalanche.

pub mod addresses;
pub mod assigned;
pub mod batches;
pub mod begun;
pub mod books;
pub mod connection;
pub mod custody;
pub mod deposits;
pub mod examine;
pub mod fees;
pub mod finality;
pub mod heights;
pub mod issuer;
pub mod nodes;
pub mod outgoing;
pub mod payouts;
pub mod recipients;
pub mod rpc;
pub mod scan;
pub mod traces;
pub mod wallet;

use super::{Chain, ChainError, deposits::Deposits};
use crate::{
    config::networks::Networks,
    context::Context,
    domain::{
        address::{
            network::Network,
            pairs::{Direction, Pairs},
        },
        refunds::transfer::SenderAccount,
    },
    error::with_causes,
    outages::Outages,
    signer::client::SignerClient,
    store::{Store, intents::skipped_addresses::SkippedAddress},
};
use alloy_primitives::Address;
use begun::Begun;
use bitcoin::bip32::Xpub;
use chrono::{DateTime, Utc};
use connection::{Connection, notation};
use custody::Custody;
use fees::EvmFees;
use futures::future::join_all;
use nodes::Nodes;
use payouts::EvmPayouts;
use recipients::EvmRecipients;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Mutex;
use wallet::used::used_from;

/// The connections to all EVM networks of this server, and who signs.
#[derive(Clone)]
pub struct EvmChain {
    pub connections: Vec<Arc<Connection>>,
    /// Who signs, by socket.
    custodies: BTreeMap<PathBuf, Arc<dyn Custody>>,
}

impl EvmChain {
    /// Prepares the connections. Nothing is sent yet.
    pub fn new(networks: &Networks) -> Result<Self, reqwest::Error> {
        let connections = networks.networks.iter().map(|settings| {
            let (settings, nodes) = (settings.clone(), Nodes::new(settings)?);
            Ok(Arc::new(Connection { settings, nodes, begun: Begun::default() }))
        });
        let senders = networks.networks.iter().flat_map(|settings| &settings.senders);
        let sockets = senders.map(|sender| &sender.signer).chain(&networks.signer);
        let custody = |socket: &PathBuf| -> Arc<dyn Custody> { Arc::new(SignerClient::new(socket.clone())) };
        Ok(Self {
            connections: connections.collect::<Result<_, reqwest::Error>>()?,
            custodies: sockets.map(|socket| (socket.clone(), custody(socket))).collect(),
        })
    }

    /// Who signs for an account of the settings. Nobody signs for another.
    pub fn custody(&self, network: Network, account: &str) -> Option<&dyn Custody> {
        self.custodies.get(self.socket(network, account)?).map(AsRef::as_ref)
    }

    /// Every signer of this server except that of an account. One of them may have signed for an account that the settings do
    /// not have any more.
    pub fn other_custodies(&self, network: Network, account: &str) -> Vec<&dyn Custody> {
        let own = self.socket(network, account);
        let others = self.custodies.iter().filter(|(socket, _)| Some(*socket) != own);
        others.map(|(_, custody)| custody.as_ref()).collect()
    }

    /// The socket of the signer of an account of the settings.
    fn socket(&self, network: Network, account: &str) -> Option<&PathBuf> {
        let mut senders = self.connection(network).into_iter().flat_map(|connection| &connection.settings.senders);
        Some(&senders.find(|sender| notation(sender.address) == account)?.signer)
    }

    /// Who may know what an account has signed, also one that the settings do not have any more: the signer with its key, or
    /// one that had it before. If there is none, any, which says that it does not know; `None` if this server has no signer.
    pub async fn custody_of(&self, network: Network, account: Address) -> Option<&dyn Custody> {
        if let Some(custody) = self.custody(network, &notation(account)) {
            return Some(custody);
        }
        let Some(connection) = self.connection(network) else { return self.custodies().next() };
        let chain_id = connection.settings.facts.chain_id;
        let asked = self.custodies().map(|custody| async move {
            let has_key = custody.status().await.is_ok_and(|status| status.address == account);
            (custody, has_key, has_key || custody.remembers(chain_id, account).await.unwrap_or(false))
        });
        let asked = join_all(asked).await;
        let found = asked.iter().find(|(_, has_key, _)| *has_key).or_else(|| asked.iter().find(|(.., knows)| *knows));
        found.or(asked.first()).map(|(custody, ..)| *custody)
    }

    /// Every signer of this server.
    pub fn custodies(&self) -> impl Iterator<Item = &dyn Custody> {
        self.custodies.values().map(AsRef::as_ref)
    }

    /// Whether the settings have an account that pays. No server signs for another.
    pub fn has_sender(&self, network: Network, account: &str) -> bool {
        let mut senders = self.connection(network).into_iter().flat_map(|connection| &connection.settings.senders);
        senders.any(|sender| notation(sender.address) == account)
    }

    /// The accounts that pay, as they are before their first round.
    pub fn accounts(&self) -> impl Iterator<Item = SenderAccount> {
        let settings = self.connections.iter().map(|connection| &connection.settings);
        settings.flat_map(|network| {
            network.senders.iter().map(|sender| SenderAccount::new(network.network, notation(sender.address)))
        })
    }

    /// The connection to a network.
    pub fn connection(&self, network: Network) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.settings.network == network).map(AsRef::as_ref)
    }

    /// The coins of the connected networks.
    pub fn received(&self) -> Pairs {
        Pairs::only(Direction::Received, |network, coin| {
            self.connection(network).is_some_and(|connection| connection.coin(coin).is_some())
        })
    }

    /// Those of them that are sent.
    pub fn sent(&self) -> Pairs {
        Pairs::only(Direction::Sent, |network, coin| {
            self.connection(network)
                .is_some_and(|connection| !connection.settings.senders.is_empty() && connection.coin(coin).is_some())
        })
    }

    /// The chain as use cases call it.
    pub fn chain(&self, networks: &Networks, store: &Store) -> Chain {
        let connections = self.connections.clone();
        Chain {
            payouts: Arc::new(EvmPayouts { store: store.clone(), connections: connections.clone() }),
            deposits: Arc::new(EvmAddresses {
                store: store.clone(),
                account: networks.deposits,
                connections: connections.clone(),
                looked_at: Mutex::default(),
                outages: Outages::default(),
            }),
            recipients: Arc::new(EvmRecipients::new(connections.clone())),
            fees: Arc::new(EvmFees { connections }),
            evm: Some(self.clone()),
        }
    }
}

/// How long a network that did not answer is not asked again whether addresses were used.
const AWAY: Duration = Duration::from_secs(15);

/// Deposit addresses on all EVM networks: the same index has the same address on each.
struct EvmAddresses {
    store: Store,
    account: Xpub,
    connections: Vec<Arc<Connection>>,
    /// The networks on which was looked for used addresses, and when others did not answer.
    looked_at: Mutex<HashMap<Network, LookedAt>>,
    outages: Outages,
}

#[derive(Clone, Copy)]
enum LookedAt {
    Done,
    Failed(Instant),
}

impl EvmAddresses {
    async fn look(&self, context: &Context<'_>, connection: &Connection) -> Result<(), ChainError> {
        let network = connection.settings.network;
        let used = used_from(connection, self.store.next_address_index(network).await?).await?;
        let Some((last, _)) = used.last() else { return Ok(()) };
        tracing::error!(
            network = network.code(),
            index = last,
            "deposit addresses were used that this database has assigned to nobody; they are skipped"
        );
        let used: Vec<_> =
            used.iter().map(|(index, address)| SkippedAddress { index: *index, address: notation(*address) }).collect();
        self.store.skip_used_addresses(context, network, &used).await?;
        Ok(())
    }
}

impl EvmAddresses {
    fn note(&self, network: Network, now: DateTime<Utc>, failure: Option<&ChainError>) {
        let (code, title) = (network.code(), network.title());
        match failure {
            Some(error) if self.outages.fails(network, now) => {
                tracing::warn!(network = code, error = %with_causes(error), "deposit addresses wait for {title}; trying again");
            }
            None if self.outages.works(network) => {
                tracing::info!(network = code, "deposit addresses do not wait for {title} any more");
            }
            Some(_) | None => {}
        }
    }
}

#[async_trait::async_trait]
impl Deposits for EvmAddresses {
    async fn address(&self, network: Network, index: u32) -> Result<String, ChainError> {
        if !self.connections.iter().any(|connection| connection.settings.network == network) {
            return Err(ChainError::Broken(format!("this server is not connected to {}", network.title()).into()));
        }
        let address = addresses::derive(&self.account, index).map_err(|error| ChainError::Broken(error.into()))?;
        Ok(notation(address))
    }

    /// The same address is used on every network, so each that answers is looked at; but only the asked one has to answer.
    async fn leave_out_used(&self, context: &Context<'_>, network: Network) -> Result<(), ChainError> {
        // Held meanwhile, so that nothing is asked twice.
        let mut looked_at = self.looked_at.lock().await;
        let mut answer = Ok(());
        for connection in &self.connections {
            let other = connection.settings.network;
            let outcome = match looked_at.get(&other) {
                Some(LookedAt::Done) => Ok(()),
                Some(LookedAt::Failed(at)) if at.elapsed() < AWAY => Err(ChainError::Unavailable(
                    "it is not known which addresses were used, since no node responded".into(),
                )),
                Some(LookedAt::Failed(_)) | None => {
                    let outcome = self.look(context, connection).await;
                    self.note(other, context.now, outcome.as_ref().err());
                    let state = if outcome.is_ok() { LookedAt::Done } else { LookedAt::Failed(Instant::now()) };
                    looked_at.insert(other, state);
                    outcome
                }
            };
            if other == network {
                answer = outcome;
            }
        }
        answer
    }
}
