//! Vectors and properties of the address formats other than Ethereum's, Bitcoin's and Solana's.

use super::{accept, refuse};
use proptest::{prelude::*, sample::Index};
use requite::{
    chain::sandbox::address_of,
    domain::{
        address::{Address, AddressError, AddressMemo, AddressWarning, Checksum, network::Network, networks_accepting},
        names::Named,
    },
};

const BAD: AddressError = AddressError::BadChecksum { checksum: Checksum::AtTheEnd };

/// Each of these is valid on exactly one network, and is stored unchanged.
#[test]
fn known_addresses_are_accepted_on_their_network_and_on_no_other() {
    for (network, texts) in [
        (
            Network::Ltc,
            &[
                "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
                "MQMcJhpWHYVeQArcZR3sBgyPZxxRtnH441",
                "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9",
            ][..],
        ),
        (Network::Xrp, &["r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", "rLczgQHxPhWtjkaQqn3Q6UM8AbRbbRvs5K"]),
        (Network::Xlm, &["GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"]),
        (Network::Algo, &["VCMJKWOY5P5P7SKMZFFOCEROPJCZOTIJMNIYNUCKH7LRO45JMJP6UYBIJA"]),
        (Network::Trx, &["TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"]),
        (Network::Near, &["alice.near", "sub-account.of_alice.near", "user.tg"]),
        (Network::Noble, &["noble12l2w4ugfz4m6dd73yysz477jszqnfughxvkss5"]),
        (Network::Hbar, &["0.0.12345"]),
    ] {
        for text in texts {
            assert_eq!(accept(network, text).as_str(), *text);
            assert_eq!(networks_accepting(text), [network]);
        }
    }
}

/// XLS-5, from the vectors of ripple-address-codec.
#[test]
fn an_x_address_is_split_into_account_and_tag() {
    for (account, tag, text) in [
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", None, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"),
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", Some(1), "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGZMhc9YTE92ehJ2Fu"),
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", Some(14), "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS"),
        ("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59", Some(11_747), "X7AcgcsBL6XDcUb289X4mJ8djcdyKaLFuhLRuNXPrDeJd9A"),
        ("rLczgQHxPhWtjkaQqn3Q6UM8AbRbbRvs5K", None, "XVZVpQj8YSVpNyiwXYSqvQoQqgBttTxAZwMcuJd4xteQHyt"),
        ("rpZc4mVfWUif9CRoHRKKcmhu1nx2xktxBo", None, "X7YenJqxv3L66CwhBSfd3N8RzGXxYqPopMGMsCcpho79rex"),
        ("rpZc4mVfWUif9CRoHRKKcmhu1nx2xktxBo", Some(58), "X7YenJqxv3L66CwhBSfd3N8RzGXxYqV56ZkTCa9UCzgaao1"),
    ] {
        let address = accept(Network::Xrp, text);
        assert_eq!(address.as_str(), account);
        assert_eq!(address.memo(), tag.map_or(AddressMemo::NotNeeded, AddressMemo::Tag));
    }
    assert_eq!(accept(Network::Xrp, "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59").memo(), AddressMemo::Silent);
    let test = "T719a5UwUCnEs54UsxG9CJYYDhwmFCqkr7wxCcNcfZ6p5GZ";
    assert_eq!(refuse(Network::Xrp, test), AddressError::TestNetwork { network: Network::Xrp });
}

/// SEP-23.
#[test]
fn a_muxed_account_keeps_its_embedded_id() {
    for text in [
        "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
        "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK",
    ] {
        let address = accept(Network::Xlm, text);
        assert_eq!((address.as_str(), address.memo()), (text, AddressMemo::Inside));
    }
    let wrong = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUR";
    assert_eq!(refuse(Network::Xlm, wrong), BAD);
    // A contract (C) is a StrKey too, but receives no payments.
    let contract = "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA";
    assert_eq!(refuse(Network::Xlm, contract), AddressError::WrongPrefix { network: Network::Xlm });
}

