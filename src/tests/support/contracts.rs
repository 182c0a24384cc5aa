//! The contracts and accounts of the test chain, which `end2end/chain/build.mjs` has deployed, and calls of them.

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use bitcoin::secp256k1::{Message, Secp256k1, SecretKey};
use requite::evm::{
    abi::{address_word, number_word},
    authorization::{Signature, TokenDomain},
};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What the test chain consists of.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contracts {
    /// Anvil's program, from the root of the repository.
    pub anvil: PathBuf,
    pub accounts: Accounts,
    pub usdc: FiatToken,
    pub eurc: FiatToken,
    /// Like USDT: no returned value, no authorised transfers.
    pub tether: Address,
    /// Pays from a contract: [`Payment::calls`].
    pub payer: Address,
    /// Refuses native coin until [`accept`] is called.
    pub refuser: Address,
    /// Reports transfers without moving anything: [`pretend`].
    pub fake_token: Address,
    /// Answers `getL1Fee(bytes)` at the OP stack's address: 1 gwei for each byte.
    pub gas_oracle: Address,
}

/// Accounts with 10,000 native coins each, whose transactions anvil signs itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Accounts {
    pub minter: Account,
    pub pauser: Account,
    pub blacklister: Account,
    /// The owner of the token like USDT.
    pub owner: Account,
    pub customer: Account,
    pub merchant: Account,
    pub stranger: Account,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    pub address: Address,
    /// The private key.
    pub key: B256,
}

impl Account {
    /// A deterministic signature with a low S, as contracts and nodes demand it.
    pub fn sign(&self, digest: B256) -> Signature {
        let key = SecretKey::from_slice(self.key.as_slice()).unwrap();
        let signature = Secp256k1::new().sign_ecdsa_recoverable(&Message::from_digest(digest.0), &key);
        let (recovery, bytes) = signature.serialize_compact();
        let (r, s) = (B256::from_slice(&bytes[..32]), B256::from_slice(&bytes[32..]));
        Signature { r, s, y_parity: recovery.to_i32() == 1 }
    }
}

/// A token of Circle's, deployed as on public networks.
#[derive(Clone, Debug, Deserialize)]
pub struct FiatToken {
    pub address: Address,
    pub name: String,
    pub version: String,
}

impl FiatToken {
    pub fn domain(&self, chain_id: u64) -> TokenDomain {
        TokenDomain { name: self.name.clone(), version: self.version.clone(), chain_id, contract: self.address }
    }
}

/// A file of the saved chain.
pub fn chain_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/chain").join(name)
}

impl Contracts {
    pub fn read() -> Self {
        let file = std::fs::read(chain_file("contracts.json"))
            .expect("the chain of the tests is missing; scripts/setup.sh test builds it");
        serde_json::from_slice(&file).unwrap()
    }
}

/// A call of a function whose arguments have one word each.
pub fn call(signature: &str, arguments: &[B256]) -> Bytes {
    let selector = keccak256(signature);
    [&selector[..4], arguments.concat().as_slice()].concat().into()
}

/// Makes the contract that refuses native coin accept it.
pub fn accept() -> Bytes {
    call("accept(bool)", &[number_word(U256::ONE)])
}

/// Makes the fake token report a transfer that did not happen.
pub fn pretend(from: Address, to: Address, units: U256) -> Bytes {
    call("pretend(address,address,uint256)", &[address_word(from), address_word(to), number_word(units)])
}

/// Asks the gas oracle for the fee of a transaction's data.
pub fn get_l1_fee(data: &[u8]) -> Bytes {
    // Where the bytes begin, their number, and the bytes, filled up to whole words.
    let mut argument = [number_word(U256::from(32)), number_word(U256::from(data.len()))].concat();
    argument.extend(data);
    argument.resize(64 + data.len().next_multiple_of(32), 0);
    [&keccak256("getL1Fee(bytes)")[..4], &argument].concat().into()
}

/// A payment by the contract that pays.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// `None` is the native coin.
    pub token: Option<Address>,
    pub recipient: Address,
    pub units: U256,
}

/// What the contract that pays does with its payments.
#[derive(Clone, Copy, Debug)]
pub enum Paying {
    /// All are paid.
    Pay,
    /// All are paid, and then the transaction fails.
    PayAndRevert,
    /// The transaction succeeds, but the inner call that paid was taken back: nothing has moved.
    PayInVain,
}

impl Payment {
    /// The call of the contract that pays for all of these payments, in their order.
    pub fn calls(paying: Paying, payments: &[Self]) -> Bytes {
        let function = match paying {
            Paying::Pay => "pay((address,address,uint256)[])",
            Paying::PayAndRevert => "payAndRevert((address,address,uint256)[])",
            Paying::PayInVain => "payInVain((address,address,uint256)[])",
        };
        // A list is a word that says where it begins, its length, and its members.
        let mut words = vec![number_word(U256::from(32)), number_word(U256::from(payments.len()))];
        for Self { token, recipient, units } in payments {
            let token = address_word(token.unwrap_or_default());
            words.extend([token, address_word(*recipient), number_word(*units)]);
        }
        call(function, &words)
    }
}
