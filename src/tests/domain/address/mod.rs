//! Which refund destinations are accepted, which are refused, and with which messages.
//!
//! Published vectors are in `vectors`, properties that hold for every text in `properties`.

mod forms;
mod memo;
mod messages;
mod properties;
mod vectors;

use requite::chain::sandbox;
use requite::domain::address::{Address, AddressError, AddressWarning, Checksum, MAX_LENGTH, networks_accepting};
use requite::domain::{address::network::Network, names::Named};

/// The networks that share Ethereum's address format.
const EVM: [Network; 6] = [Network::Eth, Network::Base, Network::Arb, Network::Op, Network::Poly, Network::Avax];

const ETHEREUM: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const SOLANA: &str = "83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcri";
const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

/// Developers copy these addresses from the documentation.
#[test]
fn the_operations_page_lists_the_sandbox_addresses() {
    let page = include_str!("../../../../docs/operations.md");
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.matches('`').count() == 4);
    let mut seen = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
        let [names, rejected, hanging] = cells.as_slice() else { continue };
        for name in names.split(", ") {
            let Some(network) = Network::all().find(|network| network.title() == name) else { continue };
            assert_eq!(rejected.trim_matches('`'), sandbox::rejecting_address(network), "{name}");
            assert_eq!(hanging.trim_matches('`'), sandbox::hanging_address(network), "{name}");
            seen.push(network);
        }
    }
    assert!(seen.starts_with(&EVM) && seen.len() == EVM.len() + 2, "{seen:?}");
}

fn accept(network: Network, text: &str) -> Address {
    Address::parse(network, text).unwrap_or_else(|error| panic!("{text} on {network}: {error}"))
}

fn refuse(network: Network, text: &str) -> AddressError {
    match Address::parse(network, text) {
        Ok(address) => panic!("{text} is accepted on {network} as {address}"),
        Err(error) => error,
    }
}

#[test]
fn an_address_keeps_its_network_and_is_trimmed() {
    let address = accept(Network::Base, &format!("\u{a0}\t{ETHEREUM}\r\n"));
    assert_eq!((address.network(), address.as_str()), (Network::Base, ETHEREUM));
    assert_eq!(address.to_string(), ETHEREUM);
}

#[test]
fn the_canonical_form_is_eip_55_mixed_case_or_lower_case_bech32() {
    assert_eq!(accept(Network::Eth, &ETHEREUM.to_lowercase()).as_str(), ETHEREUM);
    assert_eq!(accept(Network::Btc, &BITCOIN.to_uppercase()).as_str(), BITCOIN);
    assert_eq!(accept(Network::Sol, SOLANA).as_str(), SOLANA);
}

#[test]
fn addresses_are_equal_by_network_and_account_however_they_were_typed() {
    assert_eq!(accept(Network::Eth, ETHEREUM), accept(Network::Eth, &ETHEREUM.to_lowercase()));
    assert_ne!(accept(Network::Eth, ETHEREUM), accept(Network::Base, ETHEREUM));
}

#[test]
fn an_address_serializes_as_its_text() {
    assert_eq!(serde_json::to_string(&accept(Network::Sol, SOLANA)).unwrap(), format!("\"{SOLANA}\""));
}

#[test]
fn an_address_is_shown_in_groups_of_four_and_confirmed_by_its_last_six() {
    let address = accept(Network::Btc, BITCOIN);
    let groups: Vec<&str> = address.groups_of_four().collect();
    let shown = ["bc1q", "w508", "d6qe", "jxtd", "g4y5", "r3za", "rvar", "y0c5", "xw7k", "v8f3", "t4"];
    assert_eq!(groups, shown);
    assert_eq!(address.last_six(), "v8f3t4");
}

#[test]
fn only_an_address_without_a_checksum_gets_a_warning() {
    let digits = &ETHEREUM[2..];
    for network in EVM {
        let unchecked = [AddressWarning::NoChecksum { network }];
        for text in [ETHEREUM.to_lowercase(), format!("0x{}", digits.to_uppercase())] {
            assert_eq!(accept(network, &text).warnings(), unchecked);
        }
        assert!(accept(network, ETHEREUM).warnings().is_empty());
    }
    assert_eq!(accept(Network::Sol, SOLANA).warnings(), [AddressWarning::NoChecksum { network: Network::Sol }]);
    assert!(accept(Network::Btc, BITCOIN).warnings().is_empty());
    assert!(accept(Network::Btc, &BITCOIN.to_uppercase()).warnings().is_empty());
}

