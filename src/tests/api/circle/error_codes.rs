//! The mapping from Requite's error codes to Circle's.

use requite::{api::circle::error::circle, domain::error::ErrorCode, languages::Language, texts::errors::next_step};
use std::collections::BTreeSet;

#[test]
fn every_code_has_an_error_status_and_a_next_step() {
    for code in ErrorCode::ALL {
        let (status, number) = circle(*code);
        assert!(status.is_client_error() || status.is_server_error(), "{code}: {status}");
        assert!(number == -1 || number > 0, "{code}: {number}");
        assert_eq!(number == -1, status.is_server_error(), "{code}: only what is our fault is unknown to Circle");
        let step = next_step(Language::english(), *code);
        assert!(step.ends_with('.') && step.len() > 10, "{code}: {step:?}");
    }
}

#[test]
fn every_code_has_a_unique_name() {
    let names: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), ErrorCode::ALL.len());
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase())));
}

/// Numbers that programs written for Circle match on.
#[test]
fn circle_error_numbers_match_circle() {
    use ErrorCode as E;
    for (code, status, number) in [
        (E::InvalidApiKey, 401, 401),
        (E::Forbidden, 403, 3),
        (E::NotFound, 404, 1051),
        (E::Required, 400, 2),
        (E::RequestTooLarge, 413, 2),
        (E::AmountNotPositive, 400, 1077),
        (E::CurrencyUnknown, 400, 1078),
        (E::IdempotencyKeyReused, 409, 1083),
        (E::IntentNotExpirable, 400, 1084),
        (E::IntentNotPaid, 400, 1085),
        (E::AmountExceedsRefundable, 400, 1087),
        (E::InsufficientBalance, 400, 1093),
        (E::NetworkUnknown, 400, 2005),
        (E::AddressInvalid, 400, 5014),
        (E::PairUnsupported, 400, 5015),
        (E::Internal, 500, -1),
    ] {
        let (seen, seen_number) = circle(code);
        assert_eq!((seen.as_u16(), seen_number), (status, number), "{code}");
    }
}
