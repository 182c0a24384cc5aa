//! The address that a refund is sent to: typed, checked, and the only kind of text that may leave as a destination.
//!
//! A transfer to a wrong address cannot be taken back, so every rule that can be checked without the chain is checked
//! here: EIP-55 for the EVM networks, base58check, BIP-173 and BIP-350 for Bitcoin, the key length for Solana.

mod bitcoin;
mod error;
mod evm;
mod solana;

pub use error::{AddressError, AddressWarning, Checksum};

use crate::domain::network::Network;
use serde::{Serialize, Serializer};
use std::fmt;

/// The longest text that is looked at, in characters: the limit of a bech32 string (BIP-173), and no format is longer.
pub const MAX_LENGTH: usize = 90;

/// Where the colon of a link's scheme is looked for; the longest known scheme, `ethereum`, has 8 letters.
const MAX_SCHEME: usize = 24;

/// An address that is proven to be well-formed for one network.
///
/// [`Address::parse`] is the only way to make one. There is no `Deserialize`, so that no text from outside becomes an
/// address unchecked. Two addresses are equal when network and canonical text are; how they were typed does not count.
#[derive(Clone, Debug)]
pub struct Address {
    network: Network,
    text: String,
    warning: Option<AddressWarning>,
}

/// What a network's own rules make of a text: the canonical form, and what a person should know about it.
struct Checked {
    text: String,
    warning: Option<AddressWarning>,
}

impl Address {
    /// Reads `text` as an address of `network`. White space around it is ignored.
    ///
    /// # Errors
    ///
    /// An [`AddressError`] whose text says what is wrong and what to do next. A text that is valid elsewhere, or that
    /// has the unmistakable start of an address of another network, is [`AddressError::WrongNetwork`].
    pub fn parse(network: Network, text: &str) -> Result<Self, AddressError> {
        let text = readable(text)?;
        match check(network, text) {
            Ok(Checked { text, warning }) => Ok(Self { network, text, warning }),
            Err(error) => Err(blame_the_network(network, text).unwrap_or(error)),
        }
    }

    /// The network that it is an address of.
    pub fn network(&self) -> Network {
        self.network
    }

    /// The canonical form, which is stored, compared and sent: EIP-55 capitals for the EVM networks, lower case for
    /// bech32 (BIP-173), base58 as it was given because its case carries meaning. Always ASCII, at most [`MAX_LENGTH`].
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the person who typed it should know before money is sent; nothing, or one thing.
    ///
    /// It is about the text as it was typed. The canonical form of an EVM address has its checksum, so reading a stored
    /// address again yields no [`AddressWarning::NoChecksum`] (except for one without any letter, which can carry none).
    /// The warnings for Solana and Bitcoin are about the address itself and come with every reading.
    pub fn warnings(&self) -> &[AddressWarning] {
        self.warning.as_slice()
    }

    /// The one of [`Address::warnings`], for a place that shows a single line.
    pub fn warning(&self) -> Option<AddressWarning> {
        self.warning
    }

    /// The canonical form in groups of four characters (the last may be shorter), to show it unabridged to a person who
    /// compares it with another text. Joined without anything between, they are [`Address::as_str`].
    pub fn groups_of_four(&self) -> impl Iterator<Item = &str> {
        let text = self.as_str();
        // It is ASCII, so every index is a character boundary.
        (0..text.len()).step_by(4).filter_map(move |start| text.get(start..text.len().min(start + 4)))
    }

    /// The last six characters of the canonical form: what a person types to confirm a large refund.
    pub fn last_six(&self) -> &str {
        let text = self.as_str();
        text.len().checked_sub(6).and_then(|start| text.get(start..)).unwrap_or(text)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.network == other.network && self.text == other.text
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

/// The text as it would be stored, when it is an address of any network; how lists find what was typed in another case.
pub fn canonical(text: &str) -> Option<String> {
    let network = networks_accepting(text).into_iter().next()?;
    Address::parse(network, text).ok().map(|address| address.as_str().to_owned())
}

/// The networks on which `text` is a valid address, in the order of [`Network::ALL`]. The EVM networks share one format,
/// so it is all four of them or none.
pub fn networks_accepting(text: &str) -> Vec<Network> {
    let Ok(text) = readable(text) else { return Vec::new() };
    Network::ALL.into_iter().filter(|network| check(*network, text).is_ok()).collect()
}

/// Applies the rules of one network.
fn check(network: Network, text: &str) -> Result<Checked, AddressError> {
    match network {
        Network::Eth | Network::Base | Network::Poly | Network::Arb => evm::check(network, text),
        Network::Sol => solana::check(text),
        Network::Btc => bitcoin::check(text),
    }
}

/// The refusal for a text that belongs to other networks, if it does.
fn blame_the_network(network: Network, text: &str) -> Option<AddressError> {
    let mut looks_like = networks_accepting(text);
    if looks_like.is_empty() {
        looks_like = networks_by_prefix(text);
    }
    let elsewhere = !looks_like.is_empty() && !looks_like.contains(&network);
    elsewhere.then_some(AddressError::WrongNetwork { network, looks_like })
}

/// The networks whose addresses start like this, for a text that is valid nowhere. No base58 text starts with `0x`, and
/// hardly one with a prefix of bech32, so these starts leave no real doubt about what was meant.
fn networks_by_prefix(text: &str) -> Vec<Network> {
    if evm::has_prefix(text) {
        return vec![Network::Eth, Network::Base, Network::Poly, Network::Arb];
    }
    if bitcoin::has_segwit_prefix(text) {
        return vec![Network::Btc];
    }
    Vec::new()
}

/// Trims the text and refuses what no network could accept, before any decoding and without echoing it.
fn readable(text: &str) -> Result<&str, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if has_scheme(text) {
        return Err(AddressError::Link);
    }
    // Counted no further than needed; in characters, so that a look-alike alphabet is named for what it is.
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
    if is_name(text) {
        return Err(AddressError::Name);
    }
    if is_transaction_hash(text) {
        return Err(AddressError::TransactionHash);
    }
    Ok(text)
}

/// Whether it starts like a URI (RFC 3986, section 3.1): BIP-21 `bitcoin:`, EIP-681 `ethereum:`, `solana:`, an explorer.
/// A word with a colon and a space, such as `Address: 0x`, does not.
fn has_scheme(text: &str) -> bool {
    let Some(colon) = text.bytes().take(MAX_SCHEME).position(|byte| byte == b':') else { return false };
    let (mut scheme, mut rest) = (text.bytes().take(colon), text.bytes().skip(colon + 1));
    scheme.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && rest.next().is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether it is a name such as `alice.eth` (ERC-137) or `alice.sol`, which stands for an address but is none.
fn is_name(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(_, suffix)| suffix.len() > 1 && suffix.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Whether it is 32 bytes in hexadecimal, with or without `0x`, as hashes are written on the EVM networks and on Bitcoin.
fn is_transaction_hash(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Refuses the first character after the `skip` first ones that `allowed` does not know.
fn require_alphabet(
    network: Network,
    text: &str,
    skip: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<(), AddressError> {
    let bad = (1..).zip(text.chars()).skip(skip).find(|(_, character)| !allowed(*character));
    bad.map_or(Ok(()), |(position, character)| Err(AddressError::BadCharacter { network, position, character }))
}

/// Whether base58 (the alphabet of Bitcoin and Solana) has the character: letters and digits without `0`, `O`, `I`, `l`.
fn is_base58(character: char) -> bool {
    character.is_ascii_alphanumeric() && !matches!(character, '0' | 'O' | 'I' | 'l')
}
