//! Errors of commands.

use super::signer::SignerError;
use crate::{
    domain::{error::DomainError, policy::screening::DenyListError},
    error, store,
};
use std::{io, net::SocketAddr, path::PathBuf};

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
    #[error("{}", path.display())]
    DenyList { path: PathBuf, source: DenyListError },
    #[error("demo data is for the sandbox only")]
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
