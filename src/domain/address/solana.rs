//! Solana addresses: the 32 bytes of a public key, or of a program-derived address, in base58 without checksum.

use super::network::Network;
use super::{AddressError, AddressWarning, CheckedAddress, is_base58, require_alphabet};
use curve25519_dalek::edwards::CompressedEdwardsY;

/// Bytes in an address.
const BYTES: usize = 32;

/// Burn addresses: the system program (32 zero bytes) and the incinerator, whose balance the network destroys.
const BURN: [&str; 2] = ["11111111111111111111111111111111", "1nc1nerator11111111111111111111111111111111"];

/// The mint accounts of USDC, USDT, EURC and wrapped SOL.
const MINTS: [&str; 4] = [
    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
    "HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr",
    "So11111111111111111111111111111111111111112",
];

/// Checks a Solana address. Every sequence of bytes has exactly one base58 form, so the text is already canonical.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    require_alphabet(Network::Sol, text, 0, is_base58)?;
    let wrong_length = AddressError::WrongLength { network: Network::Sol };
    let bytes = bs58::decode(text).into_vec().ok().and_then(|bytes| <[u8; BYTES]>::try_from(bytes).ok());
    let Some(bytes) = bytes else { return Err(wrong_length) };
    if BURN.contains(&text) {
        return Err(AddressError::BurnAddress);
    }
    if MINTS.contains(&text) {
        return Err(AddressError::TokenContract);
    }
    let warning = if CompressedEdwardsY(bytes).decompress().is_some() {
        AddressWarning::NoChecksum { network: Network::Sol }
    } else {
        AddressWarning::NoKey
    };
    Ok(CheckedAddress::without_warning(text).with_warning(warning))
}
