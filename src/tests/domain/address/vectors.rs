//! Vectors published with the standards: each address is accepted, or refused for the published reason.

use super::{EVM, accept, refuse};
use requite::domain::address::network::Network;
use requite::domain::address::{AddressError, AddressWarning, Checksum, networks_accepting};

const LENGTH: AddressError = AddressError::WrongLength { network: Network::Btc };
const PREFIX: AddressError = AddressError::WrongPrefix { network: Network::Btc };
const CHECKSUM: AddressError = AddressError::BadChecksum { checksum: Checksum::AtTheEnd };

/// EIP-55, "Test Cases": all caps, all lower, normal.
const EIP_55: [&str; 8] = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];

#[test]
fn the_addresses_of_eip_55_are_accepted_on_every_evm_network_without_a_warning() {
    for text in EIP_55 {
        assert_eq!(networks_accepting(text), EVM);
        for network in EVM {
            let address = accept(network, text);
            assert_eq!(address.as_str(), text);
            assert!(address.warnings().is_empty(), "{text} is in the form that EIP-55 gives it");
        }
    }
}

#[test]
fn the_addresses_of_eip_55_have_no_checksum_in_single_case() {
    for text in EIP_55 {
        let digits = &text[2..];
        for other in [format!("0x{}", digits.to_lowercase()), format!("0x{}", digits.to_uppercase())] {
            let address = accept(Network::Poly, &other);
            assert_eq!(address.as_str(), text, "canonical");
            assert_eq!(address.warnings().is_empty(), other == text);
        }
    }
}

/// Counts how many wrong digits the checksum of the vectors detects, for every other digit and letter at every
/// position. The result is exact and does not vary; EIP-55 itself gives a mean of 0.0247 % undetected.
#[test]
fn one_wrong_digit_in_a_mixed_case_address_of_eip_55_is_detected() {
    let mut missed = Vec::new();
    for text in &EIP_55[4..] {
        for position in 2..text.len() {
            for digit in "0123456789abcdefABCDEF".chars() {
                let mut wrong: String = (*text).to_owned();
                wrong.replace_range(position..=position, &digit.to_string());
                if wrong != *text && networks_accepting(&wrong) == EVM {
                    missed.push(wrong);
                }
            }
        }
    }
    assert_eq!(missed, [""; 0]);
}

/// The valid main network addresses of BIP-173 (version 0) and BIP-350.
#[test]
fn the_valid_segwit_addresses_are_accepted_in_lower_case() {
    for text in [
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ] {
        let address = accept(Network::Btc, text);
        assert_eq!(address.as_str(), text.to_lowercase());
        assert!(address.warnings().is_empty());
    }
    for text in ["BC1SW50QGDZ25J", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs"] {
        assert_eq!(accept(Network::Btc, text).warnings(), [AddressWarning::FutureVersion { network: Network::Btc }]);
    }
}

/// BIP-350 lists the first as well-formed, and BIP-433 gives the second a use. Under BIP-341 anybody can spend from
/// both, so a refund to them would be lost.
#[test]
fn a_version_1_address_without_the_length_of_taproot_is_refused() {
    for text in ["bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bc1pfeessrawgf"] {
        assert_eq!(refuse(Network::Btc, text), LENGTH);
    }
}

/// BIP-173 counted versions from 1 as valid with a checksum that BIP-350 has since replaced.
#[test]
fn the_later_versions_of_bip_173_have_a_wrong_checksum_by_bip_350() {
    for text in [
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx",
        "BC1SW50QA3JX3S",
        "bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj",
    ] {
        assert_eq!(refuse(Network::Btc, text), CHECKSUM);
    }
}

#[test]
fn the_invalid_segwit_addresses_of_bip_173_are_refused() {
    for (text, error) in [
        ("tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", PREFIX),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", CHECKSUM),
        ("BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2", AddressError::Malformed { network: Network::Btc }),
        // BIP-350 replaced their checksum, so they fail before length or padding is checked.
        ("bc1rw5uspcuh", CHECKSUM),
        ("bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90", CHECKSUM),
        ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", LENGTH),
        ("bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du", CHECKSUM),
        ("bc1gmk9yu", CHECKSUM),
    ] {
        assert_eq!(refuse(Network::Btc, text), error, "{text}");
    }
}

