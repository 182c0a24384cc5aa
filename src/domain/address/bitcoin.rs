//! Addresses of Bitcoin's main network: base58check (P2PKH, P2SH), bech32 (BIP-173) and bech32m (BIP-350).

use super::{AddressError, AddressWarning, Checked, Checksum, is_base58, require_alphabet};
use crate::domain::network::Network;
use bech32::primitives::{
    decode::{ChecksumError, SegwitHrpstring, SegwitHrpstringError},
    segwit::{VERSION_0, VERSION_1},
};

/// How segwit addresses of the main network start: human-readable part and separator (BIP-173).
const MAIN: &str = "bc1";

/// How those of the test networks start: testnet and signet (BIP-173), regtest (Bitcoin Core).
const TEST: [&str; 2] = ["tb1", "bcrt1"];

/// The characters of bech32 data (BIP-173).
const BECH32: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The bytes of a base58check address: version, hash and checksum.
const BASE58_BYTES: usize = 25;

/// The bytes of a program of version 1 (BIP-341).
const TAPROOT_BYTES: usize = 32;

const TOO_SHORT_OR_LONG: AddressError = AddressError::WrongLength { network: Network::Btc };
const NOT_BITCOIN: AddressError = AddressError::WrongPrefix { network: Network::Btc };

/// Whether a text starts like a segwit address, of the main network or of a test network, in either case.
pub(super) fn has_segwit_prefix(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with(MAIN) || is_test_segwit(&text)
}

/// Applies the rules of the kind of address that the start names.
pub(super) fn check(text: &str) -> Result<Checked, AddressError> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with(MAIN) {
        return check_segwit(text, lower);
    }
    if is_test_segwit(&lower) {
        return Err(AddressError::TestNetwork);
    }
    match text.bytes().next() {
        Some(b'1' | b'3') => check_base58(text),
        // The start alone could be anything; with a matching checksum it is an address of a test network.
        Some(b'm' | b'n' | b'2') if is_test_base58(text) => Err(AddressError::TestNetwork),
        _ => Err(NOT_BITCOIN),
    }
}

fn is_test_segwit(lower: &str) -> bool {
    TEST.iter().any(|prefix| lower.starts_with(prefix))
}

/// A segwit address. BIP-173 wants one case throughout, and computes the checksum from the lower case.
fn check_segwit(text: &str, lower: String) -> Result<Checked, AddressError> {
    require_alphabet(Network::Btc, text, MAIN.len(), |character| BECH32.contains(character.to_ascii_lowercase()))?;
    if text != lower && text != text.to_ascii_uppercase() {
        return Err(AddressError::MixedCase);
    }
    let warning = judge_program(&lower)?;
    Ok(Checked { text: lower, warning })
}

/// Checksum, version, padding and length of a witness program (BIP-141, BIP-173, BIP-350).
fn judge_program(lower: &str) -> Result<Option<AddressWarning>, AddressError> {
    let program = SegwitHrpstring::new(lower).map_err(|error| explain(&error))?;
    match program.witness_version() {
        // As with base58check: nothing is known to have a hash, or a public key, of zeros.
        VERSION_0 | VERSION_1 if program.byte_iter().all(|byte| byte == 0) => Err(AddressError::BurnAddress),
        VERSION_0 => Ok(None),
        // BIP-341 gives a meaning to 32 bytes only. Coins sent to any other length of version 1, such as the 40 bytes of
        // a vector of BIP-350 or the 2 of a fee anchor (BIP-433), can be taken by anybody and belong to no customer.
        VERSION_1 if program.byte_iter().count() != TAPROOT_BYTES => Err(TOO_SHORT_OR_LONG),
        VERSION_1 => Ok(None),
        _ => Ok(Some(AddressWarning::FutureVersion)),
    }
}

fn explain(error: &SegwitHrpstringError) -> AddressError {
    match error {
        SegwitHrpstringError::Checksum(ChecksumError::InvalidResidue(_)) => {
            AddressError::BadChecksum { checksum: Checksum::Bech32 }
        }
        // The alphabet and the case are known to be right, so nothing but the amount of data is left to be wrong.
        SegwitHrpstringError::Unchecked(_)
        | SegwitHrpstringError::NoData
        | SegwitHrpstringError::TooLong(_)
        | SegwitHrpstringError::WitnessLength(_)
        | SegwitHrpstringError::Checksum(_) => TOO_SHORT_OR_LONG,
        _ => AddressError::Malformed,
    }
}

/// A base58check address: version 0x00 is the hash of a key (P2PKH), 0x05 that of a script (P2SH, BIP-13).
fn check_base58(text: &str) -> Result<Checked, AddressError> {
    let payload = base58check(text)?;
    match payload.split_first() {
        // No key is known to have a hash of zeros; coins are sent there to destroy them.
        Some((0x00 | 0x05, hash)) if hash.iter().all(|byte| *byte == 0) => Err(AddressError::BurnAddress),
        Some((0x00 | 0x05, _)) => Ok(Checked { text: text.to_owned(), warning: None }),
        // The versions 6 and 7 can start with a 3 as well; nobody uses them.
        _ => Err(AddressError::Malformed),
    }
}

/// Whether it is a P2PKH (0x6f) or P2SH (0xc4) address of testnet, signet or regtest.
fn is_test_base58(text: &str) -> bool {
    base58check(text).is_ok_and(|payload| matches!(payload.first(), Some(0x6f | 0xc4)))
}

/// The version and the hash of a base58check text of the right length whose checksum matches.
fn base58check(text: &str) -> Result<Vec<u8>, AddressError> {
    require_alphabet(Network::Btc, text, 0, is_base58)?;
    // Length before checksum: a Solana key that starts with 1 or 3 has none.
    let bytes = bs58::decode(text).into_vec().map_err(|_| TOO_SHORT_OR_LONG)?;
    if bytes.len() != BASE58_BYTES {
        return Err(TOO_SHORT_OR_LONG);
    }
    let checked = bs58::decode(text).with_check(None).into_vec();
    checked.map_err(|_| AddressError::BadChecksum { checksum: Checksum::Base58Check })
}
