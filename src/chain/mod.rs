//! The connection to a blockchain: payouts, deposits and network fees. [`connect`] chooses the implementation; use
//! cases call only the traits, so they do not depend on it.

pub mod deposits;
pub mod evm;
pub mod fees;
pub mod payouts;
pub mod recipients;
pub mod sandbox;

use crate::{
    config::{ChainSetting, Mode, Settings},
    domain::{
        address::{
            network::Network,
            pairs::{Direction, Pairs},
        },
        error::{DomainError, ErrorCode},
    },
    error::Error,
    store::Store,
};
use deposits::Deposits;
use evm::EvmChain;
use fees::Fees;
use payouts::Payouts;
use recipients::Recipients;
use sandbox::SandboxChain;
use std::{error::Error as StdError, sync::Arc};

/// The cause of a failure, as reported to the implementation.
pub type Cause = Box<dyn StdError + Send + Sync>;

/// Why a call failed. After an error about a payout it may still have been sent, so its state must be queried again.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The same call may succeed later.
    #[error("the chain is temporarily unavailable: {0}")]
    Unavailable(#[source] Cause),
    /// Retrying does not help until a person has repaired something.
    #[error("the chain is unavailable: {0}")]
    Broken(#[source] Cause),
}

impl ChainError {
    /// Whether a retry may succeed.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<ChainError> for Error {
    fn from(error: ChainError) -> Self {
        Self::Chain { temporary: error.is_temporary(), source: error.into() }
    }
}

/// A connection to a blockchain, real or simulated.
#[derive(Clone)]
pub struct Chain {
    pub payouts: Arc<dyn Payouts>,
    pub deposits: Arc<dyn Deposits>,
    pub fees: Arc<dyn Fees>,
    pub recipients: Arc<dyn Recipients>,
    /// The networks whose blocks a worker of this server follows.
    pub evm: Option<EvmChain>,
}

impl Chain {
    /// The chain id of a network as this server follows it; `None` if it follows none.
    pub fn chain_id(&self, network: Network) -> Option<u64> {
        Some(self.evm.as_ref()?.connection(network)?.settings.facts.chain_id)
    }

    /// What is received: everything in the sandbox, otherwise the coins of the connected networks.
    pub fn received(&self) -> Pairs {
        self.evm.as_ref().map_or_else(|| Pairs::all(Direction::Received), EvmChain::received)
    }

    /// What is sent. On a real network that needs an account that pays, and somebody who signs.
    pub fn sent(&self) -> Pairs {
        self.evm.as_ref().map_or_else(|| Pairs::all(Direction::Sent), EvmChain::sent)
    }
}

/// Why a server cannot start with the chosen chain.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("the sandbox's chain moves no money; a production server needs another (REQUITE_CHAIN)")]
    SandboxInProduction,
    #[error("the chain is 'networks', so the file that describes them is needed (REQUITE_NETWORKS)")]
    NoNetworks,
    #[error(
        "a sandbox is connected to test networks only, since it has simulated payments that would be refunded in real \
         coins; give [networks.{}] the 'chain-id' and the 'tokens' of a test network, or set REQUITE_MODE=production", .0.code()
    )]
    MainNetworkInSandbox(Network),
    #[error("the HTTP client for nodes cannot be created")]
    Client(#[from] reqwest::Error),
}

impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::Chain { temporary: false, source: error.into() }
    }
}

/// Connects to the chain chosen in the settings; `None` if there is none. A production server refuses the simulated
/// chain.
pub fn connect(settings: &Settings, store: &Store) -> Result<Option<Chain>, ConnectError> {
    match settings.chain() {
        ChainSetting::Sandbox if settings.mode == Mode::Production => Err(ConnectError::SandboxInProduction),
        ChainSetting::Sandbox => {
            let chain = Arc::new(SandboxChain::new(store.clone(), settings.sandbox_delay));
            let (payouts, deposits, fees) = (chain.clone(), chain.clone(), chain.clone());
            Ok(Some(Chain { payouts, deposits, fees, recipients: chain, evm: None }))
        }
        ChainSetting::Networks => {
            let networks = settings.networks.as_ref().ok_or(ConnectError::NoNetworks)?;
            let main = networks.networks.iter().find(|network| !network.is_test_network());
            if let (Some(main), Mode::Sandbox) = (main, settings.mode) {
                return Err(ConnectError::MainNetworkInSandbox(main.network));
            }
            Ok(Some(EvmChain::new(networks)?.chain(networks, store)))
        }
        ChainSetting::None => Ok(None),
    }
}

/// The chain, or the error that nothing can be sent.
pub fn require(chain: Option<&Chain>) -> Result<&Chain, DomainError> {
    chain.ok_or_else(|| DomainError::new(ErrorCode::ChainUnavailable, "error-no-chain"))
}
