//! Addresses of Solana: the 32 bytes of a public key, or of an address derived by a program, in base58 without checksum.

use super::{AddressError, AddressWarning, Checked, is_base58, require_alphabet};
use crate::domain::network::Network;

/// The bytes of an address.
const BYTES: usize = 32;

/// Addresses without a key where coins are lost: the system program (32 zero bytes) and the incinerator, whose balance
/// the network destroys.
const BURN: [&str; 2] = ["11111111111111111111111111111111", "1nc1nerator11111111111111111111111111111111"];

/// Applies the rules. The text is canonical as it is: every sequence of bytes has exactly one base58 form.
pub(super) fn check(text: &str) -> Result<Checked, AddressError> {
    require_alphabet(Network::Sol, text, 0, is_base58)?;
    let wrong_length = AddressError::WrongLength { network: Network::Sol };
    let Ok(bytes) = bs58::decode(text).into_vec() else { return Err(wrong_length) };
    if bytes.len() != BYTES {
        return Err(wrong_length);
    }
    if BURN.contains(&text) {
        return Err(AddressError::BurnAddress);
    }
    Ok(Checked { text: text.to_owned(), warning: Some(AddressWarning::NoChecksum { network: Network::Sol }) })
}