#[test]
fn an_ethereum_address_without_letters_never_has_a_checksum() {
    let text = format!("0x{}", "1234567890".repeat(4));
    let address = accept(Network::Eth, &text);
    assert_eq!(address.warnings(), [AddressWarning::NoChecksum { network: Network::Eth }]);
    assert_eq!(accept(Network::Eth, address.as_str()).warnings(), address.warnings());
}

#[test]
fn a_bitcoin_address_of_an_unused_witness_version_gets_a_warning() {
    let address = accept(Network::Btc, "BC1SW50QGDZ25J");
    assert_eq!(address.warnings(), [AddressWarning::FutureVersion { network: Network::Btc }]);
    assert_eq!(address.warning(), Some(AddressWarning::FutureVersion { network: Network::Btc }));
    assert_eq!(accept(Network::Btc, BITCOIN).warning(), None);
}

#[test]
fn an_address_of_another_network_is_reported_with_that_network() {
    for network in EVM {
        for (text, looks_like) in [(BITCOIN, Network::Btc), (SOLANA, Network::Sol)] {
            let expected = AddressError::WrongNetwork { network, looks_like: vec![looks_like] };
            assert_eq!(refuse(network, text), expected);
        }
    }
    for (network, other, text) in [(Network::Sol, Network::Btc, BITCOIN), (Network::Btc, Network::Sol, SOLANA)] {
        assert_eq!(refuse(network, text), AddressError::WrongNetwork { network, looks_like: vec![other] });
        assert_eq!(refuse(network, ETHEREUM), AddressError::WrongNetwork { network, looks_like: EVM.to_vec() });
    }
}

#[test]
fn a_damaged_address_of_another_network_is_still_reported_with_that_network() {
    let damaged = ETHEREUM.replace("5aA", "5AA");
    let expected = AddressError::WrongNetwork { network: Network::Sol, looks_like: EVM.to_vec() };
    assert_eq!(refuse(Network::Sol, &damaged), expected);
    let expected = AddressError::WrongNetwork { network: Network::Eth, looks_like: vec![Network::Btc] };
    assert_eq!(refuse(Network::Eth, &BITCOIN[..40]), expected);
}

#[test]
fn a_solana_key_that_starts_like_a_bitcoin_address_is_recognised_by_its_length() {
    // Next to the incinerator: it starts with 1, like a legacy Bitcoin address, and has 32 bytes.
    let text = "1nc1nerator11111111111111111111111111111112";
    assert_eq!(networks_accepting(text), [Network::Sol]);
    let expected = AddressError::WrongNetwork { network: Network::Btc, looks_like: vec![Network::Sol] };
    assert_eq!(refuse(Network::Btc, text), expected);
    let expected = AddressError::WrongNetwork { network: Network::Sol, looks_like: vec![Network::Btc] };
    assert_eq!(refuse(Network::Sol, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), expected);
}

#[test]
fn the_networks_that_accept_a_text_are_listed() {
    assert_eq!(networks_accepting(ETHEREUM), EVM);
    assert_eq!(networks_accepting(SOLANA), [Network::Sol]);
    assert_eq!(networks_accepting(BITCOIN), [Network::Btc]);
    for text in ["", "hello", "0x", "bc1", &"1".repeat(32), &ETHEREUM[..41], &"x".repeat(10_000)] {
        assert!(networks_accepting(text).is_empty(), "{text}");
    }
}

#[test]
fn an_address_without_a_known_private_key_is_refused() {
    for network in EVM {
        let placeholder = "EeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE".to_owned();
        let built_in = [1, 9, 0x100, 0xffff].map(|number| format!("{number:040x}"));
        let known = ["0".repeat(40), format!("{}dEaD", "0".repeat(36)), format!("{}dead", "0".repeat(36)), placeholder];
        for digits in known.into_iter().chain(built_in).chain(["f".repeat(40)]) {
            assert_eq!(refuse(network, &format!("0x{digits}")), AddressError::BurnAddress, "{digits}");
        }
    }
    for text in [&*"1".repeat(32), "1nc1nerator11111111111111111111111111111111"] {
        assert_eq!(refuse(Network::Sol, text), AddressError::BurnAddress);
    }
    for text in ["1111111111111111111114oLvT2", "bc1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq9e75rs"] {
        assert_eq!(refuse(Network::Btc, text), AddressError::BurnAddress);
    }
}

