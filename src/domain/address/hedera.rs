//! Accounts of Hedera: shard, realm and number, with or without the five letters of HIP-15.

use super::network::Network;
use super::{AddressError, AddressWarning, Checked, Checksum, require_alphabet};

const NETWORK: Network = Network::Hbar;
/// The last account that belongs to the network itself (its documentation's system accounts).
const LAST_SYSTEM_ACCOUNT: u64 = 999;
/// USDC's token.
const TOKENS: [&str; 1] = ["0.0.456858"];
/// The letters of the checksum.
const LETTERS: usize = 5;

/// Applies the rules. Canonical is the account without the letters.
pub(super) fn check(text: &str) -> Result<Checked, AddressError> {
    let (account, letters) = match text.split_once('-') {
        Some((account, letters)) => (account, Some(letters)),
        None => (text, None),
    };
    // One shard and one realm exist, both 0.
    let Some(number) = account.strip_prefix("0.0.") else {
        return Err(AddressError::WrongPrefix { network: NETWORK });
    };
    require_alphabet(NETWORK, account, 0, |character| character.is_ascii_digit() || character == '.')?;
    let parsed = number.parse::<u64>().ok().filter(|parsed| i64::try_from(*parsed).is_ok());
    // Leading zeros would be the same account under another text.
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
    Ok(Checked::plain(account).warned(warning))
}

/// The letters of HIP-15 for the main network, whose ledger id is a zero byte. With six more zeros behind it that id adds
/// nothing to the sum, so its term is left out.
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
