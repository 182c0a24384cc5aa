//! What is kept of requests and answers, and what is not.

use proptest::prelude::*;
use requite::domain::redaction::{REDACTED, body, query};
use serde_json::{Value, json};

fn kept(json: &Value) -> Value {
    serde_json::from_str(&body(json.to_string().as_bytes())).unwrap()
}

#[test]
fn secrets_and_people_are_taken_out_wherever_they_stand() {
    let whole = json!({
        "destination": { "address": "0x1", "network": "BASE" },
        "customerEmail": "ann@example.com",
        "purchaser_email": "ann@example.com",
        "items": [{ "secret": "x", "amount": "1" }, "whsec_abc", "rq_live_abc"],
        "note": "rq_sandbox_abc",
        "email": null,
    });
    let expected = json!({
        "destination": { "address": "0x1", "network": "BASE" },
        "customerEmail": REDACTED,
        "purchaser_email": REDACTED,
        "items": [{ "secret": REDACTED, "amount": "1" }, REDACTED, REDACTED],
        "note": REDACTED,
        "email": null,
    });
    assert_eq!(kept(&whole), expected);
}

#[test]
fn forms_and_queries_lose_the_same() {
    assert_eq!(
        query("amount=1&purchaser_email=ann%40example.com&token=t"),
        format!("amount=1&purchaser_email=%5Bredacted%5D&token=%5Bredacted%5D")
    );
    assert_eq!(body(b"price_amount=10&token=t"), "price_amount=10&token=%5Bredacted%5D");
    assert_eq!(query(""), "");
}

#[test]
fn what_is_not_understood_is_not_kept() {
    assert_eq!(body(b""), "");
    assert_eq!(body(b"my secret = x"), "[neither JSON nor a form]");
    assert_eq!(body(br#"{"secret": "x""#), "[neither JSON nor a form]");
    assert_eq!(body(&[0xff, 0xfe]), "[not text]");
    let long = body(json!({ "note": "x".repeat(20_000) }).to_string().as_bytes());
    assert!(long.chars().count() == 16_385 && long.ends_with('…'));
}

proptest! {
    #[test]
    fn nothing_of_a_secret_is_ever_left(secret in "[a-z0-9]{12}", depth in 0_usize..6, name in prop::sample::select(vec!["secret", "PASSWORD", "customer_email", "apiKey"])) {
        let mut whole = json!({ name: { "inside": [&secret] } });
        for _ in 0..depth {
            whole = json!([{ "deeper": whole }]);
        }
        prop_assert!(!body(whole.to_string().as_bytes()).contains(&secret));
    }
}
