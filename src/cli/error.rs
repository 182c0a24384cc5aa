//! Errors of commands.

use super::signer::SignerError;
use crate::{
    chain::{ConnectError, evm::wallet::WalletError},
    domain::{
        address::{AddressError, network::Network},
        error::DomainError,
        policy::screening::DenyListError,
    },
    error, store,
    store::operations::installation::InstallationError,
    texts::errors::english_text,
};
use std::{io, net::SocketAddr, path::PathBuf, process::ExitCode};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The use case refused or failed.
    #[error(transparent)]
    Requite(#[from] error::Error),
    #[error("the password cannot be read")]
    Password(#[source] io::Error),
    #[error("{} cannot be read", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{}{}", path.display(), unreadable(.source))]
    DenyList { path: PathBuf, source: DenyListError },
    #[error("demo data is for a sandbox without real networks only")]
    DemoInProduction,
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    /// The server should end only after a signal.
    #[error("the server ended unexpectedly")]
    ServerEnded(#[source] Option<tokio::task::JoinError>),
    #[error("another server has taken the name of this one; REQUITE_SERVER_NAME must differ")]
    NameTaken,
    #[error(transparent)]
    Signer(#[from] SignerError),
    #[error("the worker ended unexpectedly")]
    WorkerEnded(#[source] Option<tokio::task::JoinError>),
    /// The database and the settings do not belong together.
    #[error(transparent)]
    Installation(#[from] InstallationError),
    /// Each network that is not what the settings say, with the reason.
    #[error("the server must not start, since coins could be lost:\n{}\n'requite doctor' shows everything that was found", .0.join("\n"))]
    WrongNetworks(Vec<String>),
    #[error("no networks are configured; name their file with --networks or REQUITE_NETWORKS")]
    NoNetworks,
    #[error("the networks file has no [networks.{}]", .0.code())]
    NetworkNotConfigured(Network),
    #[error("'--from' names a Safe, so it needs '--format safe'; deposit addresses are found automatically")]
    FromWithoutSafe,
    #[error("nothing was done: it was not confirmed; answer 'y' on a terminal, or give --yes")]
    NotConfirmed,
    #[error("the answer cannot be read")]
    Terminal(#[source] io::Error),
    #[error("'--to': {}", reason(.0))]
    Recipient(AddressError),
    #[error(transparent)]
    Wallet(#[from] WalletError),
}

impl Error {
    /// Two if the settings have to be changed, as for an invalid setting; else one.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::WrongNetworks(_)
            | Self::Requite(error::Error::Store(store::Error::WalOfAnotherFile { .. }))
            | Self::Installation(InstallationError::Mode { .. } | InstallationError::ChainId { .. }) => {
                ExitCode::from(2)
            }
            Self::Requite(error::Error::Chain { source, .. }) if source.is::<ConnectError>() => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// What `with_causes` does not find among the causes, since it is a text.
fn unreadable(error: &DenyListError) -> String {
    match error {
        DenyListError::Unreadable(why) => format!(": {error}: {}", english_text(&why.text())),
        DenyListError::Malformed(_) | DenyListError::Unnamed | DenyListError::Empty => String::new(),
    }
}

fn reason(error: &AddressError) -> String {
    english_text(&error.text())
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Requite(error.into())
    }
}

impl From<DomainError> for Error {
    fn from(error: DomainError) -> Self {
        Self::Requite(error.into())
    }
}
