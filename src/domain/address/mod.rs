//! Validated destination addresses of refunds.
//!
//! A transfer to a wrong address cannot be reversed, so every rule that needs no access to the chain is checked here,
//! in one module for each address format.

mod algorand;
mod bitcoin;
mod error;
mod evm;
mod hedera;
pub mod memo;
mod near;
pub mod network;
mod noble;
pub mod pairs;
mod solana;
mod stellar;
mod tron;
mod xrp;

pub use error::{AddressError, AddressWarning, Checksum};
pub use evm::token_contract;

use self::network::{AddressFormat, Network};
use crate::domain::names::Named;
use serde::{Serialize, Serializer};
use std::fmt;

/// The longest accepted text, in characters: the limit of a bech32 string (BIP-173), and no format is longer.
pub const MAX_LENGTH: usize = 90;

/// How far to look for the colon of a URI scheme; the longest known scheme, `ethereum`, has 8 letters.
const MAX_SCHEME: usize = 24;

/// An address that is well-formed for its network.
///
/// [`Address::parse`] is the only constructor. There is no `Deserialize`, so external input cannot become an address
/// unchecked. Two addresses are equal when network and canonical text are equal, however they were typed.
#[derive(Clone, Debug)]
pub struct Address {
    network: Network,
    checked: CheckedAddress,
    /// The text that it was parsed from.
    typed: String,
}

/// The result of a network's checks: the canonical form, a warning, and what the address implies for the memo.
#[derive(Clone, Debug)]
struct CheckedAddress {
    text: String,
    warning: Option<AddressWarning>,
    memo: AddressMemo,
}

impl CheckedAddress {
    /// An address without warning or memo.
    fn without_warning(text: impl Into<String>) -> Self {
        Self { text: text.into(), warning: None, memo: AddressMemo::Silent }
    }

    fn with_warning(self, warning: impl Into<Option<AddressWarning>>) -> Self {
        Self { warning: warning.into(), ..self }
    }
}

/// What an address implies for the memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMemo {
    /// Nothing: the network's rule applies.
    Silent,
    /// No memo is needed: an X-address without a tag (XLS-5).
    NotNeeded,
    /// The tag from an X-address (XLS-5); the canonical form no longer contains it.
    Tag(u32),
    /// The memo is part of the address and is kept in it: a muxed account (SEP-23).
    Inside,
}

impl Address {
    /// Parses `text` as an address of `network`. Surrounding white space is ignored.
    ///
    /// # Errors
    ///
    /// An [`AddressError`] that says what is wrong and what to do next. A text that is valid on another network, or has
    /// an unambiguous prefix of one, is [`AddressError::WrongNetwork`].
    pub fn parse(network: Network, text: &str) -> Result<Self, AddressError> {
        let text = require_printable(text)?;
        match check(network, text) {
            Ok(checked) => Ok(Self { network, checked, typed: text.to_owned() }),
            // These errors identify the text exactly.
            Err(error @ (AddressError::BurnAddress | AddressError::TokenContract)) => Err(error),
            Err(error) => Err(specific_error(network, text).unwrap_or(error)),
        }
    }

    pub fn network(&self) -> Network {
        self.network
    }

    /// The canonical form, which is stored, compared and sent: EIP-55 case for the EVM networks, lower case for bech32
    /// (BIP-173), base58 unchanged because its case is significant, the account of an X-address without its tag. Always
    /// ASCII, at most [`MAX_LENGTH`].
    pub fn as_str(&self) -> &str {
        &self.checked.text
    }

    /// The address as it was typed or sent, for responses to the client that sent it.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }

    pub fn memo(&self) -> AddressMemo {
        self.checked.memo
    }

    /// Warnings to show before money is sent; at most one.
    ///
    /// They concern the text as it was typed. The canonical form of an EVM address has its checksum, so parsing a
    /// stored address yields no [`AddressWarning::NoChecksum`] (except for one without letters, which cannot have
    /// one). The other warnings concern the address itself and are always present.
    pub fn warnings(&self) -> &[AddressWarning] {
        self.checked.warning.as_slice()
    }

    /// The only element of [`Address::warnings`], for callers that show a single line.
    pub fn warning(&self) -> Option<AddressWarning> {
        self.checked.warning
    }

