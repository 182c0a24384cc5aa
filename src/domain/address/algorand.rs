//! Algorand addresses: a public key and the last four bytes of its SHA-512/256, in base32 without padding.

use super::network::Network;
use super::{AddressError, CheckedAddress, Checksum, require_alphabet};
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha512_256};

const NETWORK: Network = Network::Algo;
/// Characters in an address.
const LENGTH: usize = 58;
/// Bytes in the public key, which the checksum follows.
const KEY: usize = 32;

/// Checks an Algorand address. Unpadded base32 whose last two bits are zero has one form, so the text is canonical.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    // Algorand has no prefix, so a text of another length gets the general error.
    if text.len() != LENGTH {
        return Err(AddressError::WrongLength { network: NETWORK });
    }
    require_alphabet(NETWORK, text, 0, |character| matches!(character, 'A'..='Z' | '2'..='7'))?;
    let bytes = BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| AddressError::Malformed { network: NETWORK })?;
    let Some((key, checksum)) = bytes.split_first_chunk::<KEY>() else {
        return Err(AddressError::WrongLength { network: NETWORK });
    };
    if !Sha512_256::digest(key).ends_with(checksum) {
        return Err(AddressError::BadChecksum { checksum: Checksum::AtTheEnd });
    }
    if key == &[0; KEY] {
        return Err(AddressError::BurnAddress);
    }
    Ok(CheckedAddress::without_warning(text))
}