#[test]
fn the_start_of_an_ethereum_address_is_exactly_0x() {
    for network in EVM {
        assert_eq!(refuse(network, &ETHEREUM[2..]), AddressError::MissingPrefix { network });
        assert_eq!(refuse(network, &ETHEREUM.replace("0x", "0X")), AddressError::CapitalPrefix { network });
        assert_eq!(refuse(network, "hello"), AddressError::WrongPrefix { network });
        assert_eq!(refuse(network, &ETHEREUM[..41]), AddressError::WrongLength { network });
        assert_eq!(refuse(network, &format!("{ETHEREUM}0")), AddressError::WrongLength { network });
        assert_eq!(refuse(network, "0x"), AddressError::WrongLength { network });
    }
}

#[test]
fn the_position_of_an_invalid_character_is_reported() {
    for (network, text, position, character) in [
        (Network::Eth, ETHEREUM.replace("0x5", "0xg"), 3, 'g'),
        (Network::Btc, BITCOIN.replace("w50", "wb0"), 6, 'b'),
        (Network::Btc, "1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a".to_owned(), 33, '0'),
        (Network::Sol, SOLANA.replace("83a", "8la"), 2, 'l'),
    ] {
        assert_eq!(refuse(network, &text), AddressError::BadCharacter { network, position, character });
    }
}

#[test]
fn a_wrong_checksum_is_reported() {
    for (network, text, checksum) in [
        (Network::Eth, ETHEREUM.replace("5aA", "5AA"), Checksum::Capitals),
        (Network::Btc, BITCOIN.replace("w508", "w509"), Checksum::AtTheEnd),
        (Network::Btc, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb".to_owned(), Checksum::AtTheEnd),
    ] {
        assert_eq!(refuse(network, &text), AddressError::BadChecksum { checksum });
    }
}

#[test]
fn unreadable_characters_are_refused_on_every_network() {
    let too_long = "1".repeat(MAX_LENGTH + 1);
    for (text, error) in [
        ("", AddressError::Empty),
        (" \r\n\t", AddressError::Empty),
        (&*too_long, AddressError::TooLong),
        ("Address: 0x5aAeb", AddressError::InnerSpace { position: 9 }),
        ("0x5aAe\nb6053F", AddressError::InnerSpace { position: 7 }),
        ("0x5aAe\u{2003}b6053F", AddressError::InnerSpace { position: 7 }),
        // A zero-width space, a byte order mark, a null, a Cyrillic letter, an Arabic digit, full-width letters.
        ("0x5aAe\u{200b}b6053F", AddressError::ForeignCharacter { position: 7 }),
        ("\u{feff}0x5aAeb6053F", AddressError::ForeignCharacter { position: 1 }),
        ("0x5aAe\0b6053F", AddressError::ForeignCharacter { position: 7 }),
        ("b\u{441}1qw508d6qejxt", AddressError::ForeignCharacter { position: 2 }),
        ("0x\u{665}aAeb6053F", AddressError::ForeignCharacter { position: 3 }),
        (&*"\u{ff10}".repeat(42), AddressError::ForeignCharacter { position: 1 }),
        ("alice.eth", AddressError::Name),
        ("alice.sol", AddressError::Name),
        ("0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060", AddressError::TransactionHash),
    ] {
        for network in Network::all() {
            assert_eq!(refuse(network, text), error, "{text:?}");
        }
    }
}

#[test]
fn a_transaction_hash_is_recognised_on_networks_where_it_is_not_an_account() {
    let hash = "5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060";
    for network in Network::all().filter(|network| *network != Network::Near) {
        assert_eq!(refuse(network, hash), AddressError::TransactionHash);
    }
    assert_eq!(accept(Network::Near, hash).as_str(), hash);
}

#[test]
fn a_link_is_refused_even_if_it_contains_an_address() {
    for text in [
        "bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=50&label=Luke-Jr&message=Donation%20for%20project%20xyz",
        "BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "ethereum:0xfb6916095ca1df60bb79Ce92ce3ea74c37c5d359?value=2.014e18",
        // The first address is the contract of the token; money sent there would be lost.
        "ethereum:0x89205a3a3b2a69de6dbf7f01ed13b2108b2c43e7/transfer?address=0x8e23ee67d1332ad560396262c48ffbb01f93d052&uint256=1",
        "solana:83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcri",
        "https://etherscan.io/address/0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    ] {
        for network in Network::all() {
            assert_eq!(refuse(network, text), AddressError::Link);
        }
    }
}
