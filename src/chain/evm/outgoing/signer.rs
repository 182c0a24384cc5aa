//! Compares the signer with the account, the settings and the chain, before it is asked for anything.

use super::{Outgoing, View};
use crate::chain::{
    ChainError,
    evm::{connection::notation, custody::CustodyError, examine::signer},
};
use alloy_primitives::Address;

/// Why a signer's memory does not say what the account has signed, as a part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoMemory {
    #[error("the signer does not show its memory")]
    NoAnswer,
    #[error("no signer of this server that answers has the key of {}", notation(*.0))]
    NoKey(Address),
}

impl Outgoing<'_> {
    /// Whether the settings have the account. No round asks a signer about another.
    pub(super) fn is_used(&self) -> bool {
        self.connection.settings.senders.iter().any(|sender| sender.address == self.sender)
    }

    /// Why the signer's memory proves nothing about the account: it has another key, for example.
    pub(super) async fn no_memory(&self) -> Result<Option<NoMemory>, ChainError> {
        match self.custody.status().await {
            Ok(status) if status.address == self.sender => Ok(None),
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) if self.is_used() => Ok(Some(NoMemory::NoAnswer)),
            Ok(_) | Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => Ok(Some(NoMemory::NoKey(self.sender))),
            Err(error @ CustodyError::Unexpected(_)) => Err(ChainError::Broken(error.into())),
        }
    }

    /// What is wrong with the signer, as a sentence; `None` if nothing is, or if it does not answer: signing will tell why.
    pub(super) async fn signer_problem(&self, view: &View<'_>) -> Result<Option<String>, ChainError> {
        let status = match self.custody.status().await {
            Ok(status) => status,
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => return Ok(None),
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        Ok(signer::problem(view.node, &self.connection.settings, self.sender, &status).await?)
    }
}
