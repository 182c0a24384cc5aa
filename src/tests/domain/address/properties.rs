//! Properties of every address and every text. Only properties without exceptions are tested with random input, plus
//! base58check, whose checksum misses one wrong text in 2^32.

use super::{BITCOIN, ETHEREUM, EVM, SOLANA, accept};
use alloy_primitives::{hex, keccak256};
use bech32::{Fe32, hrp, segwit};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_assume, prop_oneof},
    proptest,
    sample::{Index, select},
};
use requite::domain::address::{Address, AddressError, AddressWarning, Checksum, MAX_LENGTH, networks_accepting};
use requite::{
    domain::{address::network::Network, names::Named},
    texts::errors::english_text,
};

/// The character set of BIP-173 data.
const BECH32: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The stored form of an address that must be accepted.
fn stored(network: Network, text: &str) -> String {
    accept(network, text).as_str().to_owned()
}

/// A second implementation of EIP-55: a letter is upper case where the hash digit is 8 or more.
fn eip_55(bytes: [u8; 20]) -> String {
    let digits = hex::encode(bytes);
    let hash = hex::encode(keccak256(&digits));
    let cased = digits.chars().zip(hash.chars()).map(|(digit, hash)| match hash {
        '0'..='7' => digit,
        _ => digit.to_ascii_uppercase(),
    });
    "0x".chars().chain(cased).collect()
}

/// Twenty bytes that are not a burn address, which ends in zeros or `dead` after zeros.
fn account() -> impl Strategy<Value = [u8; 20]> {
    any::<[u8; 20]>().prop_filter("not a burn address", |bytes| bytes[..18].iter().any(|byte| *byte != 0))
}

/// A segwit address that is in use today: version 0 with 20 or 32 bytes, version 1 with 32.
fn segwit_address() -> impl Strategy<Value = String> {
    let program =
        |length: usize| vec(any::<u8>(), length).prop_filter("not zeros", |p| p.iter().any(|byte| *byte != 0));
    prop_oneof![
        program(20).prop_map(|program| (segwit::VERSION_0, program)),
        program(32).prop_map(|program| (segwit::VERSION_0, program)),
        program(32).prop_map(|program| (segwit::VERSION_1, program)),
    ]
    .prop_filter_map("a length that the version has", |(version, program): (Fe32, Vec<u8>)| {
        segwit::encode(hrp::BC, version, &program).ok()
    })
}

/// A P2PKH or P2SH address.
fn base58_address() -> impl Strategy<Value = String> {
    (select(vec![0x00, 0x05]), account())
        .prop_map(|(version, hash)| bs58::encode([&[version], &hash[..]].concat()).with_check().into_string())
}

/// A public key, which Solana uses unchanged as an address.
fn solana_address() -> impl Strategy<Value = String> {
    any::<[u8; 32]>()
        .prop_filter("not a burn address", |key| key[10..].iter().any(|byte| *byte != 0))
        .prop_map(|key| bs58::encode(key).into_string())
}

/// Arbitrary texts, texts that resemble an address, and addresses with up to three characters replaced.
fn text() -> impl Strategy<Value = String> {
    let address = prop_oneof![
        account().prop_map(eip_55),
        account().prop_map(|bytes| format!("0x{}", hex::encode(bytes))),
        segwit_address(),
        base58_address(),
        solana_address(),
    ];
    let damaged = (address, vec((any::<Index>(), any::<char>()), 0..=3)).prop_map(|(address, changes)| {
        let mut characters: Vec<char> = address.chars().collect();
        for (index, character) in changes {
            *index.get_mut(&mut characters) = character;
        }
        characters.into_iter().collect()
    });
    prop_oneof![
        any::<String>(),
        "\\PC{0,100}",
        "(0x|0X|bc1|BC1|tb1|bcrt1|1|3|m|n|2)?[0-9A-Za-z]{0,90}",
        "0[xX][0-9a-fA-F]{38,42}",
        damaged,
        Just(ETHEREUM.to_owned()),
    ]
}

/// The text with the character at `index` (after the first `skip`) replaced; the index wraps around.
fn with_character(text: &str, skip: usize, index: Index, character: char) -> String {
    let position = skip + index.index(text.len() - skip);
    text.chars().enumerate().map(|(i, old)| if i == position { character } else { old }).collect()
}

#[test]
fn an_unknown_base58check_version_is_refused_although_it_starts_with_a_3() {
    let text = bs58::encode([&[0x06], &[0x00; 20][..]].concat()).with_check().into_string();
    assert!(text.starts_with('3'), "{text}");
    assert_eq!(Address::parse(Network::Btc, &text), Err(AddressError::Malformed { network: Network::Btc }));
}

#[test]
fn an_all_zero_witness_program_is_a_burn_address() {
    for (version, length) in [(segwit::VERSION_0, 20), (segwit::VERSION_0, 32), (segwit::VERSION_1, 32)] {
        let text = segwit::encode(hrp::BC, version, &vec![0; length]).unwrap();
        assert_eq!(Address::parse(Network::Btc, &text), Err(AddressError::BurnAddress));
    }
}

