//! Addresses of Stellar: StrKey (SEP-23), which is base32 with a version and a CRC.

use super::network::Network;
use super::{AddressError, AddressMemo, Checked, Checksum, require_alphabet};
use stellar_strkey::{Strkey, ed25519};

const NETWORK: Network = Network::Xlm;

/// The characters of an account's address and of a muxed account's.
const ACCOUNT: usize = 56;
const MUXED: usize = 69;

/// The issuers of USDC and EURC.
const ISSUERS: [&str; 2] = [
    "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN",
    "GDHU6WRG4IEQXM5NZ4BMPKOXHW76MZM4Y2IEMFDVXBSDP6SJY4ITNPP2",
];

/// Applies the rules. A muxed account stays as it is: the number inside travels with the payment, not as a memo.
pub(super) fn check(text: &str) -> Result<Checked, AddressError> {
    let (length, memo) = match text.bytes().next() {
        Some(b'G') => (ACCOUNT, AddressMemo::Silent),
        Some(b'M') => (MUXED, AddressMemo::Inside),
        // A contract, a hash, a claimable balance: StrKeys that receive no payment.
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
    Ok(Checked { memo, ..Checked::plain(text) })
}

/// The account that a muxed account is a part of; any other text stays as it is.
pub(super) fn holder(text: &str) -> String {
    match Strkey::from_string(text) {
        Ok(Strkey::MuxedAccountEd25519(muxed)) => ed25519::PublicKey(muxed.ed25519).to_string().as_str().to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether it is a seed, which starts with an `S`.
pub(super) fn is_secret_key(text: &str) -> bool {
    ed25519::PrivateKey::from_string(text).is_ok()
}
