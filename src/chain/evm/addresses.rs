//! Deposit addresses, derived from the account's extended public key (BIP-32). The server has no key that could spend
//! from them.

use alloy_primitives::Address;
use bitcoin::{
    bip32::{ChildNumber, Xpub},
    secp256k1::Secp256k1,
};

/// The chain of addresses that are given to others (BIP-44: external).
const EXTERNAL: u32 = 0;

/// The path of a deposit address below the account key.
pub fn path(index: u32) -> String {
    format!("{EXTERNAL}/{index}")
}

/// The deposit address with this index.
pub fn derive(account: &Xpub, index: u32) -> Result<Address, bitcoin::bip32::Error> {
    let steps = [EXTERNAL, index].map(ChildNumber::from_normal_idx);
    let [external, index] = steps;
    let child = account.derive_pub(&Secp256k1::verification_only(), &[external?, index?])?;
    // Without the byte that marks an uncompressed key.
    let [_, point @ ..] = child.public_key.serialize_uncompressed();
    Ok(Address::from_raw_public_key(&point))
}
