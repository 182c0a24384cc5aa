//! Memos and destination tags.

use requite::{
    chain::sandbox::address_of,
    domain::{
        address::{Address, memo::Memo, network::Network},
        error::{ErrorCode, Field},
        refunds::new_refund::Destination,
    },
};

const ACCOUNT: &str = "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59";
const WITH_TAG_14: &str = "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS";
const WITHOUT_TAG: &str = "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ";
const MUXED: &str = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";

fn decide(network: Network, address: &str, memo: Option<&str>, not_needed: bool) -> Result<Option<String>, ErrorCode> {
    let address = Address::parse(network, address).unwrap();
    Memo::decide(&address, memo, not_needed).map(|memo| memo.map(|memo| memo.to_string())).map_err(|error| {
        assert_eq!(error.field, Some(Field::DestinationMemo));
        error.code
    })
}

#[test]
fn a_memo_is_required_unless_the_customer_needs_none() {
    for network in [Network::Xrp, Network::Xlm, Network::Noble, Network::Hbar] {
        let address = address_of(network, [7; 32]);
        assert_eq!(decide(network, &address, None, false), Err(ErrorCode::MemoMissing));
        assert_eq!(decide(network, &address, Some("  "), false), Err(ErrorCode::MemoMissing));
        assert_eq!(decide(network, &address, None, true), Ok(None));
        assert_eq!(decide(network, &address, Some(" 42 "), false), Ok(Some("42".to_owned())));
        assert_eq!(decide(network, &address, Some("42"), true), Err(ErrorCode::MemoConflict));
    }
}

#[test]
fn a_memo_is_optional_on_algorand_and_refused_on_networks_without_memos() {
    let address = address_of(Network::Algo, [7; 32]);
    assert_eq!(decide(Network::Algo, &address, None, false), Ok(None));
    assert_eq!(decide(Network::Algo, &address, Some("order 7"), false), Ok(Some("order 7".to_owned())));
    for network in [Network::Eth, Network::Btc, Network::Sol, Network::Trx, Network::Near] {
        let address = address_of(network, [7; 32]);
        assert_eq!(decide(network, &address, Some("42"), false), Err(ErrorCode::MemoNotSupported));
        assert_eq!(decide(network, &address, Some(""), false), Ok(None));
        // People often check the box out of habit; on a network without memos it is ignored.
        assert_eq!(decide(network, &address, None, true), Ok(None));
    }
}

#[test]
fn a_tag_embedded_in_the_address_is_used_and_must_match_a_typed_memo() {
    assert_eq!(decide(Network::Xrp, WITH_TAG_14, None, false), Ok(Some("14".to_owned())));
    assert_eq!(decide(Network::Xrp, WITH_TAG_14, Some("014"), false), Ok(Some("14".to_owned())));
    assert_eq!(decide(Network::Xrp, WITH_TAG_14, Some("15"), false), Err(ErrorCode::MemoConflict));
    assert_eq!(decide(Network::Xrp, WITHOUT_TAG, None, false), Ok(None));
    assert_eq!(decide(Network::Xlm, MUXED, None, false), Ok(None));
    assert_eq!(decide(Network::Xlm, MUXED, Some("7"), false), Err(ErrorCode::MemoConflict));
}

#[test]
fn a_memo_must_match_the_format_of_its_network() {
    let hash = "AB".repeat(32);
    let stellar = address_of(Network::Xlm, [7; 32]);
    for (network, address, memo, expected) in [
        (Network::Xrp, ACCOUNT, "0", Ok("0")),
        (Network::Xrp, ACCOUNT, "4294967295", Ok("4294967295")),
        (Network::Xrp, ACCOUNT, "4294967296", Err(ErrorCode::MemoInvalid)),
        (Network::Xrp, ACCOUNT, "+5", Err(ErrorCode::MemoInvalid)),
        (Network::Xrp, ACCOUNT, "-5", Err(ErrorCode::MemoInvalid)),
        (Network::Xrp, ACCOUNT, "12a", Err(ErrorCode::MemoInvalid)),
        (Network::Xlm, &*stellar, "a memo of just 28 characters", Ok("a memo of just 28 characters")),
        (Network::Xlm, &*stellar, "a memo of more than 28 letter", Err(ErrorCode::MemoInvalid)),
        (Network::Xlm, &*stellar, &*hash, Ok(&*hash.to_lowercase())),
        (Network::Xlm, &*stellar, "m\u{e9}mo", Err(ErrorCode::MemoInvalid)),
        (Network::Xlm, &*stellar, "a\nb", Err(ErrorCode::MemoInvalid)),
        (Network::Hbar, "0.0.12345", &*"x".repeat(100), Ok(&*"x".repeat(100))),
        (Network::Hbar, "0.0.12345", &*"x".repeat(101), Err(ErrorCode::MemoInvalid)),
    ] {
        assert_eq!(decide(network, address, Some(memo), false), expected.map(|memo| Some(memo.to_owned())), "{memo}");
    }
}

#[test]
fn a_destination_has_the_account_and_the_tag_of_an_x_address() {
    let destination = Destination::parse(Network::Xrp, WITH_TAG_14, None, false).unwrap();
    assert_eq!(destination.address.as_str(), ACCOUNT);
    assert_eq!(destination.memo.unwrap().as_str(), "14");
}
