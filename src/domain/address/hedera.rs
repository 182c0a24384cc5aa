//! Hedera accounts: shard, realm and number, with or without the five checksum letters of HIP-15.

use super::network::Network;
use super::{AddressError, AddressWarning, CheckedAddress, Checksum, require_alphabet};

const NETWORK: Network = Network::Hbar;
/// The last system account, as listed in Hedera's documentation.
const LAST_SYSTEM_ACCOUNT: u64 = 999;
/// The USDC token.
const TOKENS: [&str; 1] = ["0.0.456858"];
/// Letters in the checksum.
const LETTERS: usize = 5;

/// Checks a Hedera account. The canonical form has no checksum letters.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    let (account, letters) = match text.split_once('-') {
        Some((account, letters)) => (account, Some(letters)),
        None => (text, None),
    };
    // Only shard 0 and realm 0 exist.
    let Some(number) = account.strip_prefix("0.0.") else {
        return Err(AddressError::WrongPrefix { network: NETWORK });
    };
    require_alphabet(NETWORK, account, 0, |character| character.is_ascii_digit() || character == '.')?;
    let parsed = number.parse::<u64>().ok().filter(|parsed| i64::try_from(*parsed).is_ok());
    // Leading zeros would give the same account a second text.
    let Some(parsed) = parsed.filter(|parsed| parsed.to_string() == number) else {
        return Err(AddressError::Malformed { network: NETWORK });
    };
    if let Some(letters) = letters {
        if letters.len() != LETTERS {
            return Err(AddressError::WrongLength { network: NETWORK });
        }
        if letters != checksum(account) {
            return Err(AddressError::BadChecksum { checksum: Checksum::AtTheEnd });
        }
    }
    if parsed <= LAST_SYSTEM_ACCOUNT {
        return Err(AddressError::BurnAddress);
    }
    if TOKENS.contains(&account) {
        return Err(AddressError::TokenContract);
    }
    let warning = letters.is_none().then_some(AddressWarning::NoChecksum { network: NETWORK });
    Ok(CheckedAddress::without_warning(account).with_warning(warning))
}

/// The HIP-15 checksum for the main network. Its ledger id is a zero byte, padded with six more zeros; it adds nothing
/// to the sum, so its term is left out.
fn checksum(account: &str) -> String {
    const P3: u64 = 26 * 26 * 26;
    const P5: u64 = P3 * 26 * 26;
    let digits = account.bytes().map(|byte| if byte == b'.' { 10 } else { u64::from(byte - b'0') });
    let (mut sum, mut even, mut odd, mut length) = (0, 0, 0, 0);
    for digit in digits {
        sum = (sum * 31 + digit) % P3;
        if length % 2 == 0 {
            even = (even + digit) % 11;
        } else {
            odd = (odd + digit) % 11;
        }
        length += 1;
    }
    let mixed = (((length % 5) * 11 + even) * 11 + odd) * P3 + sum;
    let mut rest = mixed % P5 * 1_000_003 % P5;
    let mut letters = [b'a'; LETTERS];
    for letter in letters.iter_mut().rev() {
        *letter += u8::try_from(rest % 26).unwrap_or(0);
        rest /= 26;
    }
    letters.into_iter().map(char::from).collect()
}
