//! Tron addresses: 20 bytes as on Ethereum, after the version 0x41, in base58check.

use super::network::Network;
use super::{AddressError, CheckedAddress, base58check};

/// Bytes in version, account and checksum.
const BYTES: usize = 25;
/// The version of the main network and of all test networks.
const VERSION: u8 = 0x41;
/// The contract of USDT.
const TOKENS: [&str; 1] = ["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"];

/// Checks a Tron address. The text is already canonical.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    let network = Network::Trx;
    if !text.starts_with('T') {
        return Err(AddressError::WrongPrefix { network });
    }
    let payload = base58check(network, text, BYTES)?;
    match payload.split_first() {
        Some((&VERSION, account)) if account.iter().all(|byte| *byte == 0) => Err(AddressError::BurnAddress),
        Some((&VERSION, _)) if TOKENS.contains(&text) => Err(AddressError::TokenContract),
        Some((&VERSION, _)) => Ok(CheckedAddress::without_warning(text)),
        _ => Err(AddressError::Malformed { network }),
    }
}
