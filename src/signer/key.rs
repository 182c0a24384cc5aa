//! The signer's key and its signatures over secp256k1.

use crate::evm::authorization::Signature;
use alloy_primitives::{Address, B256};
use bitcoin::secp256k1::{All, Message, PublicKey, Secp256k1, SecretKey};
use std::fmt;
use zeroize::Zeroizing;

/// A private key with its address. Its bytes are erased from memory when it is dropped.
///
/// The copies that the library makes while it signs live on the stack for that time, and are overwritten as far as the
/// library can: it calls this not secure, since the compiler may have made others.
pub struct Key {
    secret: Zeroizing<[u8; 32]>,
    address: Address,
    curve: Secp256k1<All>,
}

/// Why 32 bytes are not a private key: they are zero, or not below the order of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a private key of secp256k1")]
pub struct NotAKey;

/// The signature could not be made, or does not verify: the machine computes wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature that was made does not belong to the key")]
pub struct SigningFailed;

impl Key {
    pub fn new(secret: Zeroizing<[u8; 32]>) -> Result<Self, NotAKey> {
        let curve = Secp256k1::new();
        let mut key = SecretKey::from_slice(secret.as_slice()).map_err(|_| NotAKey)?;
        let address = address_of(&key.public_key(&curve));
        key.non_secure_erase();
        Ok(Self { secret, address, curve })
    }

    pub const fn address(&self) -> Address {
        self.address
    }

    pub(super) const fn secret(&self) -> &Zeroizing<[u8; 32]> {
        &self.secret
    }

    /// Signs a digest. The nonce of the signature is derived (RFC 6979), so the same digest has the same signature, and
    /// `s` is the lower of the two possible values, as Ethereum requires.
    pub fn sign(&self, digest: B256) -> Result<Signature, SigningFailed> {
        let message = Message::from_digest(digest.0);
        let mut key = SecretKey::from_slice(self.secret.as_slice()).map_err(|_| SigningFailed)?;
        let signature = self.curve.sign_ecdsa_recoverable(&message, &key);
        key.non_secure_erase();
        // A signature that was computed wrongly, by a faulty machine, could reveal the key.
        let signer = self.curve.recover_ecdsa(&message, &signature).map_err(|_| SigningFailed)?;
        if address_of(&signer) != self.address {
            return Err(SigningFailed);
        }
        let (recovery, bytes) = signature.serialize_compact();
        let (r, s) = bytes.split_at(32);
        // 2 and 3 stand for a point whose x coordinate is above the order, which has never been seen.
        let y_parity = match recovery.to_i32() {
            0 => false,
            1 => true,
            _ => return Err(SigningFailed),
        };
        Ok(Signature { r: B256::from_slice(r), s: B256::from_slice(s), y_parity })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key of {}", self.address)
    }
}

fn address_of(key: &PublicKey) -> Address {
    let point = key.serialize_uncompressed();
    // The first byte is the kind of the encoding.
    Address::from_raw_public_key(point.split_at(1).1)
}
