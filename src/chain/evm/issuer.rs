//! What a token knows: whether its issuer has paused all transfers or blocked an account, and which authorisations were
//! used. Circle and Tether name the functions differently, and other tokens have none.

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

/// Whether the token had seen the authorisation (EIP-3009) with this nonce used or cancelled by this account, as of a block.
pub async fn has_used_authorization(
    node: &Node,
    contract: Address,
    account: Address,
    nonce: B256,
    tag: BlockTag,
) -> Result<bool, RpcError> {
    let words = [address_word(account), nonce];
    let call = Call::question(contract, Selector::AUTHORIZATION_STATE.call(&words));
    let answer = node.try_call(&call, tag).await?;
    returned_bool(&answer).ok_or_else(|| node.unexpected("eth_call", "authorizationState returned no truth value"))
}

/// A token that does not know the question is taken to say no.
async fn ask(node: &Node, contract: Address, question: Selector, about: &[B256]) -> Result<bool, RpcError> {
    match node.try_call(&Call::question(contract, question.call(about)), BlockTag::Latest).await {
        Ok(answer) => Ok(returned_bool(&answer) == Some(true)),
        Err(RpcError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
