//! Reasons why a text is not accepted as an address, worded for merchant staff who got it from a customer.

use super::network::{AddressFormat, Network};
use crate::domain::error::ErrorText;
use std::fmt;

/// Why a text is rejected as an address. Each message says what is wrong and what to do next.
///
/// Positions count characters from 1, after surrounding white space is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    Empty,
    TooLong,
    /// A link that may contain an address: BIP-21, EIP-681, Solana Pay, a block explorer. The address is not extracted,
    /// because the first address in an EIP-681 token link is the token contract, not the recipient.
    Link,
    /// 64 hexadecimal digits: a transaction hash, which customers mistake for an address.
    TransactionHash,
    /// A name in ENS (ERC-137) or a similar service.
    Name,
    InnerSpace {
        position: usize,
    },
    /// A control character, an invisible one, or a letter of another alphabet that may look like a Latin one.
    ForeignCharacter {
        position: usize,
    },
    /// A printable character that is not in the network's alphabet.
    BadCharacter {
        network: Network,
        position: usize,
        /// Always printable ASCII.
        character: char,
    },
    /// The address belongs to other networks.
    WrongNetwork {
        network: Network,
        /// The networks whose addresses the text is, or resembles; never empty.
        looks_like: Vec<Network>,
    },
    /// A test network address: Bitcoin's `tb1`, `bcrt1` (BIP-173), base58check versions 0x6f and 0xc4, and the like.
    TestNetwork {
        network: Network,
    },
    /// A prefix that no address of the network has, or a kind of address that it does not support.
    WrongPrefix {
        network: Network,
    },
    /// 40 hexadecimal digits without `0x`.
    MissingPrefix {
        network: Network,
    },
    /// `0X` for `0x`.
    CapitalPrefix {
        network: Network,
    },
    /// Too short or too long for the kind of address that it resembles.
    WrongLength {
        network: Network,
    },
    /// Mixed case in a bech32 address (BIP-173 forbids it).
    MixedCase,
    BadChecksum {
        checksum: Checksum,
    },
    /// Well-formed but meaningless: an unknown version, leftover bits (BIP-173), a kind of key that receives no
    /// payments.
    Malformed {
        network: Network,
    },
    /// A token contract, which customers copy from an explorer instead of their own address.
    TokenContract,
    /// A private key: Bitcoin's wallet import format, Stellar's and XRP's seeds.
    SecretKey,
    /// A burn address, for which no key is known.
    BurnAddress,
}

impl AddressError {
    /// What people read about it.
    pub fn text(&self) -> ErrorText {
        match self {
            Self::Empty => "error-address-missing".into(),
            Self::TooLong => "error-address-too-long".into(),
            Self::Link => "error-address-link".into(),
            Self::TransactionHash => "error-address-transaction".into(),
            Self::Name => "error-address-name".into(),
            Self::InnerSpace { position } => ErrorText::new("error-address-space").with("position", *position),
            Self::ForeignCharacter { position } => {
                ErrorText::new("error-address-foreign-character").with("position", *position)
            }
            Self::BadCharacter { network, position, character } => of_network("error-address-bad-character", *network)
                .with("position", *position)
                .with("character", character.to_string()),
            Self::WrongNetwork { network, looks_like } => wrong_network(*network, looks_like),
            Self::TestNetwork { network } => of_network("error-address-test-network", *network),
            Self::WrongPrefix { network } => of_network(wrong_form(*network), *network),
            Self::MissingPrefix { network } => of_network("error-address-missing-prefix", *network),
            Self::CapitalPrefix { network } => ErrorText::new("error-address-capital-prefix")
                .with("network", network.title())
                .with("article", if takes_an(*network) { "An" } else { "A" }),
            Self::WrongLength { network } => of_network("error-address-wrong-length", *network),
            Self::MixedCase => "error-address-mixed-case".into(),
            Self::BadChecksum { checksum: Checksum::Capitals } => "error-address-checksum-capitals".into(),
            Self::BadChecksum { checksum: Checksum::AtTheEnd } => "error-address-checksum-end".into(),
            Self::Malformed { network } => of_network("error-address-malformed", *network),
            Self::TokenContract => "error-address-token-contract".into(),
            Self::SecretKey => "error-address-secret-key".into(),
            Self::BurnAddress => "error-address-burn".into(),
        }
    }
}

