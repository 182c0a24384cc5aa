//! Address errors and warnings as a support agent reads them.

use super::{BITCOIN, EVM, accept, refuse};
use requite::domain::address::{AddressError, AddressWarning, Checksum};
use requite::{
    domain::{address::network::Network, names::Named},
    islands::passed_texts::passed_sentence,
    languages::Language,
    texts::{
        errors::{english_text, for_island, text},
        island_errors::ADDRESS,
    },
};

/// One of each address error, for `network`.
fn all(network: Network) -> Vec<AddressError> {
    let checksums = [Checksum::Capitals, Checksum::AtTheEnd];
    let mut errors = vec![
        AddressError::Empty,
        AddressError::TooLong,
        AddressError::Link,
        AddressError::TransactionHash,
        AddressError::Name,
        AddressError::InnerSpace { position: 7 },
        AddressError::ForeignCharacter { position: 7 },
        AddressError::BadCharacter { network, position: 7, character: 'O' },
        AddressError::WrongNetwork { network, looks_like: EVM.to_vec() },
        AddressError::TestNetwork { network },
        AddressError::WrongPrefix { network },
        AddressError::MissingPrefix { network },
        AddressError::CapitalPrefix { network },
        AddressError::WrongLength { network },
        AddressError::MixedCase,
        AddressError::Malformed { network },
        AddressError::TokenContract,
        AddressError::SecretKey,
        AddressError::BurnAddress,
    ];
    errors.extend(checksums.map(|checksum| AddressError::BadChecksum { checksum }));
    errors
}

#[test]
fn every_error_states_the_problem_and_then_the_next_step() {
    for error in Network::all().flat_map(all) {
        let message = english_text(&error.text());
        assert!(message.matches(". ").count() == 1 && message.ends_with('.'), "{message}");
        let advice = message.split_once(". ").unwrap().1;
        assert!(advice.starts_with("Ask the customer ") || advice.starts_with("Paste "), "{message}");
        assert!(message.len() <= 200 && !message.contains("  "), "{message}");
        for language in Language::all() {
            let passed = passed_sentence(&for_island(language, ADDRESS), &error.text());
            assert_eq!(passed, text(language, &error.text()), "{error}");
        }
    }
}

#[test]
fn errors_are_complete_sentences() {
    for (network, text, message) in [
        (
            Network::Eth,
            BITCOIN,
            "This looks like a Bitcoin address, but the refund is sent on Ethereum. Ask the customer for an Ethereum \
             address or change the network.",
        ),
        (
            Network::Btc,
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "This looks like an Ethereum, Base, Arbitrum, Optimism, Polygon or Avalanche address, but the refund is sent on Bitcoin. Ask \
             the customer for a Bitcoin address or change the network.",
        ),
        (
            Network::Arb,
            "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "The uppercase letters of this address do not match its checksum, so at least one character is wrong. Ask \
             the customer to copy it again.",
        ),
        (
            Network::Poly,
            "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "A Polygon address starts with 0x and a lowercase x, but this one has an uppercase X. Ask the customer to copy \
             it again.",
        ),
        (
            Network::Sol,
            "83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcrO",
            "Character 44, 'O', never appears in a Solana address. Ask the customer to copy it again.",
        ),
        (
            Network::Btc,
            "hello",
            "This is not a Bitcoin address: those start with 1, 3 or bc1. Ask the customer for the right address.",
        ),
    ] {
        assert_eq!(english_text(&refuse(network, text).text()), message);
    }
}

#[test]
fn an_error_does_not_repeat_a_very_long_input() {
    for text in ["0x".repeat(5_000), "bc1q".repeat(2_500), "1 ".repeat(5_000), "\u{1d7d8}".repeat(2_500)] {
        for network in Network::all() {
            let error = refuse(network, &text);
            assert_eq!(error, AddressError::TooLong);
            assert!(english_text(&error.text()).len() < 200);
        }
    }
}

#[test]
fn a_warning_names_the_characters_to_compare() {
    let compare = "Compare it with the customer's message character by character.";
    for network in Network::all() {
        let message = english_text(&AddressWarning::NoChecksum { network }.text());
        assert!(message.ends_with(compare), "{message}");
        assert_eq!(message.contains(network.title()), !EVM.contains(&network));
    }
    let [warning] = accept(Network::Btc, "BC1SW50QGDZ25J").warnings().to_vec()[..] else { panic!("one warning") };
    assert!(english_text(&warning.text()).ends_with("starts with bc1q, bc1p, 1 or 3."));
}
