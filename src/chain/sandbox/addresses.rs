//! Addresses and transaction hashes that look like each network's own, derived from the given bytes.

use crate::domain::address::network::{AddressFormat, Network};
use bech32::Hrp;
use bs58::Alphabet;
use data_encoding::{BASE32_NOPAD, HEXLOWER, HEXUPPER};
use sha2::{Digest, Sha256, Sha512, Sha512_256};
use stellar_strkey::ed25519::PublicKey;

/// A well-formed address of the network, derived from the given bytes.
pub fn address_of(network: Network, bytes: [u8; 32]) -> String {
    let [short @ .., _, _, _, _, _, _, _, _, _, _, _, _] = bytes;
    match network.address_form() {
        AddressFormat::Evm => alloy_primitives::Address::from(short).to_checksum(None),
        AddressFormat::Solana => bs58::encode(bytes).into_string(),
        AddressFormat::Bitcoin => segwit("bc", &short),
        AddressFormat::Litecoin => segwit("ltc", &short),
        AddressFormat::Xrp => bs58::encode(short).with_alphabet(Alphabet::RIPPLE).with_check_version(0).into_string(),
        AddressFormat::Stellar => PublicKey(bytes).to_string().as_str().to_owned(),
        AddressFormat::Algorand => {
            let digest = Sha512_256::digest(bytes);
            BASE32_NOPAD.encode(&bytes.into_iter().chain(digest.into_iter().skip(28)).collect::<Vec<_>>())
        }
        AddressFormat::Tron => bs58::encode(short).with_check_version(0x41).into_string(),
        AddressFormat::Near => HEXLOWER.encode(&bytes),
        AddressFormat::Noble => Hrp::parse("noble")
            .ok()
            .and_then(|hrp| bech32::encode::<bech32::Bech32>(hrp, &short).ok())
            .unwrap_or_default(),
        AddressFormat::Hedera => {
            let [a, b, c, d, e, ..] = bytes;
            // Above the system accounts of the network, from a range so large that two equal addresses are unlikely.
            format!("0.0.{}", u64::from_be_bytes([0, 0, 1, a, b, c, d, e]))
        }
    }
}

/// A program of 20 bytes can always be encoded as witness version 0 (BIP-173).
fn segwit(prefix: &str, program: &[u8; 20]) -> String {
    Hrp::parse(prefix).ok().and_then(|hrp| bech32::segwit::encode_v0(hrp, program).ok()).unwrap_or_default()
}

/// A transaction hash in the network's format, derived from a seed.
pub fn transaction_hash(network: Network, seed: &[u8]) -> String {
    let digest = Sha256::digest(seed);
    match network.address_form() {
        AddressFormat::Evm => format!("0x{}", HEXLOWER.encode(&digest)),
        AddressFormat::Solana => bs58::encode(Sha512::digest(seed)).into_string(),
        AddressFormat::Near => bs58::encode(digest).into_string(),
        AddressFormat::Algorand => BASE32_NOPAD.encode(&digest),
        AddressFormat::Xrp | AddressFormat::Noble => HEXUPPER.encode(&digest),
        AddressFormat::Bitcoin
        | AddressFormat::Litecoin
        | AddressFormat::Stellar
        | AddressFormat::Tron
        | AddressFormat::Hedera => HEXLOWER.encode(&digest),
    }
}
