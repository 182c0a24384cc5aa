//! Compares the signer with the settings and with the chain, before it is asked for anything.

use super::{Outgoing, View};
use crate::chain::{
    ChainError,
    evm::{custody::CustodyError, examine::signer},
};

impl Outgoing<'_> {
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
