//! XRP Ledger addresses: base58check in Ripple's alphabet, and X-addresses that contain the tag (XLS-5).

use super::network::Network;
use super::{AddressError, AddressMemo, CheckedAddress, Checksum, is_base58, require_alphabet};
use bs58::Alphabet;

const NETWORK: Network = Network::Xrp;
const MALFORMED: AddressError = AddressError::Malformed { network: NETWORK };

/// Bytes in an account number.
const ACCOUNT: usize = 20;
/// Version and account, without the checksum.
const CLASSIC_BYTES: usize = 1 + ACCOUNT;
/// Prefix, account, flag and tag, without the checksum.
const X_BYTES: usize = 2 + ACCOUNT + 9;
const CHECKSUM: usize = 4;

/// The prefixes of X-addresses on the main network and on test networks (XLS-5).
const X_MAIN: [u8; 2] = [0x05, 0x44];
const X_TEST: [u8; 2] = [0x04, 0x93];

/// Accounts without a known key, from the ledger's documentation: ACCOUNT_ZERO, ACCOUNT_ONE, the genesis account, and
/// the addresses of a name reservation and of not-a-number.
const BLACK_HOLES: [&str; 5] = [
    "rrrrrrrrrrrrrrrrrrrrrhoLvTp",
    "rrrrrrrrrrrrrrrrrrrrBZbvji",
    "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
    "rrrrrrrrrrrrrrrrrNAMEtxvNvQ",
    "rrrrrrrrrrrrrrrrrrrn5RM1rHd",
];

/// The issuer of USDC.
const ISSUERS: [&str; 1] = ["rGm7WCVp9gb4jZHWTEtGUr4dd74z2XuWhE"];

/// Checks an XRP Ledger address. The canonical form is the account, as in the ledger; a tag becomes the memo.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    match text.bytes().next() {
        Some(b'r') => {
            require_account(text)?;
            Ok(CheckedAddress::without_warning(text))
        }
        Some(b'X' | b'T') => check_x_address(text),
        _ => Err(AddressError::WrongPrefix { network: NETWORK }),
    }
}

fn require_account(text: &str) -> Result<(), AddressError> {
    let payload = decode(text, CLASSIC_BYTES)?;
    if payload.first() != Some(&0x00) {
        return Err(MALFORMED);
    }
    if BLACK_HOLES.contains(&text) {
        return Err(AddressError::BurnAddress);
    }
    if ISSUERS.contains(&text) {
        return Err(AddressError::TokenContract);
    }
    Ok(())
}

fn check_x_address(text: &str) -> Result<CheckedAddress, AddressError> {
    // A text that starts with T is usually a Tron address, so it is treated as an X-address only when it is complete.
    let decoded = decode(text, X_BYTES);
    if text.starts_with('T') && decoded.is_err() {
        return Err(AddressError::WrongPrefix { network: NETWORK });
    }
    let payload = decoded?;
    let Some((prefix, rest)) = payload.split_first_chunk::<2>() else { return Err(MALFORMED) };
    let Some((account, rest)) = rest.split_first_chunk::<ACCOUNT>() else { return Err(MALFORMED) };
    match *prefix {
        X_MAIN => {}
        X_TEST => return Err(AddressError::TestNetwork { network: NETWORK }),
        _ => return Err(MALFORMED),
    }
    let memo = match *rest {
        [0, 0, 0, 0, 0, 0, 0, 0, 0] => AddressMemo::NotNeeded,
        // The other four bytes are reserved for 64-bit tags, which do not exist yet.
        [1, a, b, c, d, 0, 0, 0, 0] => AddressMemo::Tag(u32::from_le_bytes([a, b, c, d])),
        _ => return Err(MALFORMED),
    };
    let classic = encode(account);
    require_account(&classic)?;
    Ok(CheckedAddress { memo, ..CheckedAddress::without_warning(classic) })
}

/// Encodes an account number in the classic form.
fn encode(account: &[u8; ACCOUNT]) -> String {
    bs58::encode(account).with_alphabet(Alphabet::RIPPLE).with_check_version(0).into_string()
}

/// Decodes the text, verifies its checksum and returns the bytes without it.
fn decode(text: &str, length: usize) -> Result<Vec<u8>, AddressError> {
    // The same characters as Bitcoin's, in another order.
    require_alphabet(NETWORK, text, 0, is_base58)?;
    let wrong_length = AddressError::WrongLength { network: NETWORK };
    let whole = bs58::decode(text).with_alphabet(Alphabet::RIPPLE).into_vec().map_err(|_| wrong_length.clone())?;
    if whole.len() != length + CHECKSUM {
        return Err(wrong_length);
    }
    let checked = bs58::decode(text).with_alphabet(Alphabet::RIPPLE).with_check(None).into_vec();
    checked.map_err(|_| AddressError::BadChecksum { checksum: Checksum::AtTheEnd })
}

/// Whether the text is a seed: 16 bytes after version 0x21, or after the three bytes that encode the prefix `sEd` of
/// ed25519 seeds.
pub(super) fn is_secret_key(text: &str) -> bool {
    let decoded = bs58::decode(text).with_alphabet(Alphabet::RIPPLE).with_check(None).into_vec();
    decoded.is_ok_and(|bytes| match bytes.as_slice() {
        [0x21, seed @ ..] | [0x01, 0xe1, 0x4b, seed @ ..] => seed.len() == 16,
        _ => false,
    })
}
