//! Compares the signer with the settings and with the chain, before it is asked for anything.

use super::{Outgoing, View};
use crate::{
    chain::{
        ChainError,
        evm::{
            custody::CustodyError,
            rpc::{BlockTag, Call},
        },
    },
    evm::abi::Selector,
    signer::protocol::Coin,
};
use alloy_primitives::B256;

impl Outgoing<'_> {
    /// What is wrong with the signer, as a sentence; `None` if nothing is, or if it does not answer: signing will tell why.
    /// Another account than the settings' would pay unseen, and a token whose domain differs would refuse every
    /// authorisation, for a fee each.
    pub(super) async fn signer_problem(&self, view: &View<'_>) -> Result<Option<String>, ChainError> {
        let status = match self.custody.status().await {
            Ok(status) => status,
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => return Ok(None),
            Err(error @ CustodyError::Unexpected(_)) => return Err(ChainError::Broken(error.into())),
        };
        if status.address != self.sender {
            return Ok(Some(format!(
                "The signer's account is {}, and the settings say that {} pays.",
                status.address.to_checksum(None),
                self.address()
            )));
        }
        let chain_id = self.connection.settings.facts.chain_id;
        let coins = status.chains.into_iter().filter(|chain| chain.chain_id == chain_id).flat_map(|chain| chain.coins);
        for coin in coins {
            let (Coin::Token(contract), Some(separator)) = (coin.coin, coin.domain_separator) else { continue };
            if !self.connection.settings.tokens.values().any(|token| *token == contract) {
                continue;
            }
            let call = Call::question(contract, Selector::DOMAIN_SEPARATOR.call(&[]));
            let answer = view.node.try_call(&call, BlockTag::Latest).await?;
            if B256::try_from(answer.as_ref()).ok() != Some(separator) {
                return Ok(Some(format!(
                    "The signer's policy gives the token {} another 'domain' than the token has, so every payment would fail.",
                    contract.to_checksum(None)
                )));
            }
        }
        Ok(None)
    }
}
