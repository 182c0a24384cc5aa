//! Noble addresses. As on all Cosmos chains, bech32 (BIP-173) with the chain's name as prefix.

use super::network::Network;
use super::{AddressError, CheckedAddress, Checksum, require_alphabet};
use bech32::primitives::decode::{CheckedHrpstring, CheckedHrpstringError, ChecksumError};

const NETWORK: Network = Network::Noble;
const PREFIX: &str = "noble1";
/// Lengths in bytes of an account, and of one derived by a module (Cosmos ADR-028).
const LENGTHS: [usize; 2] = [20, 32];

/// Whether the text starts like a Noble address, in either case.
pub(super) fn has_prefix(text: &str) -> bool {
    text.to_ascii_lowercase().starts_with(PREFIX)
}

/// Checks a Noble address and returns it in lower case.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    if !has_prefix(text) {
        return Err(AddressError::WrongPrefix { network: NETWORK });
    }
    require_alphabet(NETWORK, text, PREFIX.len(), super::bitcoin::is_bech32)?;
    let lower = text.to_ascii_lowercase();
    if text != lower && text != text.to_ascii_uppercase() {
        return Err(AddressError::MixedCase);
    }
    let decoded = CheckedHrpstring::new::<bech32::Bech32>(&lower).map_err(|error| match error {
        CheckedHrpstringError::Checksum(ChecksumError::InvalidResidue(_)) => {
            AddressError::BadChecksum { checksum: Checksum::AtTheEnd }
        }
        _ => AddressError::WrongLength { network: NETWORK },
    })?;
    let bytes: Vec<u8> = decoded.byte_iter().collect();
    if !LENGTHS.contains(&bytes.len()) {
        return Err(AddressError::WrongLength { network: NETWORK });
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(AddressError::BurnAddress);
    }
    Ok(CheckedAddress::without_warning(lower))
}
