//! Authorised transfers (EIP-3009) of USDC and EURC. The holder signs who receives how much, and a nonce of 32 bytes that
//! the token accepts once, from whoever submits it.
//!
//! The nonce is derived from the refund's id, so the token itself refuses to pay a refund twice, even if every database
//! was restored from a backup.

use super::abi::{Selector, address_word, number_word};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use uuid::Uuid;

/// The token contract as a signature names it (EIP-712).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenDomain {
    pub name: String,
    pub version: String,
    pub chain_id: u64,
    pub contract: Address,
}

impl TokenDomain {
    /// The hash of the domain, which the token returns as `DOMAIN_SEPARATOR()`.
    pub fn separator(&self) -> B256 {
        hash_words(&[
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256(&self.name),
            keccak256(&self.version),
            number_word(U256::from(self.chain_id)),
            address_word(self.contract),
        ])
    }

    fn digest(&self, message: B256) -> B256 {
        let separator = self.separator();
        keccak256([&[0x19, 0x01], separator.as_slice(), message.as_slice()].concat())
    }
}

/// The nonce of the authorisation that pays a refund.
pub fn refund_nonce(refund: Uuid) -> B256 {
    keccak256([b"requite refund ", refund.as_bytes().as_slice()].concat())
}

/// A transfer that its payer authorises. It never expires: what was signed may be submitted by anybody at any time, so a
/// deadline would only pretend that it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    pub from: Address,
    pub to: Address,
    /// In the token's smallest unit.
    pub value: U256,
    pub nonce: B256,
}

/// A signature over secp256k1 in the form that contracts expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    pub r: B256,
    pub s: B256,
    /// Whether the y coordinate of the signature's point is odd.
    pub y_parity: bool,
}

impl Signature {
    /// The words `v`, `r` and `s`.
    fn words(self) -> [B256; 3] {
        [number_word(U256::from(27 + u8::from(self.y_parity))), self.r, self.s]
    }
}

impl Authorization {
    /// What is signed to pay.
    pub fn digest(&self, token: &TokenDomain) -> B256 {
        let kind = "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";
        token.digest(hash_words(&[vec![keccak256(kind)], self.words().to_vec()].concat()))
    }

    /// The call that pays.
    pub fn call(&self, signature: Signature) -> Bytes {
        Selector::TRANSFER_WITH_AUTHORIZATION.call(&[self.words().as_slice(), &signature.words()].concat())
    }

    fn words(&self) -> [B256; 6] {
        let (from, to) = (address_word(self.from), address_word(self.to));
        [from, to, number_word(self.value), B256::ZERO, number_word(U256::MAX), self.nonce]
    }
}

/// What is signed to revoke an authorisation that was not used.
pub fn cancellation_digest(token: &TokenDomain, authorizer: Address, nonce: B256) -> B256 {
    let kind = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
    token.digest(hash_words(&[kind, address_word(authorizer), nonce]))
}

/// The call that revokes an authorisation.
pub fn cancellation_call(authorizer: Address, nonce: B256, signature: Signature) -> Bytes {
    Selector::CANCEL_AUTHORIZATION.call(&[&[address_word(authorizer), nonce], signature.words().as_slice()].concat())
}

fn hash_words(words: &[B256]) -> B256 {
    keccak256(words.iter().flatten().copied().collect::<Vec<u8>>())
}