/// HIP-15, ledger 0. The accounts below 1000 belong to the network itself, so they are refused for another reason.
#[test]
fn the_checksum_letters_of_a_hedera_account_are_checked_and_dropped() {
    let address = accept(Network::Hbar, "0.0.1234567890-zbhlt");
    assert_eq!(address.as_str(), "0.0.1234567890");
    assert!(address.warnings().is_empty());
    let unchecked = [AddressWarning::NoChecksum { network: Network::Hbar }];
    assert_eq!(accept(Network::Hbar, "0.0.1234567890").warnings(), unchecked);
    for own in ["0.0.1-dfkxr", "0.0.4-cjcuq", "0.0.5-ktach", "0.0.6-tcxjy", "0.0.12-uuuup", "0.0.123-vfmkw"] {
        assert_eq!(refuse(Network::Hbar, own), AddressError::BurnAddress, "{own}");
    }
    assert_eq!(refuse(Network::Hbar, "0.0.123-pzmtv"), BAD);
    for malformed in ["0.0.", "0.0.01234", "0.0.99999999999999999999", "0.0.-5"] {
        assert!(Address::parse(Network::Hbar, malformed).is_err(), "{malformed}");
    }
}

/// The checksum is right; only the number of bytes is not that of an account.
#[test]
fn a_noble_account_has_twenty_or_thirty_two_bytes() {
    let of = |bytes: usize| {
        let hrp = bech32::Hrp::parse("noble").unwrap();
        bech32::encode::<bech32::Bech32>(hrp, &vec![7; bytes]).unwrap()
    };
    for bytes in [20, 32] {
        assert_eq!(accept(Network::Noble, &of(bytes)).as_str(), of(bytes));
    }
    for bytes in [1, 19, 21, 31, 33] {
        assert_eq!(
            refuse(Network::Noble, &of(bytes)),
            AddressError::WrongLength { network: Network::Noble },
            "{bytes}"
        );
    }
}

#[test]
fn near_account_names_are_checked_character_by_character() {
    for bad in ["a..near", ".near", "-a.near", "a-.near", "a--b.near", "a_.near"] {
        assert_eq!(refuse(Network::Near, bad), AddressError::Malformed { network: Network::Near }, "{bad}");
    }
    let capital = AddressError::BadCharacter { network: Network::Near, position: 1, character: 'A' };
    assert_eq!(refuse(Network::Near, "Alice.near"), capital);
    assert_eq!(refuse(Network::Near, "alice.eth"), AddressError::Name);
    let long = format!("{}.near", "a".repeat(60));
    assert_eq!(refuse(Network::Near, &long), AddressError::WrongLength { network: Network::Near });
    let expected = AddressError::WrongNetwork { network: Network::Eth, looks_like: vec![Network::Near] };
    assert_eq!(refuse(Network::Eth, "alice.near"), expected);
}

