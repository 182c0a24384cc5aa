//! What moves coins: payouts, deposits and network fees. [`connect`] chooses the implementation; everything above asks the
//! traits and does not know which it is.

pub mod deposits;
pub mod fees;
pub mod payouts;
pub mod sandbox;

use crate::{
    config::{ChainSetting, Mode, Settings},
    domain::error::{DomainError, ErrorCode},
    error::Error,
    store::Store,
};
use deposits::Deposits;
use fees::Fees;
use payouts::Payouts;
use sandbox::SandboxChain;
use std::{error::Error as StdError, sync::Arc};

/// The cause of a failure, as the implementation got it.
pub type Source = Box<dyn StdError + Send + Sync>;

/// Why a chain cannot do or tell what it was asked. After an error about a payout nobody knows whether it was sent, so its
/// state has to be asked again.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The same call may succeed later.
    #[error("the chain does not answer: {0}")]
    Unavailable(#[source] Source),
    /// Trying again does not help until somebody has repaired something.
    #[error("the chain cannot answer: {0}")]
    Broken(#[source] Source),
}

impl ChainError {
    /// Whether trying again makes sense.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<ChainError> for Error {
    fn from(error: ChainError) -> Self {
        Self::Chain { temporary: error.is_temporary(), source: error.into() }
    }
}

/// A connection to what moves coins.
#[derive(Clone)]
pub struct Chain {
    pub payouts: Arc<dyn Payouts>,
    pub deposits: Arc<dyn Deposits>,
    pub fees: Arc<dyn Fees>,
}

/// Why a server cannot start with the chosen chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error("the sandbox's chain moves no money; a production server needs another (REQUITE_CHAIN)")]
    SandboxInProduction,
}

impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::Chain { temporary: false, source: error.into() }
    }
}

/// Connects to the chain chosen in the settings; `None` if there is none. Production never pretends to send.
pub fn connect(settings: &Settings, store: &Store) -> Result<Option<Chain>, ConnectError> {
    match settings.chain() {
        ChainSetting::Sandbox if settings.mode == Mode::Production => Err(ConnectError::SandboxInProduction),
        ChainSetting::Sandbox => {
            let chain = Arc::new(SandboxChain::new(store.clone(), settings.sandbox_delay));
            Ok(Some(Chain { payouts: chain.clone(), deposits: chain.clone(), fees: chain }))
        }
        ChainSetting::None => Ok(None),
    }
}

/// The chain, or the error that nothing can be sent.
pub fn require(chain: Option<&Chain>) -> Result<&Chain, DomainError> {
    chain.ok_or_else(|| {
        DomainError::new(ErrorCode::ChainUnavailable, "This server is not connected to anything that could send coins.")
    })
}