proptest! {
    #[test]
    fn any_text_is_either_accepted_or_refused_without_a_panic(text in text()) {
        for network in Network::all() {
            match Address::parse(network, &text) {
                Ok(address) => {
                    prop_assert!(address.as_str().is_ascii() && address.as_str().len() <= MAX_LENGTH);
                    prop_assert_eq!(address.network(), network);
                    prop_assert_eq!(address.groups_of_four().collect::<String>(), address.as_str());
                    prop_assert!(address.groups_of_four().all(|group| (1..=4).contains(&group.len())));
                    prop_assert!(address.last_six().len() == 6 && address.as_str().ends_with(address.last_six()));
                    prop_assert_eq!(stored(network, address.as_str()), address.as_str());
                }
                Err(AddressError::WrongNetwork { network: named, looks_like }) => {
                    prop_assert_eq!(named, network);
                    prop_assert!(!looks_like.is_empty() && !looks_like.contains(&network));
                }
                Err(error) => prop_assert!(english_text(&error.text()).len() <= 200),
            }
        }
    }

    #[test]
    fn an_address_of_one_evm_network_is_valid_on_all(text in text()) {
        let accepted = EVM.map(|network| Address::parse(network, &text).ok().map(|a| a.as_str().to_owned()));
        prop_assert!(accepted.iter().all(|one| *one == accepted[0]));
        let listed = networks_accepting(&text);
        for network in EVM {
            prop_assert_eq!(listed.contains(&network), accepted[0].is_some());
        }
    }

    #[test]
    fn the_list_of_accepting_networks_matches_parsing(text in text()) {
        let parsed: Vec<Network> = Network::all().filter(|n| Address::parse(*n, &text).is_ok()).collect();
        prop_assert_eq!(networks_accepting(&text), parsed);
    }

    /// The exact rule: no warning for the EIP-55 form, a warning for single case, an error for every other mixture.
    #[test]
    fn mixed_case_is_accepted_only_as_eip_55_has_it(bytes in account(), flips in vec(any::<bool>(), 40)) {
        let canonical = eip_55(bytes);
        let flipped = canonical[2..].chars().zip(flips).map(|(digit, flip)| match digit {
            'a'..='f' if flip => digit.to_ascii_uppercase(),
            'A'..='F' if flip => digit.to_ascii_lowercase(),
            _ => digit,
        });
        let digits: String = flipped.collect();
        let text = format!("0x{digits}");
        let one_case = digits == digits.to_lowercase() || digits == digits.to_uppercase();
        match Address::parse(Network::Eth, &text) {
            Ok(address) => {
                prop_assert_eq!(address.as_str(), &canonical);
                let checked = text == canonical && digits.bytes().any(|digit| digit.is_ascii_alphabetic());
                prop_assert!(checked || one_case);
                let warning = AddressWarning::NoChecksum { network: Network::Eth };
                prop_assert_eq!(address.warnings(), if checked { vec![] } else { vec![warning] });
            }
            Err(error) => {
                prop_assert!(!one_case && text != canonical);
                prop_assert_eq!(error, AddressError::BadChecksum { checksum: Checksum::Capitals });
            }
        }
    }

    /// BIP-173 promises this for four characters. The change from bech32 to bech32m that comes with another version
    /// leaves two (BIP-350: texts that are valid under both differ in at least three characters).
    #[test]
    fn one_or_two_wrong_characters_in_a_segwit_address_are_detected(
        address in segwit_address(),
        changes in vec((any::<Index>(), select(BECH32.chars().collect::<Vec<_>>())), 1..=2),
    ) {
        let wrong = changes.iter().fold(address.clone(), |text, (index, to)| with_character(&text, 3, *index, *to));
        prop_assert!(address.starts_with("bc1"));
        prop_assert!(accept(Network::Btc, &address).warnings().is_empty());
        prop_assume!(wrong != address);
        let error = AddressError::BadChecksum { checksum: Checksum::AtTheEnd };
        // A version above 16 is refused before its checksum is checked.
        let refused = Address::parse(Network::Btc, &wrong).unwrap_err();
        prop_assert!(refused == error || refused == AddressError::Malformed { network: Network::Btc }, "{}", refused);
    }

    #[test]
    fn one_wrong_character_makes_a_bitcoin_address_invalid(
        address in prop_oneof![segwit_address(), base58_address()],
        index in any::<Index>(),
        character in any::<char>(),
        printable in "[!-~]",
    ) {
        prop_assert_eq!(&stored(Network::Btc, &address), &address);
        for character in printable.chars().chain([character]) {
            let wrong = with_character(&address, 0, index, character);
            // White space at an end is trimmed, so the text becomes one character shorter instead.
            prop_assert!(wrong == address || Address::parse(Network::Btc, &wrong).is_err(), "{}", wrong);
        }
    }

    #[test]
    fn every_public_key_is_an_address_on_solana_only(address in solana_address()) {
        prop_assert_eq!(networks_accepting(&address), [Network::Sol]);
        prop_assert_eq!(&stored(Network::Sol, &address), &address);
        let other = Address::parse(Network::Btc, &address).unwrap_err();
        prop_assert_eq!(other, AddressError::WrongNetwork { network: Network::Btc, looks_like: vec![Network::Sol] });
    }

    #[test]
    fn white_space_around_an_address_is_trimmed_and_within_it_refused(
        address in select(vec![(Network::Eth, ETHEREUM), (Network::Sol, SOLANA), (Network::Btc, BITCOIN)]),
        space in "[ \t\r\n\u{a0}\u{2003}]{1,5}",
        at in any::<Index>(),
    ) {
        let (network, address) = address;
        prop_assert_eq!(stored(network, &format!("{space}{address}{space}")), address);
        let (start, end) = address.split_at(1 + at.index(address.len() - 1));
        let error = AddressError::InnerSpace { position: start.len() + 1 };
        prop_assert_eq!(Address::parse(network, &format!("{start}{space}{end}")), Err(error));
    }
}
