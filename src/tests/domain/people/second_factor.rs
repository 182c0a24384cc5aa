//! One-time codes and recovery codes.

use chrono::{DateTime, Utc};
use requite::domain::{
    error::ErrorCode,
    people::second_factor::{OneTimeCode, ParsedCode, RecoveryCode, TotpSecret, step_at},
};

/// The seed of RFC 6238, appendix B.
fn secret() -> TotpSecret {
    TotpSecret::new(*b"12345678901234567890")
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn one_time(text: &str) -> OneTimeCode {
    match ParsedCode::parse(text) {
        Ok(Some(ParsedCode::OneTime(code))) => code,
        other => panic!("{text}: {other:?}"),
    }
}

/// Appendix B shows eight digits; the last six are compared.
#[test]
fn codes_match_rfc_6238() {
    for (seconds, code) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        assert_eq!(secret().code(step_at(at(seconds))).to_string(), code[2..], "{seconds}");
    }
}

#[test]
fn a_code_is_accepted_one_step_early_or_late_and_no_further() {
    let now = at(1_234_567_890);
    let current = step_at(now);
    for (offset, right) in [(-3, false), (-2, false), (-1, true), (0, true), (1, true), (2, false), (3, false)] {
        let step = current + offset;
        assert_eq!(secret().step_of(&secret().code(step), now), right.then_some(step), "{offset}");
    }
    assert_eq!(TotpSecret::new([7; 20]).step_of(&secret().code(current), now), None);
}

#[test]
fn a_secret_is_formatted_for_apps_and_parses_back() {
    assert_eq!(secret().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(TotpSecret::parse(&secret().base32()), Some(secret()));
    for wrong in ["", "GEZDGNBV", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGE"] {
        assert_eq!(TotpSecret::parse(wrong), None, "{wrong}");
    }
    assert_eq!(
        secret().uri("ann+x@example.com").unwrap(),
        "otpauth://totp/Requite:ann%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Requite"
    );
    assert_eq!(secret().uri("a:b@example.com"), None);
}

#[test]
fn codes_are_parsed_as_people_write_them() {
    assert_eq!(one_time(" 081 804 ").to_string(), "081804");
    assert_eq!(ParsedCode::parse(" - "), Ok(None));
    let code = RecoveryCode::new([0, 1, 10, 17, 18, 31, 32, 255, 2, 16]);
    assert_eq!(code.to_string(), "01AHJ-Z0Z2G");
    for spelling in ["01AHJ-Z0Z2G", "01ahj z0z2g", "oLahjzOz2g", "0iAHJZ0Z2G"] {
        assert_eq!(ParsedCode::parse(spelling), Ok(Some(ParsedCode::Recovery(code.clone()))), "{spelling}");
    }
    for wrong in ["12345", "1234567", "12345a", "01AHJ-Z0Z2U", "01AHJ-Z0Z2GX", "٠٨١٨٠٤", "\u{0}", &"9".repeat(100_000)]
    {
        assert_eq!(ParsedCode::parse(wrong).unwrap_err().code, ErrorCode::SecondFactorWrong, "{wrong:.20}");
    }
}

#[test]
fn secrets_are_not_written_to_logs() {
    let typed = ParsedCode::parse("01AHJ-Z0Z2G").unwrap();
    let all = format!("{:?} {:?} {typed:?}", secret(), one_time("123456"));
    assert!(!all.contains("GEZD") && !all.contains("123456") && !all.contains("01AHJ"), "{all}");
}