/// For the log.
impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.text())
    }
}

impl std::error::Error for AddressError {}

/// The kind of checksum in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// The case of the letters of an EVM address (EIP-55).
    Capitals,
    /// The last characters: bech32 (BIP-173), bech32m (BIP-350), base58check, StrKey (SEP-23), Algorand's, HIP-15.
    AtTheEnd,
}

/// A warning about a valid address, shown before money is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressWarning {
    /// The address has no checksum: an EVM address in one case only (EIP-55), any Solana or NEAR address, which are
    /// bare keys or names, or a Hedera account without the letters of HIP-15.
    NoChecksum { network: Network },
    /// A witness version (2 to 16) without defined meaning. BIP-350 asks senders to accept it, but until it is defined
    /// anyone can spend the coins (BIP-141).
    FutureVersion { network: Network },
    /// A Solana address off the curve, so no key belongs to it: a program's account, such as a multisig wallet or a
    /// token account, or a mistake.
    NoKey,
}

impl AddressWarning {
    /// What people read about it.
    pub fn text(self) -> ErrorText {
        match self {
            Self::NoChecksum { network } if network.address_form() != AddressFormat::Evm => {
                ErrorText::new("error-address-no-checksum").with("network", network.title())
            }
            Self::NoChecksum { .. } => "error-address-no-checksum-evm".into(),
            Self::FutureVersion { network: Network::Ltc } => "error-address-future-litecoin".into(),
            Self::FutureVersion { .. } => "error-address-future-bitcoin".into(),
            Self::NoKey => "error-address-no-key".into(),
        }
    }
}

/// The id of the text about an address that does not have the form of its network.
const fn wrong_form(network: Network) -> &'static str {
    match network.address_form() {
        AddressFormat::Evm => "error-address-form-evm",
        AddressFormat::Bitcoin => "error-address-form-bitcoin",
        AddressFormat::Litecoin => "error-address-form-litecoin",
        AddressFormat::Solana => "error-address-form-solana",
        AddressFormat::Xrp => "error-address-form-xrp",
        AddressFormat::Stellar => "error-address-form-stellar",
        AddressFormat::Algorand => "error-address-form-algorand",
        AddressFormat::Tron => "error-address-form-tron",
        AddressFormat::Near => "error-address-form-near",
        AddressFormat::Noble => "error-address-form-noble",
        AddressFormat::Hedera => "error-address-form-hedera",
    }
}

/// A text about addresses of a network.
fn of_network(id: &'static str, network: Network) -> ErrorText {
    named(ErrorText::new(id), network)
}

fn named(text: ErrorText, network: Network) -> ErrorText {
    text.with("network", network.title()).with("article", article(network))
}

fn article(network: Network) -> &'static str {
    if takes_an(network) { "an" } else { "a" }
}

/// Whether its name has the article `an` in English, by pronunciation: an Ethereum, an XRP Ledger, a NEAR address.
fn takes_an(network: Network) -> bool {
    network.title().starts_with(['A', 'E', 'O', 'X'])
}

/// The text for one or for several networks whose addresses the text resembles.
fn wrong_network(network: Network, looks_like: &[Network]) -> ErrorText {
    let text = match looks_like {
        [] => return of_network("error-address-malformed", network),
        [other] => ErrorText::new("error-address-wrong-network")
            .with("other", other.title())
            .with("other-article", article(*other)),
        [first, .., last] => {
            let others = looks_like.iter().filter(|other| *other != last).map(|other| other.title());
            ErrorText::new("error-address-wrong-networks")
                .with("others", others.collect::<Vec<_>>().join(", "))
                .with("other-article", article(*first))
                .with("last", last.title())
        }
    };
    named(text, network)
}