#[test]
fn burn_addresses_are_refused() {
    for (network, text) in [
        (Network::Xrp, "rrrrrrrrrrrrrrrrrrrrrhoLvTp"),
        (Network::Xrp, "rrrrrrrrrrrrrrrrrrrrBZbvji"),
        (Network::Xlm, "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF"),
        (Network::Algo, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"),
        (Network::Trx, "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"),
    ] {
        assert_eq!(refuse(network, text), AddressError::BurnAddress, "{text}");
    }
    for network in [Network::Ltc, Network::Near, Network::Noble] {
        assert_eq!(refuse(network, &address_of(network, [0; 32])), AddressError::BurnAddress, "{network}");
    }
}

/// Customers copy these from an explorer's page of the coin.
#[test]
fn the_contract_address_of_a_coin_is_refused() {
    for (network, text) in [
        (Network::Eth, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"),
        (Network::Eth, "0xdac17f958d2ee523a2206206994597c13d831ec7"),
        (Network::Base, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
        // Also on other networks than its own.
        (Network::Poly, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"),
        (Network::Sol, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"),
        (Network::Sol, "So11111111111111111111111111111111111111112"),
        (Network::Xrp, "rGm7WCVp9gb4jZHWTEtGUr4dd74z2XuWhE"),
        (Network::Xlm, "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN"),
        (Network::Trx, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
        (Network::Near, "usdt.tether-token.near"),
        (Network::Hbar, "0.0.456858"),
    ] {
        assert_eq!(refuse(network, text), AddressError::TokenContract, "{text}");
    }
}

/// The seeds from the formats' own documentation, which hold no money.
#[test]
fn a_secret_key_is_recognised_on_every_network() {
    for text in [
        "5JuW2AMDYu4xVwRG9DZW18VbzQrGcd5RCgb99sS6ehJsNQXu5b9",
        "sn259rEFXrQrWyx3Q7XneWcwV6dfL",
        "SBU2RRGLXH3E5CQHTD3ODLDF2BWDCYUSSBLLZ5GNW7JXHDIYKXZWHOKR",
    ] {
        for network in Network::all() {
            assert_eq!(refuse(network, text), AddressError::SecretKey);
        }
    }
}

#[test]
fn an_off_curve_solana_address_gets_its_own_warning() {
    // About half of all 32-byte strings are not on the curve; this is the first such value when counting up.
    let off = (0..=u8::MAX).map(|byte| bs58::encode([byte; 32]).into_string());
    let warnings: Vec<_> = off.filter_map(|text| Address::parse(Network::Sol, &text).ok()?.warning()).collect();
    assert!(warnings.contains(&AddressWarning::NoKey));
    assert!(warnings.contains(&AddressWarning::NoChecksum { network: Network::Sol }));
}

#[test]
fn a_legacy_litecoin_script_address_is_reported_as_a_bitcoin_address() {
    let text = "3P14159f73E4gFr7JterCCQh9QjiTjiZrG";
    let expected = AddressError::WrongNetwork { network: Network::Ltc, looks_like: vec![Network::Btc] };
    assert_eq!(refuse(Network::Ltc, text), expected);
}

/// The networks on which every address has a checksum.
const CHECKSUMMED: [Network; 7] =
    [Network::Btc, Network::Ltc, Network::Xrp, Network::Xlm, Network::Algo, Network::Trx, Network::Noble];

proptest! {
    #[test]
    fn a_generated_address_is_accepted_by_every_network_of_its_format_and_no_other(bytes in any::<[u8; 32]>()) {
        for network in Network::all() {
            let text = address_of(network, bytes);
            let accepting = networks_accepting(&text);
            prop_assert_eq!(accepting, Network::of_form(network.address_form()).collect::<Vec<_>>(), "{}", text);
            let address = accept(network, &text);
            prop_assert_eq!(address.as_str(), text);
        }
    }

    #[test]
    fn one_changed_character_is_refused_if_the_format_has_a_checksum(
        bytes in any::<[u8; 32]>(),
        at in any::<Index>(),
        character in "[0-9A-Za-z]",
    ) {
        for network in CHECKSUMMED {
            let text = address_of(network, bytes);
            let at = at.index(text.len());
            let wrong = format!("{}{character}{}", &text[..at], &text[at + 1..]);
            prop_assert!(wrong == text || Address::parse(network, &wrong).is_err(), "{} {}", network, wrong);
        }
    }

    #[test]
    fn one_changed_character_of_a_checked_hedera_account_is_refused(at in any::<Index>(), character in "[0-9a-z]") {
        let text = "0.0.1234567890-zbhlt";
        let at = at.index(text.len());
        let wrong = format!("{}{character}{}", &text[..at], &text[at + 1..]);
        prop_assert!(wrong == text || Address::parse(Network::Hbar, &wrong).is_err(), "{}", wrong);
    }
}
