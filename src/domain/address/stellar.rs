//! Stellar addresses: StrKey (SEP-23), which is base32 with a version and a CRC.

use super::network::Network;
use super::{AddressError, AddressMemo, CheckedAddress, Checksum, require_alphabet};
use stellar_strkey::{Strkey, ed25519};

const NETWORK: Network = Network::Xlm;

/// Characters in the address of an account and of a muxed account.
const ACCOUNT: usize = 56;
const MUXED: usize = 69;

/// The issuers of USDC and EURC.
const ISSUERS: [&str; 2] = [
    "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN",
    "GDHU6WRG4IEQXM5NZ4BMPKOXHW76MZM4Y2IEMFDVXBSDP6SJY4ITNPP2",
];

/// Checks a Stellar address. A muxed account stays unchanged: its number is sent inside the address, not as a memo.
pub(super) fn check(text: &str) -> Result<CheckedAddress, AddressError> {
    let (length, memo) = match text.bytes().next() {
        Some(b'G') => (ACCOUNT, AddressMemo::Silent),
        Some(b'M') => (MUXED, AddressMemo::Inside),
        // Contracts, hashes and claimable balances are StrKeys that receive no payments.
        _ => return Err(AddressError::WrongPrefix { network: NETWORK }),
    };
    require_alphabet(NETWORK, text, 0, |character| matches!(character, 'A'..='Z' | '2'..='7'))?;
    if text.len() != length {
        return Err(AddressError::WrongLength { network: NETWORK });
    }
    let account = match Strkey::from_string(text) {
        Ok(Strkey::PublicKeyEd25519(account)) => account.0,
        Ok(Strkey::MuxedAccountEd25519(muxed)) => muxed.ed25519,
        Ok(_) => return Err(AddressError::Malformed { network: NETWORK }),
        Err(_) => return Err(AddressError::BadChecksum { checksum: Checksum::AtTheEnd }),
    };
    if account == [0; 32] {
        return Err(AddressError::BurnAddress);
    }
    if ISSUERS.contains(&ed25519::PublicKey(account).to_string().as_str()) {
        return Err(AddressError::TokenContract);
    }
    Ok(CheckedAddress { memo, ..CheckedAddress::without_warning(text) })
}

/// The underlying account of a muxed account; any other text is returned unchanged.
pub(super) fn holder(text: &str) -> String {
    match Strkey::from_string(text) {
        Ok(Strkey::MuxedAccountEd25519(muxed)) => ed25519::PublicKey(muxed.ed25519).to_string().as_str().to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether the text is a seed, which starts with `S`.
pub(super) fn is_secret_key(text: &str) -> bool {
    ed25519::PrivateKey::from_string(text).is_ok()
}
