//! A merchant's wallet: the private side of the account whose public key the server has.

use alloy_primitives::{Address, B256, Bytes};
use bitcoin::{
    NetworkKind,
    bip32::{ChildNumber, DerivationPath, Xpriv, Xpub},
    secp256k1::{Message, Secp256k1},
};
use requite::evm::{authorization::Signature, transaction::Transaction};
use std::str::FromStr;

/// The seed of the mnemonic `abandon … about` (BIP-39), which every wallet's tests use.
const SEED: &str = "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4";

/// Its first address, as every wallet shows it.
pub const FIRST_ADDRESS: &str = "0x9858EfFD232B4033E47d90003D41EC34EcaEda94";

/// The private key of the account.
pub struct HdWallet(Xpriv);

impl HdWallet {
    /// The account `m/44'/60'/0'`.
    pub fn new() -> Self {
        let seed = Bytes::from_str(SEED).unwrap();
        let master = Xpriv::new_master(NetworkKind::Main, &seed).unwrap();
        let path = DerivationPath::from_str("m/44'/60'/0'").unwrap();
        Self(master.derive_priv(&Secp256k1::new(), &path).unwrap())
    }

    /// What the server's settings have as `deposits`.
    pub fn account(&self) -> Xpub {
        Xpub::from_priv(&Secp256k1::new(), &self.0)
    }

    /// What could spend from its addresses, each with its name.
    pub fn secrets(&self) -> Vec<(&'static str, Vec<u8>)> {
        let seed = Bytes::from_str(SEED).unwrap();
        let master = Xpriv::new_master(NetworkKind::Main, &seed).unwrap();
        let steps = [0, 0].map(|step| ChildNumber::from_normal_idx(step).unwrap());
        let first = self.0.derive_priv(&Secp256k1::new(), &steps).unwrap();
        let mnemonic = [&["abandon"; 11][..], &["about"]].concat().join(" ");
        vec![
            ("the mnemonic", mnemonic.into_bytes()),
            ("the seed", seed.to_vec()),
            ("the master key", master.to_string().into_bytes()),
            ("the bytes of the master key", master.private_key.secret_bytes().to_vec()),
            ("the account key", self.0.to_string().into_bytes()),
            ("the bytes of the account key", self.0.private_key.secret_bytes().to_vec()),
            ("the key of the first address", first.private_key.secret_bytes().to_vec()),
        ]
    }

    pub fn address(&self, index: u32) -> Address {
        requite::chain::evm::addresses::derive(&self.account(), index).unwrap()
    }

    /// Signs with the key of a whole path such as `m/44'/60'/0'/0/7`, as an offline signer does.
    pub fn sign(&self, path: &str, transaction: &Transaction) -> Bytes {
        let index = path.strip_prefix("m/44'/60'/0'/0/").unwrap().parse().unwrap();
        let steps = [0, index].map(|step| ChildNumber::from_normal_idx(step).unwrap());
        let secp = Secp256k1::new();
        let key = self.0.derive_priv(&secp, &steps).unwrap().private_key;
        let signature = secp.sign_ecdsa_recoverable(&Message::from_digest(transaction.digest().0), &key);
        let (recovery, bytes) = signature.serialize_compact();
        let (r, s) = (B256::from_slice(&bytes[..32]), B256::from_slice(&bytes[32..]));
        transaction.signed(Signature { r, s, y_parity: recovery.to_i32() == 1 }).raw
    }
}
