//! Reasons why a text is not accepted as an address, worded for merchant staff who got it from a customer.

use super::network::{AddressFormat, Network};
use std::fmt;
use thiserror::Error;

/// Why a text is rejected as an address. Each message says what is wrong and what to do next.
///
/// Positions count characters from 1, after surrounding white space is removed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("The address is missing. Paste the address that the customer sent.")]
    Empty,
    #[error("This text is longer than any address. Paste the address alone, without anything before or after it.")]
    TooLong,
    /// A link that may contain an address: BIP-21, EIP-681, Solana Pay, a block explorer. The address is not extracted,
    /// because the first address in an EIP-681 token link is the token contract, not the recipient.
    #[error("This is a link, not an address. Ask the customer to send the address alone.")]
    Link,
    /// 64 hexadecimal digits: a transaction hash, which customers mistake for an address.
    #[error(
        "This is the hash of a transaction, not an address. Ask the customer for the address that should receive the \
         refund."
    )]
    TransactionHash,
    /// A name in ENS (ERC-137) or a similar service.
    #[error("This is a name, not an address, and names are not looked up. Ask the customer for the address itself.")]
    Name,
    #[error(
        "There is a space or a line break at character {position}. Paste one address, without spaces or line breaks."
    )]
    InnerSpace { position: usize },
    /// A control character, an invisible one, or a letter of another alphabet that may look like a Latin one.
    #[error(
        "Character {position} is invisible or not a plain Latin letter or digit, even if it looks like one. Ask the \
         customer to copy the address again from the wallet."
    )]
    ForeignCharacter { position: usize },
    /// A printable character that is not in the network's alphabet.
    #[error(
        "Character {position}, '{character}', never appears in {} address. Ask the customer to copy it again.",
        with_article(*.network)
    )]
    BadCharacter {
        network: Network,
        position: usize,
        /// Always printable ASCII.
        character: char,
    },
    /// The address belongs to other networks.
    #[error(
        "This looks like {} address, but the refund goes out on {network}. Ask the customer for {} address or change \
         the network.",
        joined_with_or(.looks_like),
        with_article(*.network)
    )]
    WrongNetwork {
        network: Network,
        /// The networks whose addresses the text is, or resembles; never empty.
        looks_like: Vec<Network>,
    },
    /// A test network address: Bitcoin's `tb1`, `bcrt1` (BIP-173), base58check versions 0x6f and 0xc4, and the like.
    #[error(
        "This is an address of a {network} test network, where coins are worth nothing. Ask the customer for an address \
         of the real {network} network."
    )]
    TestNetwork { network: Network },
    /// A prefix that no address of the network has, or a kind of address that it does not support.
    #[error(
        "This is not {} address: {}. Ask the customer for the right address.",
        with_article(*.network),
        form(*.network)
    )]
    WrongPrefix { network: Network },
    /// 40 hexadecimal digits without `0x`.
    #[error(
        "The 0x at the start of this {network} address is missing. Ask the customer to copy the whole address again."
    )]
    MissingPrefix { network: Network },
    /// `0X` for `0x`.
    #[error(
        "{} address starts with 0x and a small x, and this one has a capital X. Ask the customer to copy it again.",
        capitalised(*.network)
    )]
    CapitalPrefix { network: Network },
    /// Too short or too long for the kind of address that it resembles.
    #[error(
        "This does not have the length of {} address, so a part is missing or something was added. Ask the customer \
         to copy it again.",
        with_article(*.network)
    )]
    WrongLength { network: Network },
    /// Mixed case in a bech32 address (BIP-173 forbids it).
    #[error(
        "This address has both capital and small letters, which this kind of address never has. Ask the customer to \
         copy it again."
    )]
    MixedCase,
    #[error("{checksum}, so at least one character is wrong. Ask the customer to copy it again.")]
    BadChecksum { checksum: Checksum },
    /// Well-formed but meaningless: an unknown version, leftover bits (BIP-173), a kind of key that receives no
    /// payments.
    #[error("This has the form of {} address but cannot receive money. Ask the customer to copy it again.", with_article(*.network))]
    Malformed { network: Network },
    /// A token contract, which customers copy from an explorer instead of their own address.
    #[error(
        "This is the contract of a coin and not a person's address, so the money would be lost. Ask the customer for an \
         address of their own."
    )]
    TokenContract,
    /// A private key: Bitcoin's wallet import format, Stellar's and XRP's seeds.
    #[error(
        "This is a secret key and not an address, and whoever has read it can take the customer's money. Ask the \
         customer for the address, and to move the money to a new wallet."
    )]
    SecretKey,
    /// A burn address, for which no key is known.
    #[error(
        "Nobody can spend what is sent to this address, so the money would be lost. Ask the customer for an address of \
         their own."
    )]
    BurnAddress,
}

