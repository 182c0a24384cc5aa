//! Addresses of Ethereum and the networks that share its format: 20 bytes in hexadecimal after `0x`, with a checksum in
//! the capitals of the letters (EIP-55).

use super::{AddressError, AddressWarning, Checked, Checksum, require_alphabet};
use crate::domain::network::Network;
use alloy_primitives::{Address as Account, address};

/// The digits of 20 bytes.
const DIGITS: usize = 40;

/// Addresses that are used to destroy coins: the zero address, and the one that ends in `dEaD`.
const BURN: [Account; 2] = [Account::ZERO, address!("0x000000000000000000000000000000000000dEaD")];

/// Whether a text starts like an address of these networks, in either case.
pub(super) fn has_prefix(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0X")
}

/// Applies the rules of EIP-55 and yields the form with its capitals. The four networks accept exactly the same texts;
/// `network` is only named in the refusal.
pub(super) fn check(network: Network, text: &str) -> Result<Checked, AddressError> {
    let digits = digits(network, text)?;
    require_alphabet(network, text, 2, |character| character.is_ascii_hexdigit())?;
    if digits.len() != DIGITS {
        return Err(AddressError::WrongLength { network });
    }
    let account: Account = digits.parse().map_err(|_| AddressError::WrongLength { network })?;
    if BURN.contains(&account) {
        return Err(AddressError::BurnAddress);
    }
    let canonical = account.to_checksum(None);
    let unchecked = lacks_checksum(text, digits, &canonical)?;
    let warning = unchecked.then_some(AddressWarning::NoChecksum { network });
    Ok(Checked { text: canonical, warning })
}

/// The part after `0x`.
fn digits(network: Network, text: &str) -> Result<&str, AddressError> {
    if let Some(digits) = text.strip_prefix("0x") {
        return Ok(digits);
    }
    if has_prefix(text) {
        return Err(AddressError::CapitalPrefix { network });
    }
    // Only then is it certain that nothing but the prefix is missing.
    if text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(AddressError::MissingPrefix { network });
    }
    Err(AddressError::WrongPrefix { network })
}

/// Compares the capitals with the checksum. Where EIP-55 happens to give letters of one case only, the text that has
/// just these is checked; any other text of one case lacks a checksum, and so does one without letters.
fn lacks_checksum(text: &str, digits: &str, canonical: &str) -> Result<bool, AddressError> {
    let small = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let capital = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if text == canonical && (small || capital) {
        return Ok(false);
    }
    if small && capital {
        return Err(AddressError::BadChecksum { checksum: Checksum::Capitals });
    }
    Ok(true)
}
