//! Parsing of the wizard's fields.

use proptest::prelude::*;
use requite::domain::{
    error::ErrorCode,
    money::currency::Currency,
    refunds::draft::{ADDRESS_MAX, RecipientInput},
    text::{NOTE_MAX, parse_email},
};

#[test]
fn an_email_address_is_optional_but_must_be_plausible() {
    for (text, expected) in [
        ("", Ok(None)),
        ("  ", Ok(None)),
        (" Someone@Example.com ", Ok(Some("someone@example.com"))),
        ("a@b.c", Ok(Some("a@b.c"))),
        ("a@b", Err(())),
        ("@b.c", Err(())),
        ("a@b..c", Err(())),
        ("a@@b.c", Err(())),
        ("a b@c.d", Err(())),
        ("a\u{0}@b.c", Err(())),
    ] {
        let parsed = parse_email(text).map_err(|error| assert_eq!(error.code, ErrorCode::EmailInvalid));
        assert_eq!(parsed, expected.map(|email: Option<&str>| email.map(str::to_owned)), "{text:?}");
    }
    assert!(parse_email(&format!("{}@example.com", "a".repeat(250))).is_err());
}

#[test]
fn all_errors_are_reported_at_once() {
    let input = RecipientInput {
        network: "BTC".to_owned(),
        address: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed".to_owned(),
        email: "nobody".to_owned(),
        reason: "whim".to_owned(),
        note: "n".repeat(NOTE_MAX + 1),
        override_reason: String::new(),
        overrides: String::new(),
        memo: String::new(),
        memo_not_needed: false,
    };
    let codes: Vec<_> = input.parse(Currency::Btc).unwrap_err().into_iter().map(|error| error.code).collect();
    assert_eq!(
        codes,
        [ErrorCode::AddressInvalid, ErrorCode::EmailInvalid, ErrorCode::TextInvalid, ErrorCode::TextInvalid]
    );
    let codes: Vec<_> = input.parse(Currency::Usd).unwrap_err().into_iter().map(|error| error.code).collect();
    assert_eq!(codes[0], ErrorCode::PairUnsupported);
    let empty: Vec<_> =
        RecipientInput::default().parse(Currency::Usd).unwrap_err().into_iter().map(|r| r.code).collect();
    assert_eq!(empty, [ErrorCode::Required, ErrorCode::Required]);
}

#[test]
fn a_memo_that_is_invalid_on_every_network_is_refused() {
    let input = RecipientInput {
        network: "ETH".to_owned(),
        address: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed".to_owned(),
        memo: "12345".to_owned(),
        reason: "other".to_owned(),
        ..RecipientInput::default()
    };
    assert_eq!(input.parse(Currency::Usd).unwrap_err()[0].code, ErrorCode::MemoNotSupported);
}

proptest! {
    #[test]
    fn a_draft_never_exceeds_the_allowed_lengths(text in ".{0,2000}") {
        let input = RecipientInput {
            network: text.clone(), address: text.clone(), memo: text.clone(), memo_not_needed: false, email: text.clone(), reason: text.clone(), note: text.clone(), override_reason: text.clone(), overrides: text,
        };
        let short = input.shortened();
        prop_assert!(short.address.chars().count() <= ADDRESS_MAX + 1);
        prop_assert!(short.note.chars().count() <= NOTE_MAX + 1);
        // Any input is parsed or refused, without a panic.
        let _ = short.parse(Currency::Usd);
    }
}