    /// Whether the memo is part of the address, which makes it a shared one.
    pub fn has_memo_inside(&self) -> bool {
        self.checked.memo == AddressMemo::Inside
    }

    /// The account that receives the coins: for a muxed account the underlying one (SEP-23), else the address itself.
    pub fn holder(&self) -> String {
        match self.network.address_form() {
            AddressFormat::Stellar => stellar::holder(self.as_str()),
            AddressFormat::Evm
            | AddressFormat::Bitcoin
            | AddressFormat::Litecoin
            | AddressFormat::Solana
            | AddressFormat::Xrp
            | AddressFormat::Algorand
            | AddressFormat::Tron
            | AddressFormat::Near
            | AddressFormat::Noble
            | AddressFormat::Hedera => self.as_str().to_owned(),
        }
    }

    /// Whether the address belongs to a program and has no key.
    pub fn is_of_program(&self) -> bool {
        self.checked.warning == Some(AddressWarning::NoKey)
    }

    /// The canonical form in groups of four characters (the last may be shorter), which makes the full address easier
    /// to compare. Concatenated, they are [`Address::as_str`].
    pub fn groups_of_four(&self) -> impl Iterator<Item = &str> {
        let text = self.as_str();
        // The text is ASCII, so every index is a character boundary.
        (0..text.len()).step_by(4).filter_map(move |start| text.get(start..text.len().min(start + 4)))
    }

    /// The part that people compare at a glance, in lower case: four characters after the common prefix of the format,
    /// and the last four. Address poisoning relies on two addresses that share it.
    pub fn lookalike_key(&self) -> String {
        let text = self.as_str();
        let starts = ["0x", "0.0.", "bc1q", "bc1p", "ltc1q", "ltc1p", "noble1"];
        let telling = starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
        let telling = telling.strip_suffix(".near").unwrap_or(telling);
        let first = telling.get(..4).unwrap_or(telling);
        let last = telling.len().checked_sub(4).and_then(|start| telling.get(start..)).unwrap_or(telling);
        format!("{first}{last}").to_ascii_lowercase()
    }

    /// The last six characters of the canonical form, typed to confirm a large refund.
    pub fn last_six(&self) -> &str {
        let text = self.as_str();
        text.len().checked_sub(6).and_then(|start| text.get(start..)).unwrap_or(text)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.network == other.network && self.as_str() == other.as_str()
    }
}

impl Eq for Address {}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The canonical form of a text that is an address on any network; lists use it to find addresses typed in another
/// case.
pub fn canonical(text: &str) -> Option<String> {
    let network = networks_accepting(text).into_iter().next()?;
    Address::parse(network, text).ok().map(|address| address.as_str().to_owned())
}

/// The networks on which `text` is a valid address, in the order of the list. Networks that share a format
/// accept the same texts, so either all of them are listed or none.
pub fn networks_accepting(text: &str) -> Vec<Network> {
    let Ok(text) = require_printable(text) else { return Vec::new() };
    Network::all().filter(|network| check(*network, text).is_ok()).collect()
}

/// Applies the rules of one network.
fn check(network: Network, text: &str) -> Result<CheckedAddress, AddressError> {
    match network.address_form() {
        AddressFormat::Evm => evm::check(network, text),
        AddressFormat::Bitcoin => bitcoin::BITCOIN.check(text),
        AddressFormat::Litecoin => bitcoin::LITECOIN.check(text),
        AddressFormat::Solana => solana::check(text),
        AddressFormat::Xrp => xrp::check(text),
        AddressFormat::Stellar => stellar::check(text),
        AddressFormat::Algorand => algorand::check(text),
        AddressFormat::Tron => tron::check(text),
        AddressFormat::Near => near::check(text),
        AddressFormat::Noble => noble::check(text),
        AddressFormat::Hedera => hedera::check(text),
    }
}

/// A more helpful error than the network's own, when the text can be identified as something else.
fn specific_error(network: Network, text: &str) -> Option<AddressError> {
    if is_secret_key(text) {
        return Some(AddressError::SecretKey);
    }
    // NEAR has accounts of this format, but a transaction hash copied by mistake is more likely.
    if is_transaction_hash(text) {
        return Some(AddressError::TransactionHash);
    }
    let mut looks_like = networks_accepting(text);
    if looks_like.is_empty() {
        if is_name(text) && !near::has_registrar_ending(text) {
            return Some(AddressError::Name);
        }
        looks_like = networks_by_prefix(text);
    }
    let elsewhere = !looks_like.is_empty() && !looks_like.contains(&network);
    elsewhere.then_some(AddressError::WrongNetwork { network, looks_like })
}

