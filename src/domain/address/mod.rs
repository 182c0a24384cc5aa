//! The address that a refund is sent to: typed, checked, and the only kind of text that may leave as a destination.
//!
//! A transfer to a wrong address cannot be taken back, so every rule that can be checked without the chain is checked
//! here, one module for each form of address.

mod algorand;
mod bitcoin;
mod error;
mod evm;
mod hedera;
pub mod memo;
mod near;
pub mod network;
mod noble;
mod solana;
mod stellar;
mod tron;
mod xrp;

pub use error::{AddressError, AddressWarning, Checksum};

use self::network::{AddressForm, Network};
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
    checked: Checked,
}

/// What a network's own rules make of a text: the canonical form, what a person should know about it, and what it says of
/// the memo.
#[derive(Clone, Debug)]
struct Checked {
    text: String,
    warning: Option<AddressWarning>,
    memo: AddressMemo,
}

impl Checked {
    /// An address about which there is nothing to say.
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), warning: None, memo: AddressMemo::Silent }
    }

    fn warned(self, warning: impl Into<Option<AddressWarning>>) -> Self {
        Self { warning: warning.into(), ..self }
    }
}

/// What an address itself says about the memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMemo {
    /// Nothing, so the network's rule applies.
    Silent,
    /// That none is needed: an X-address without a tag (XLS-5).
    NotNeeded,
    /// The tag that was inside, and is no more in the canonical form: an X-address with a tag (XLS-5).
    Tag(u32),
    /// That it is a part of the address and stays one: a muxed account (SEP-23).
    Inside,
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
            Ok(checked) => Ok(Self { network, checked }),
            // These know exactly what the text is.
            Err(error @ (AddressError::BurnAddress | AddressError::TokenContract)) => Err(error),
            Err(error) => Err(better_explanation(network, text).unwrap_or(error)),
        }
    }

    /// The network that it is an address of.
    pub fn network(&self) -> Network {
        self.network
    }

    /// The canonical form, which is stored, compared and sent: EIP-55 capitals for the EVM networks, lower case for
    /// bech32 (BIP-173), base58 as it was given because its case carries meaning, the account of an X-address without its
    /// tag. Always ASCII, at most [`MAX_LENGTH`].
    pub fn as_str(&self) -> &str {
        &self.checked.text
    }

    /// What it says about the memo.
    pub fn memo(&self) -> AddressMemo {
        self.checked.memo
    }

    /// What the person who typed it should know before money is sent; nothing, or one thing.
    ///
    /// It is about the text as it was typed. The canonical form of an EVM address has its checksum, so reading a stored
    /// address again yields no [`AddressWarning::NoChecksum`] (except for one without any letter, which can carry none).
    /// The other warnings are about the address itself and come with every reading.
    pub fn warnings(&self) -> &[AddressWarning] {
        self.checked.warning.as_slice()
    }

    /// The one of [`Address::warnings`], for a place that shows a single line.
    pub fn warning(&self) -> Option<AddressWarning> {
        self.checked.warning
    }

    /// Whether the memo is a part of the address, so that it is a shared one.
    pub fn has_memo_inside(&self) -> bool {
        self.checked.memo == AddressMemo::Inside
    }

    /// The account that holds what is sent to it: for a muxed account the one around it (SEP-23), else the address itself.
    pub fn holder(&self) -> String {
        match self.network.address_form() {
            AddressForm::Stellar => stellar::holder(self.as_str()),
            _ => self.as_str().to_owned(),
        }
    }

    /// Whether no key belongs to it but a program.
    pub fn is_of_program(&self) -> bool {
        self.checked.warning == Some(AddressWarning::NoKey)
    }

    /// The canonical form in groups of four characters (the last may be shorter), to show it unabridged to a person who
    /// compares it with another text. Joined without anything between, they are [`Address::as_str`].
    pub fn groups_of_four(&self) -> impl Iterator<Item = &str> {
        let text = self.as_str();
        // It is ASCII, so every index is a character boundary.
        (0..text.len()).step_by(4).filter_map(move |start| text.get(start..text.len().min(start + 4)))
    }

    /// What a person compares at a glance, in small letters: four characters after what all addresses of the form start
    /// with, and the last four. Two addresses that share it are taken for each other, which is what poisoned histories
    /// live from.
    pub fn lookalike_key(&self) -> String {
        let text = self.as_str();
        let starts = ["0x", "0.0.", "bc1q", "bc1p", "ltc1q", "ltc1p", "noble1"];
        let telling = starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
        let telling = telling.strip_suffix(".near").unwrap_or(telling);
        let first = telling.get(..4).unwrap_or(telling);
        let last = telling.len().checked_sub(4).and_then(|start| telling.get(start..)).unwrap_or(telling);
        format!("{first}{last}").to_ascii_lowercase()
    }

    /// The last six characters of the canonical form: what a person types to confirm a large refund.
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

