//! What the issuer of a token can do: pause all transfers, and block an account. Circle and Tether name the function
//! differently, and other tokens have none.

use super::rpc::{BlockTag, Call, Node, RpcError};
use crate::evm::abi::{Selector, address_word, returned_bool};
use alloy_primitives::{Address, B256};

/// The questions whether an account is blocked.
pub const IS_BLOCKED: [Selector; 2] = [Selector::IS_BLACKLISTED, Selector::IS_BLACK_LISTED];

/// Whether the issuer has paused all transfers of a token.
pub async fn has_paused(node: &Node, contract: Address) -> Result<bool, RpcError> {
    ask(node, contract, Selector::PAUSED, &[]).await
}

/// Whether the issuer has blocked an account: it can neither send nor receive the token.
pub async fn has_blocked(node: &Node, contract: Address, account: Address) -> Result<bool, RpcError> {
    for question in IS_BLOCKED {
        if ask(node, contract, question, &[address_word(account)]).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A token that does not know the question is taken to say no.
async fn ask(node: &Node, contract: Address, question: Selector, about: &[B256]) -> Result<bool, RpcError> {
    match node.try_call(&Call::question(contract, question.call(about)), BlockTag::Latest).await {
        Ok(answer) => Ok(returned_bool(&answer) == Some(true)),
        Err(RpcError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