/// The networks whose addresses have this prefix, for a text that is valid nowhere. No base58 text starts with `0x` and
/// very few with a bech32 prefix, so the prefix identifies the intended network.
fn networks_by_prefix(text: &str) -> Vec<Network> {
    let form = if evm::has_prefix(text) {
        AddressFormat::Evm
    } else if bitcoin::BITCOIN.has_segwit_prefix(text) {
        AddressFormat::Bitcoin
    } else if bitcoin::LITECOIN.has_segwit_prefix(text) {
        AddressFormat::Litecoin
    } else if noble::has_prefix(text) {
        AddressFormat::Noble
    } else if near::has_registrar_ending(text) {
        AddressFormat::Near
    } else {
        return Vec::new();
    };
    Network::of_form(form).collect()
}

/// Whether the text is a private key, which a customer should never have shared.
fn is_secret_key(text: &str) -> bool {
    bitcoin::is_secret_key(text) || stellar::is_secret_key(text) || xrp::is_secret_key(text)
}

/// Trims the text and rejects what no network could accept, before decoding it and without echoing it.
fn require_printable(text: &str) -> Result<&str, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if has_scheme(text) {
        return Err(AddressError::Link);
    }
    // Counts no further than needed, and in characters, so that a look-alike alphabet is reported as such and not as
    // too long.
    if text.chars().nth(MAX_LENGTH).is_some() {
        return Err(AddressError::TooLong);
    }
    for (position, character) in (1..).zip(text.chars()) {
        if character.is_whitespace() {
            return Err(AddressError::InnerSpace { position });
        }
        if !character.is_ascii_graphic() {
            return Err(AddressError::ForeignCharacter { position });
        }
    }
    Ok(text)
}

/// Whether the text starts like a URI (RFC 3986, section 3.1): BIP-21 `bitcoin:`, EIP-681 `ethereum:`, `solana:`, an
/// explorer. A word with a colon and a space, such as `Address: 0x`, does not.
fn has_scheme(text: &str) -> bool {
    let Some(colon) = text.bytes().take(MAX_SCHEME).position(|byte| byte == b':') else { return false };
    let (mut scheme, mut rest) = (text.bytes().take(colon), text.bytes().skip(colon + 1));
    scheme.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && rest.next().is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether the text is a name such as `alice.eth` (ERC-137) or `alice.sol`, which would have to be resolved.
fn is_name(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(_, suffix)| suffix.len() > 1 && suffix.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Whether the text is 32 bytes in hexadecimal, with or without `0x`, as EVM networks and Bitcoin write hashes.
fn is_transaction_hash(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Rejects the first character, after `skip` characters, that is not `allowed`.
fn require_alphabet(
    network: Network,
    text: &str,
    skip: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<(), AddressError> {
    let bad = (1..).zip(text.chars()).skip(skip).find(|(_, character)| !allowed(*character));
    bad.map_or(Ok(()), |(position, character)| Err(AddressError::BadCharacter { network, position, character }))
}

/// Decodes base58check in Bitcoin's alphabet and returns the bytes without the checksum.
fn base58check(network: Network, text: &str, length: usize) -> Result<Vec<u8>, AddressError> {
    require_alphabet(network, text, 0, is_base58)?;
    // The length is checked before the checksum: a Solana key that starts like an address of this network has no
    // checksum.
    let wrong_length = AddressError::WrongLength { network };
    let bytes = bs58::decode(text).into_vec().map_err(|_| wrong_length.clone())?;
    if bytes.len() != length {
        return Err(wrong_length);
    }
    let checked = bs58::decode(text).with_check(None).into_vec();
    checked.map_err(|_| AddressError::BadChecksum { checksum: Checksum::AtTheEnd })
}

/// Whether the character is in the base58 alphabet of Bitcoin and Solana: letters and digits without `0`, `O`, `I`,
/// `l`.
fn is_base58(character: char) -> bool {
    character.is_ascii_alphanumeric() && !matches!(character, '0' | 'O' | 'I' | 'l')
}
