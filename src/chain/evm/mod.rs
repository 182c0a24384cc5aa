//! Ethereum and the networks like it: Base, Arbitrum, Optimism, Polygon, Avalanche.

pub mod addresses;
pub mod connection;
pub mod custody;
pub mod deposits;
pub mod examine;
pub mod fees;
pub mod heights;
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
    domain::address::{
        network::Network,
        pairs::{Direction, Pairs},
    },
    signer::client::SignerClient,
    store::Store,
};
use bitcoin::bip32::Xpub;
use connection::{Connection, notation};
use custody::Custody;
use fees::EvmFees;
use nodes::Nodes;
use payouts::EvmPayouts;
use recipients::EvmRecipients;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// The connections to all EVM networks of this server, and who signs.
#[derive(Clone)]
pub struct EvmChain {
    pub connections: Vec<Arc<Connection>>,
    /// Who signs, by socket.
    custodies: BTreeMap<PathBuf, Arc<dyn Custody>>,
    /// The socket of the signer that accounts have which the settings do not name any more.
    signer: Option<PathBuf>,
}

impl EvmChain {
    /// Prepares the connections. Nothing is sent yet.
    pub fn new(networks: &Networks) -> Result<Self, reqwest::Error> {
        let connections = networks
            .networks
            .iter()
            .map(|settings| Ok(Arc::new(Connection { settings: settings.clone(), nodes: Nodes::new(settings)? })));
        let senders = networks.networks.iter().flat_map(|settings| &settings.senders);
        let sockets = senders.map(|sender| &sender.signer).chain(&networks.signer);
        let custody = |socket: &PathBuf| -> Arc<dyn Custody> { Arc::new(SignerClient::new(socket.clone())) };
        Ok(Self {
            connections: connections.collect::<Result<_, reqwest::Error>>()?,
            custodies: sockets.map(|socket| (socket.clone(), custody(socket))).collect(),
            signer: networks.signer.clone(),
        })
    }

    /// Who signs for an account; `None` if this server has no signer for it.
    pub fn custody(&self, network: Network, account: &str) -> Option<&dyn Custody> {
        let mut senders = self.connection(network).into_iter().flat_map(|connection| &connection.settings.senders);
        let named = senders.find(|sender| notation(sender.address) == account).map(|sender| &sender.signer);
        self.custodies.get(named.or(self.signer.as_ref())?).map(AsRef::as_ref)
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
            deposits: Arc::new(EvmAddresses { account: networks.deposits, connections: connections.clone() }),
            recipients: Arc::new(EvmRecipients::new(connections.clone())),
            fees: Arc::new(EvmFees { connections }),
            evm: Some(self.clone()),
        }
    }
}

/// Deposit addresses on all EVM networks: the same index has the same address on each.
struct EvmAddresses {
    account: Xpub,
    connections: Vec<Arc<Connection>>,
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
}
