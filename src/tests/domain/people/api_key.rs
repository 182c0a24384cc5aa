//! What keys are good for, and from where.

use requite::domain::{
    error::ErrorCode,
    people::api_key::{AddressRanges, NewApiKey, Overlap, Scope, Scopes},
};

fn scopes(names: &str) -> Result<String, ErrorCode> {
    Scopes::parse(names.split_whitespace()).map(|scopes| scopes.to_string()).map_err(|error| error.code)
}

#[test]
fn scopes_are_read_once_each_and_in_one_order() {
    assert_eq!(scopes("refund read refund").as_deref(), Ok("read refund"));
    for scope in Scope::ALL {
        assert_eq!(scopes(scope.as_str()).as_deref(), Ok(scope.as_str()));
    }
    for wrong in ["", "everything", "READ", "read,refund"] {
        assert_eq!(scopes(wrong), Err(ErrorCode::ApiKeyScopeInvalid), "{wrong}");
    }
    assert_eq!(scopes(&Scopes::USUAL.to_string()).as_deref(), Ok("read payment refund admin"));
}

#[test]
fn no_key_is_both_pairs_of_eyes() {
    assert_eq!(scopes("refund approve"), Err(ErrorCode::ApiKeyScopeInvalid));
    assert_eq!(scopes("read payment approve admin").as_deref(), Ok("read payment approve admin"));
}

#[test]
fn a_range_allows_what_is_in_it_and_nothing_else() {
    let ranges = AddressRanges::parse(" 203.0.113.7, 10.1.2.3/8\n2001:db8::/32 ").unwrap();
    assert_eq!(ranges.to_string(), "203.0.113.7/32 10.0.0.0/8 2001:db8::/32");
    for (address, allowed) in [
        ("203.0.113.7", true),
        ("203.0.113.8", false),
        ("10.255.255.255", true),
        ("11.0.0.0", false),
        // As an IPv6 socket tells of an IPv4 caller.
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
fn everything_that_is_wrong_with_a_wish_is_told_at_once() {
    let errors = NewApiKey::parse("\u{7}", "x", "y").unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["name", "scopes", "addresses"]);
    assert!(NewApiKey::parse(&"x".repeat(61), "read", "").is_err());
    assert_eq!(NewApiKey::parse("  shop ", "read", "").unwrap().name, "shop");
}

#[test]
fn overlaps_have_names() {
    for overlap in Overlap::ALL {
        assert_eq!(Overlap::parse(overlap.as_str()), Ok(overlap));
    }
    assert_eq!(Overlap::parse("2h").unwrap_err().code, ErrorCode::TextInvalid);
}
