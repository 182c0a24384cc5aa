//! Scopes and allowed addresses of API keys.

use requite::domain::{
    error::ErrorCode,
    names::Named,
    people::api_key::{AddressRanges, NewApiKey, RotationPeriod, Scope, Scopes},
};

fn scopes(names: &str) -> Result<String, ErrorCode> {
    Scopes::parse(names.split_whitespace()).map(|scopes| scopes.to_string()).map_err(|error| error.code)
}

#[test]
fn scopes_are_deduplicated_and_sorted() {
    assert_eq!(scopes("refund read refund").as_deref(), Ok("read refund"));
    for scope in Scope::all() {
        assert_eq!(scopes(scope.as_str()).as_deref(), Ok(scope.as_str()));
    }
    for wrong in ["", "everything", "READ", "read,refund"] {
        assert_eq!(scopes(wrong), Err(ErrorCode::ApiKeyScopeInvalid), "{wrong}");
    }
    assert_eq!(scopes(&Scopes::USUAL.to_string()).as_deref(), Ok("read payment refund admin"));
}

#[test]
fn no_key_can_both_create_and_approve_refunds() {
    assert_eq!(scopes("refund approve"), Err(ErrorCode::ApiKeyScopeInvalid));
    assert_eq!(scopes("read payment approve admin").as_deref(), Ok("read payment approve admin"));
}

#[test]
fn a_range_allows_only_the_addresses_in_it() {
    let ranges = AddressRanges::parse(" 203.0.113.7, 10.1.2.3/8\n2001:db8::/32 ").unwrap();
    assert_eq!(ranges.to_string(), "203.0.113.7/32 10.0.0.0/8 2001:db8::/32");
    for (address, allowed) in [
        ("203.0.113.7", true),
        ("203.0.113.8", false),
        ("10.255.255.255", true),
        ("11.0.0.0", false),
        // An IPv6 socket reports an IPv4 caller in this form.
        ("::ffff:203.0.113.7", true),
        ("2001:db8:ffff::1", true),
        ("2001:db9::1", false),
    ] {
        assert_eq!(ranges.allow(address.parse().unwrap()), allowed, "{address}");
    }
    assert!(AddressRanges::parse("").unwrap().allow("8.8.8.8".parse().unwrap()));
    for wrong in ["localhost", "10.0.0.0/33", "10.0.0", "1.2.3.4 x"] {
        assert_eq!(AddressRanges::parse(wrong).unwrap_err().code, ErrorCode::ApiKeyAddressInvalid, "{wrong}");
    }
    let many = (0..21).map(|n| format!("10.0.0.{n} ")).collect::<String>();
    assert_eq!(AddressRanges::parse(&many).unwrap_err().code, ErrorCode::ApiKeyAddressInvalid);
}

#[test]
fn all_errors_of_a_requested_key_are_reported_at_once() {
    let errors = NewApiKey::parse("\u{7}", "x", "y", "xml").unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.unwrap().name()).collect();
    assert_eq!(fields, ["name", "scopes", "addresses", "callback_format"]);
    assert!(NewApiKey::parse(&"x".repeat(61), "read", "", "").is_err());
    let shop = NewApiKey::parse("  shop ", "read", "", "").unwrap();
    assert_eq!((shop.name.as_str(), shop.callback_format), ("shop", None));
}

#[test]
fn overlap_periods_have_names() {
    for overlap in RotationPeriod::all() {
        assert_eq!(RotationPeriod::parse(overlap.as_str()), Ok(overlap));
    }
    assert_eq!(RotationPeriod::parse("2h").unwrap_err().code, ErrorCode::TextInvalid);
}
