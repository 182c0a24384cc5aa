//! The policy's file.

use super::{CHAIN, POLICY};
use alloy_primitives::U256;
use requite::signer::{
    policy::{Error, Policy},
    protocol::Coin,
};
use std::{fs::Permissions, os::unix::fs::PermissionsExt};

#[test]
fn amounts_are_in_units_that_people_write() {
    let policy = Policy::parse(POLICY).unwrap();
    assert!(policy.peers.contains(&991) && policy.peers.len() == 1);
    assert_eq!(
        (policy.signatures_per_transfer, policy.signatures_per_day),
        (64, 5_000),
        "unless the file says otherwise"
    );
    let network = policy.network(CHAIN).unwrap();
    assert_eq!(network.max_fee_per_gas, 100_000_000_000);
    assert_eq!(network.max_fee, U256::from(10_000_000_000_000_000_u64));
    let native = network.coin(Coin::Native).unwrap();
    assert_eq!(native.per_day, U256::from(2_500_000_000_000_000_000_u64));
    let token = network.coin(Coin::Token(super::AUTHORIZED)).unwrap();
    assert_eq!((token.per_transfer, token.decimals), (U256::from(100_000_000), 6));
    let domain = token.domain.as_ref().unwrap();
    assert_eq!((domain.chain_id, domain.contract), (CHAIN, super::AUTHORIZED));
    assert!(network.coin(Coin::Token(super::PLAIN)).unwrap().domain.is_none());
    assert!(policy.network(1).is_none());
}

#[test]
fn a_policy_that_is_not_understood_is_refused() {
    for (text, replacement) in [
        ("peers = [991]", "peers = [-1]"),
        ("peers = [991]", ""),
        ("peers = [991]", "peers = [991]\nsignatures-per-day = -1"),
        ("per-day = \"2.5\"", "per-day = 2.5"),
        ("per-day = \"2.5\"", "per-day = \"2,5\""),
        ("per-day = \"2.5\"", "per-day = \"-2.5\""),
        ("per-day = \"2.5\"", "per-day = \"2.\""),
        ("per-day = \"2.5\"", "per-day = \"\""),
        ("per-day = \"2.5\"", "per-day = \"1e9\""),
        ("per-day = \"2.5\"", "per-day = \"0.0000000000000000001\""),
        ("per-day = \"250\"", "per-day = \"250.0000001\""),
        (", per-day = \"2.5\"", ""),
        ("per-day = \"2.5\"", "per-day = \"2.5\", per-week = \"3\""),
        ("max-gas-limit", "max-gas"),
        ("[networks.8453]", "[networks.31337]"),
        ("[networks.8453]", "[networks.031337]"),
        ("[networks.8453]", "[networks.base]"),
        ("[networks.8453]", "[networks.0]"),
        ("[networks.8453]", "[networks.18446744073709551615]"),
        ("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512", "0x5FbDB2315678afecb367f032d93F642f64180aa3"),
        ("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512", "0x0000000000000000000000000000000000000000"),
        ("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512", "0xe7f1"),
        ("decimals = 6", "decimals = 255"),
    ] {
        assert!(POLICY.contains(text), "{text}");
        assert!(Policy::parse(&POLICY.replacen(text, replacement, 1)).is_err(), "{replacement}");
    }
}

#[test]
fn a_policy_that_others_can_write_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    std::fs::write(&path, POLICY).unwrap();
    for (mode, is_refused) in [(0o644, false), (0o440, false), (0o664, true), (0o646, true)] {
        std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        match Policy::read(&path) {
            Ok(policy) => assert!(!is_refused && policy.network(CHAIN).is_some(), "{mode:o}"),
            Err(error) => assert!(is_refused && matches!(error, Error::Writable), "{mode:o}"),
        }
    }
}
