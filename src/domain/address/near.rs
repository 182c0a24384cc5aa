//! NEAR accounts: names, and public keys in hexadecimal for implicit accounts (NEP-402).

use super::network::Network;
use super::{AddressError, AddressWarning, CheckedAddress, require_alphabet};

const NETWORK: Network = Network::Near;
/// Limits of the length of an account name (nearcore, `account_id`).
const MIN: usize = 2;
const MAX: usize = 64;
/// The registrars of personal account names. Other endings belong to other services, or are typing errors.
const REGISTRARS: [&str; 2] = [".near", ".tg"];
/// The contracts of USDC and USDT. USDC's has the form of a public key.
const TOKENS: [&str; 2] =
    ["17208628f84f5d6ad33f0da3bbbeb27ffcb398eac501a31bd6ad2011e36133a1", "usdt.tether-token.near"];

/// Whether the text has the ending of an account name, in either case.
pub(super) fn has_registrar_ending(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    REGISTRARS.iter().any(|ending| lower.ends_with(ending))
}

/// Checks a NEAR account. Capital letters are not allowed, so the text is already canonical.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    let key = text.len() == MAX && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !key && !has_registrar_ending(text) {
        return Err(AddressError::WrongPrefix { network: NETWORK });
    }
    require_alphabet(NETWORK, text, 0, |c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_'))?;
    if !(MIN..=MAX).contains(&text.len()) {
        return Err(AddressError::WrongLength { network: NETWORK });
    }
    if !text.split('.').all(is_label) {
        return Err(AddressError::Malformed { network: NETWORK });
    }
    if TOKENS.contains(&text) {
        return Err(AddressError::TokenContract);
    }
    if key && text.bytes().all(|byte| byte == b'0') {
        return Err(AddressError::BurnAddress);
    }
    Ok(CheckedAddress::without_warning(text).with_warning(AddressWarning::NoChecksum { network: NETWORK }))
}

/// Whether the label has only letters and digits, with single hyphens or underscores between them.
fn is_label(label: &str) -> bool {
    !label.is_empty() && label.split(['-', '_']).all(|part| !part.is_empty())
}