/// The text as it would be stored, when it is an address of any network; how lists find what was typed in another case.
pub fn canonical(text: &str) -> Option<String> {
    let network = networks_accepting(text).into_iter().next()?;
    Address::parse(network, text).ok().map(|address| address.as_str().to_owned())
}

/// The networks on which `text` is a valid address, in the order of [`Network::ALL`]. Networks that share a form accept the
/// same texts, so it is all of them or none.
pub fn networks_accepting(text: &str) -> Vec<Network> {
    let Ok(text) = readable(text) else { return Vec::new() };
    Network::ALL.into_iter().filter(|network| check(*network, text).is_ok()).collect()
}

/// Applies the rules of one network.
fn check(network: Network, text: &str) -> Result<Checked, AddressError> {
    match network.address_form() {
        AddressForm::Evm => evm::check(network, text),
        AddressForm::Bitcoin => bitcoin::BITCOIN.check(text),
        AddressForm::Litecoin => bitcoin::LITECOIN.check(text),
        AddressForm::Solana => solana::check(text),
        AddressForm::Xrp => xrp::check(text),
        AddressForm::Stellar => stellar::check(text),
        AddressForm::Algorand => algorand::check(text),
        AddressForm::Tron => tron::check(text),
        AddressForm::Near => near::check(text),
        AddressForm::Noble => noble::check(text),
        AddressForm::Hedera => hedera::check(text),
    }
}

/// What a refused text really is, when that helps more than the network's own complaint.
fn better_explanation(network: Network, text: &str) -> Option<AddressError> {
    if is_secret_key(text) {
        return Some(AddressError::SecretKey);
    }
    // NEAR has accounts of this form, but a hash is what a customer more likely copied by mistake.
    if is_transaction_hash(text) {
        return Some(AddressError::TransactionHash);
    }
    let mut looks_like = networks_accepting(text);
    if looks_like.is_empty() {
        if is_name(text) && !near::has_ending(text) {
            return Some(AddressError::Name);
        }
        looks_like = networks_by_prefix(text);
    }
    let elsewhere = !looks_like.is_empty() && !looks_like.contains(&network);
    elsewhere.then_some(AddressError::WrongNetwork { network, looks_like })
}

/// The networks whose addresses start like this, for a text that is valid nowhere. No base58 text starts with `0x`, and
/// hardly one with a prefix of bech32, so these starts leave no real doubt about what was meant.
fn networks_by_prefix(text: &str) -> Vec<Network> {
    let form = if evm::has_prefix(text) {
        AddressForm::Evm
    } else if bitcoin::BITCOIN.has_segwit_prefix(text) {
        AddressForm::Bitcoin
    } else if bitcoin::LITECOIN.has_segwit_prefix(text) {
        AddressForm::Litecoin
    } else if noble::has_prefix(text) {
        AddressForm::Noble
    } else if near::has_ending(text) {
        AddressForm::Near
    } else {
        return Vec::new();
    };
    Network::of_form(form).collect()
}

/// A key that spends, which a customer should never have sent to anybody.
fn is_secret_key(text: &str) -> bool {
    bitcoin::is_secret_key(text) || stellar::is_secret_key(text) || xrp::is_secret_key(text)
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

/// The bytes of a base58check text with Bitcoin's alphabet whose checksum matches, without the checksum.
fn base58check(network: Network, text: &str, length: usize) -> Result<Vec<u8>, AddressError> {
    require_alphabet(network, text, 0, is_base58)?;
    // Length before checksum: a Solana key that starts like an address of this network has none.
    let wrong_length = AddressError::WrongLength { network };
    let bytes = bs58::decode(text).into_vec().map_err(|_| wrong_length.clone())?;
    if bytes.len() != length {
        return Err(wrong_length);
    }
    let checked = bs58::decode(text).with_check(None).into_vec();
    checked.map_err(|_| AddressError::BadChecksum { checksum: Checksum::AtTheEnd })
}

/// Whether base58 (the alphabet of Bitcoin and Solana) has the character: letters and digits without `0`, `O`, `I`, `l`.
fn is_base58(character: char) -> bool {
    character.is_ascii_alphanumeric() && !matches!(character, '0' | 'O' | 'I' | 'l')
}