#[test]
fn the_invalid_segwit_addresses_of_bip_350_are_refused() {
    for (text, error) in [
        ("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", PREFIX),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", CHECKSUM),
        ("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", CHECKSUM),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", CHECKSUM),
        (
            "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
            AddressError::BadCharacter { network: Network::Btc, position: 60, character: 'o' },
        ),
        (
            "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
            AddressError::Malformed { network: Network::Btc },
        ),
        ("bc1pw5dgrnzv", LENGTH),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", LENGTH),
        ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", LENGTH),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
            AddressError::Malformed { network: Network::Btc },
        ),
        ("bc1gmk9yu", CHECKSUM),
        // The vectors of mixed case and of non-zero padding are testnet addresses; these differ only in the prefix.
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", AddressError::MixedCase),
    ] {
        assert_eq!(refuse(Network::Btc, text), error, "{text}");
    }
}

/// Valid and invalid testnet addresses of BIP-173 and BIP-350, and Bitcoin Core's for signet and regtest.
#[test]
fn a_test_network_address_is_reported_as_one() {
    for text in [
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7",
        "tb1pw508d6qejxtdg4y5r3zarqfsj6c3",
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
        "tb1q3vya2h5435jkugq2few7dmktlrwq4ejmfaw7kr",
        "bcrt1qdavt4j2sd7dlhqsavtnfxvzppw6k7qy97tmnu9",
        "BCRT1PFWXJQVTT4TCXRTDLUUKFMY2DV7XD2QZDFY6KAJV5NWN4YAM3WXKQ3553UH",
        "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ",
        "2NC2hEhe28ULKAJkW5MjZ3jtTMJdvXmByvK",
        "n4fajahJrAuKbN7uNsKjLjQkz9Qn5ewJXQ",
    ] {
        assert_eq!(refuse(Network::Btc, text), AddressError::TestNetwork { network: Network::Btc }, "{text}");
    }
    // Without a matching checksum the prefix alone proves nothing.
    assert_eq!(refuse(Network::Btc, "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hY"), PREFIX);
}

/// The first block's, BIP-142's, and those of Bitcoin Core's `key_io_valid.json`.
#[test]
fn known_key_and_script_addresses_are_accepted_unchanged() {
    for text in [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM",
        "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
        "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo",
        "1FjL87pn8ky6Vbavd1ZHeChRXtoxwRGCRd",
        "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
        "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm",
        "3BZECeAH8gSKkjrTx8PwMrNQBLG18yHpvf",
        "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv",
        "bc1qyucykdlhp62tezs0hagqury402qwhk589q80tqs5myh3rxq34nwqhkdhv7",
        "bc1p83n3au0rjylefxq2nc2xh2y4jzz4pm6zxj4mw5pagdjjr2a9f36s6jjnnu",
    ] {
        let address = accept(Network::Btc, text);
        assert_eq!(address.as_str(), text);
        assert!(address.warnings().is_empty());
    }
}

/// Private keys and the withdrawn format of BIP-142 have a valid checksum but are not addresses.
#[test]
fn other_texts_with_a_base58_checksum_are_refused() {
    for text in [
        "5JuW2AMDYu4xVwRG9DZW18VbzQrGcd5RCgb99sS6ehJsNQXu5b9",
        "L5nJeqKmpHp4P7F8ZYyjwc5a7P4d8EabuGAzfGJk7yC1BJyzNaEd",
        "p2xtZoXeX5X8BP8JfFhQK2nD3emtjch7UeFm",
    ] {
        assert_eq!(refuse(Network::Btc, text), if text.starts_with('p') { PREFIX } else { AddressError::SecretKey });
    }
    // The checksum of BIP-21's example is wrong.
    let error = AddressError::BadChecksum { checksum: Checksum::AtTheEnd };
    assert_eq!(refuse(Network::Btc, "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W"), error);
    assert_eq!(refuse(Network::Btc, "39TKsUQ5QpEL1wowc6GMUqak94ijirPuP69ooV3xsFmiKQX2dau"), LENGTH);
}

/// Wallets from Solana's documentation.
#[test]
fn known_solana_addresses_are_accepted_with_a_no_checksum_warning() {
    for text in ["83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcri", "vines1vzrYbzLMRdu58ou5XTby4qAqVRLmqo36NKPTg"] {
        let address = accept(Network::Sol, text);
        assert_eq!(address.as_str(), text);
        assert_eq!(address.warnings(), [AddressWarning::NoChecksum { network: Network::Sol }]);
        assert_eq!(networks_accepting(text), [Network::Sol]);
    }
}