/// The kind of checksum in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// The case of the letters of an EVM address (EIP-55).
    Capitals,
    /// The last characters: bech32 (BIP-173), bech32m (BIP-350), base58check, StrKey (SEP-23), Algorand's, HIP-15.
    AtTheEnd,
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Capitals => "The capital letters of this address do not match its checksum",
            Self::AtTheEnd => "The characters of this address do not match the checksum at its end",
        })
    }
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

impl fmt::Display for AddressWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoChecksum { network } if network.address_form() != AddressFormat::Evm => {
                return write!(
                    f,
                    "{network} addresses like this carry no checksum, so a wrong character cannot be noticed. Compare it \
                     with the customer's message character by character."
                );
            }
            Self::NoChecksum { .. } => {
                "This address was typed without the mix of capital and small letters that reveals a wrong character. \
                 Compare it with the customer's message character by character."
            }
            Self::FutureVersion { network } => {
                let starts = if *network == Network::Ltc { "ltc1q, ltc1p, L or M" } else { "bc1q, bc1p, 1 or 3" };
                return write!(
                    f,
                    "This kind of {network} address is not in use yet, and others could take what is sent there. Ask the \
                     customer for an address that starts with {starts}."
                );
            }
            Self::NoKey => {
                "This Solana address belongs to a program and not to a person's key. Ask the customer whether it is a \
                 shared wallet, and compare it character by character."
            }
        })
    }
}

/// Describes the network's address format, as the rest of a sentence.
fn form(network: Network) -> &'static str {
    match network.address_form() {
        AddressFormat::Evm => "those start with 0x",
        AddressFormat::Bitcoin => "those start with 1, 3 or bc1",
        AddressFormat::Litecoin => "those start with L, M or ltc1",
        AddressFormat::Solana => "those have 32 to 44 letters and digits",
        AddressFormat::Xrp => "those start with r or X",
        AddressFormat::Stellar => "those start with G or M",
        AddressFormat::Algorand => "those have 58 capital letters and digits",
        AddressFormat::Tron => "those start with T",
        AddressFormat::Near => "those end in .near or .tg, or have 64 digits and letters from a to f",
        AddressFormat::Noble => "those start with noble1",
        AddressFormat::Hedera => "those look like 0.0.12345",
    }
}

/// `an Ethereum`, `a Bitcoin`.
fn with_article(network: Network) -> String {
    joined_with_or(&[network])
}

/// `An Ethereum`, `A Bitcoin`.
fn capitalised(network: Network) -> String {
    with_article(network).replacen('a', "A", 1)
}

/// `an Ethereum, Base, Polygon or Arbitrum`.
fn joined_with_or(networks: &[Network]) -> String {
    let mut names = String::new();
    for (index, network) in networks.iter().enumerate() {
        names.push_str(match index {
            // By pronunciation: an Ethereum, an XRP Ledger, a NEAR.
            0 if network.title().starts_with(['A', 'E', 'O', 'X']) => "an ",
            0 => "a ",
            _ if index + 1 == networks.len() => " or ",
            _ => ", ",
        });
        names.push_str(network.title());
    }
    names
}
