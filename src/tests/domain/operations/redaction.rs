//! Which parts of logged requests and responses are kept and which are removed.

use proptest::prelude::*;
use requite::domain::operations::redaction::{REDACTED, body, exchange, query};
use serde_json::{Value, json};

fn redacted(json: &Value) -> Value {
    serde_json::from_str(&body(json.to_string().as_bytes())).unwrap()
}

#[test]
fn secrets_and_personal_data_are_removed_at_any_depth() {
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
    assert_eq!(redacted(&whole), expected);
}

#[test]
fn a_private_value_of_the_request_is_removed_from_the_answer() {
    let request = json!({ "metadata": { "email": "jane.doe@leak", "nickname": "Jane", "bns": "jan" }, "chain": "XX" });
    let answer = json!({
        "message": "'jane.doe@leak' is no e-mail address, and XX no chain.",
        "errors": [
            { "location": "metadata.email", "invalidValue": "jane.doe@leak" },
            { "location": "chain", "invalidValue": "XX", "message": "January is a month" },
        ],
    });
    let kept = exchange(request.to_string().as_bytes(), answer.to_string().as_bytes());
    assert!(!kept.0.contains("Jane") && !kept.1.contains("leak"), "{kept:?}");
    let answered: Value = serde_json::from_str(&kept.1).unwrap();
    // 'jan' is too short to be removed everywhere, and 'Jane' is a different word from 'January'.
    assert_eq!(answered["errors"][1], answer["errors"][1]);
    let kept = exchange(b"email=jane%40leak&amount=x", br#"{"errors":["email jane@leak is wrong"]}"#);
    assert!(!kept.0.contains("leak") && !kept.1.contains("leak"), "{kept:?}");
}

#[test]
fn passwords_and_queries_are_removed_from_urls() {
    for (whole, kept) in [
        ("https://shop.example/hook?api_key=s&x=1", "https://shop.example/hook?[redacted]"),
        ("https://ann:pw@shop.example/hook", "https://[redacted]@shop.example/hook"),
        ("https://ann@shop.example?k=s", "https://[redacted]@shop.example?[redacted]"),
        ("https://shop.example/hook@home", "https://shop.example/hook@home"),
        ("ethereum:0x1?value=1", "ethereum:0x1?value=1"),
    ] {
        assert_eq!(redacted(&json!({ "url": whole }))["url"], kept);
        let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("url", kept).finish();
        assert_eq!(body(format!("url={}", urlencoding(whole)).as_bytes()), form);
    }
}

fn urlencoding(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn forms_and_queries_are_redacted_by_the_same_rules() {
    assert_eq!(
        query("amount=1&purchaser_email=ann%40example.com&token=t"),
        format!("amount=1&purchaser_email=%5Bredacted%5D&token=%5Bredacted%5D")
    );
    assert_eq!(body(b"price_amount=10&token=t"), "price_amount=10&token=%5Bredacted%5D");
    assert_eq!(query(""), "");
}

#[test]
fn unparseable_bodies_are_not_kept() {
    assert_eq!(body(b""), "");
    assert_eq!(body(b"my secret = x"), "[neither JSON nor a form]");
    assert_eq!(body(br#"{"secret": "x""#), "[neither JSON nor a form]");
    assert_eq!(body(&[0xff, 0xfe]), "[not text]");
    let long = body(json!({ "reason": "x".repeat(20_000) }).to_string().as_bytes());
    assert!(long.chars().count() == 16_385 && long.ends_with('…'));
}

proptest! {
    #[test]
    fn no_part_of_a_secret_is_left(secret in "[a-z0-9]{12}", depth in 0_usize..6, name in prop::sample::select(vec!["secret", "PASSWORD", "customer_email", "apiKey"])) {
        let mut whole = json!({ name: { "inside": [&secret] } });
        for _ in 0..depth {
            whole = json!([{ "deeper": whole }]);
        }
        prop_assert!(!body(whole.to_string().as_bytes()).contains(&secret));
    }
}
