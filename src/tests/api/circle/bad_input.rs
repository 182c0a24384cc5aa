//! Input that is invalid whatever the state of the merchant: one test for each kind.

use super::*;
use axum::body::Bytes;
use futures::{StreamExt, stream};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const INTENTS: &str = "/v1/paymentIntents";

/// Sends an invalid amount to both endpoints that take one.
async fn refused_amount(app: &TestApp, amount: &str, expected: Refused<'_>) {
    let body = with(intent_body(), "amount.amount", json!(amount));
    assert_eq!(locations(&refused(app, INTENTS, body.to_string(), expected).await), ["amount.amount"]);
    let intent = paid(app).await;
    let body = refused(app, &refund_path(intent.id), refund_body(amount).to_string(), expected).await;
    assert_eq!(locations(&body), ["toAmount.amount"]);
    assert_eq!(body["errors"][0]["invalidValue"], amount);
}

on_both_engines! {
    async fn malformed_json(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        for body in ["{", "{\"idempotencyKey\":", "not json", "\u{0}", "[1", "{\"a\":1e999}", "{} {}"] {
            refused(app, INTENTS, body, (400, 2, "request_malformed")).await;
            refused(app, &path, body, (400, 2, "request_malformed")).await;
        }
        let nested = "[".repeat(50_000);
        refused(app, &path, nested, (400, 2, "request_malformed")).await;
        refused(app, &path, vec![b'{', 0xff, 0xfe, b'}'], (400, 2, "request_malformed")).await;
    }

    async fn a_body_that_is_not_an_object(app: &TestApp) {
        for body in ["[]", "null", "3", "\"text\"", "true"] {
            refused(app, INTENTS, body, (400, 2, "request_malformed")).await;
        }
    }

    async fn an_unknown_currency(app: &TestApp) {
        for code in ["DOGE", "usd", "", "USDC"] {
            let body = with(intent_body(), "amount.currency", json!(code));
            let body = refused(app, INTENTS, body.to_string(), (400, 1078, "currency_unknown")).await;
            assert_eq!(locations(&body), ["amount.currency"]);
        }
        let path = refund_path(paid(app).await.id);
        for member in ["toAmount.currency", "amount.currency"] {
            let body = with(refund_body("1"), member, json!("XXX"));
            let body = refused(app, &path, body.to_string(), (400, 1078, "currency_unknown")).await;
            assert_eq!(locations(&body), [member]);
        }
    }

    async fn too_many_decimals(app: &TestApp) {
        refused_amount(app, "1.0000001", (400, 1077, "amount_too_precise")).await;
        for (currency, places) in [("USD", 6), ("BTC", 8)] {
            let amount = json!({"amount": "0.1234567890123456789", "currency": currency});
            let body = refused(app, INTENTS, with(intent_body(), "amount", amount).to_string(), (400, 1077, "amount_too_precise")).await;
            let error = &body["errors"][0];
            assert_eq!(error["error"], "number_format");
            assert_eq!(error["constraints"], json!({"max-integral-digits": 10, "max-fractional-digits": places}));
        }
    }

    async fn a_negative_amount(app: &TestApp) {
        refused_amount(app, "-1", (400, 1077, "amount_not_positive")).await;
    }

    async fn an_amount_of_zero(app: &TestApp) {
        refused_amount(app, "0", (400, 1077, "amount_not_positive")).await;
        refused_amount(app, "0.000000", (400, 1077, "amount_not_positive")).await;
    }

    async fn ten_to_the_thirtieth(app: &TestApp) {
        refused_amount(app, "1000000000000000000000000000000", (400, 1077, "amount_too_large")).await;
        refused_amount(app, "1e30", (400, 1077, "amount_malformed")).await;
        refused_amount(app, "10^30", (400, 1077, "amount_malformed")).await;
    }

    async fn an_amount_that_is_not_a_number(app: &TestApp) {
        for amount in ["", "ten", "1,5", "0x10", "NaN", "+1", "1 000", "٣"] {
            refused_amount(app, amount, (400, 1077, "amount_malformed")).await;
        }
    }

    async fn an_address_of_another_network(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let bitcoin = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
        let body = with(refund_body("1"), "destination.address", json!(bitcoin));
        let body = refused(app, &path, body.to_string(), (400, 5014, "address_invalid")).await;
        assert_eq!(locations(&body), ["destination.address"]);
        assert!(body["message"].as_str().unwrap().contains("Bitcoin"), "{body}");
    }

    async fn a_wrong_checksum(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = with(refund_body("1"), "destination.address", json!(CUSTOMER.replace("5aAeb", "5AAeb")));
        let body = refused(app, &path, body.to_string(), (400, 5014, "address_invalid")).await;
        assert_eq!(locations(&body), ["destination.address"]);
    }

    async fn a_network_that_is_unknown_or_does_not_carry_the_coin(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = with(refund_body("1"), "destination.chain", json!("DOGE"));
        let body = refused(app, &path, body.to_string(), (400, 2005, "network_unknown")).await;
        assert_eq!(locations(&body), ["destination.chain"]);
        let bitcoin = json!({"chain": "BTC", "address": "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"});
        let body = with(refund_body("1"), "destination", bitcoin);
        let body = refused(app, &path, body.to_string(), (400, 5015, "pair_unsupported")).await;
        assert_eq!(locations(&body), ["destination.chain"]);
        let body = with(intent_body(), "paymentMethods", json!([{"type": "blockchain", "chain": "BTC"}]));
        let body = refused(app, INTENTS, body.to_string(), (400, 5015, "pair_unsupported")).await;
        assert_eq!(locations(&body), ["paymentMethods.0.chain"]);
    }

    async fn a_memo_on_a_network_without_memos(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = with(refund_body("1"), "destination.addressTag", json!("123456789"));
        let body = refused(app, &path, body.to_string(), (400, 5011, "memo_not_supported")).await;
        assert_eq!(locations(&body), ["destination.addressTag"]);
    }

    async fn control_characters_in_a_text(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = with(refund_body("1"), "overrideReason", json!("a\u{0}b"));
        let body = refused(app, &path, body.to_string(), (400, 2, "text_invalid")).await;
        assert_eq!(locations(&body), ["overrideReason"]);
    }

    /// On Stellar an absent tag states nothing, and an explicit `null` states that none is needed.
    async fn a_memo_that_is_missing_wrong_or_contradictory(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let account = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
        let muxed = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
        for (destination, code) in [
            (json!({"chain": "XLM", "address": account}), "memo_missing"),
            (json!({"chain": "XLM", "address": account, "addressTag": "x".repeat(29)}), "memo_invalid"),
            (json!({"chain": "XLM", "address": muxed, "addressTag": "7"}), "memo_conflict"),
        ] {
            let body = with(refund_body("1"), "destination", destination);
            let body = refused(app, &path, body.to_string(), (400, 5011, code)).await;
            assert_eq!(locations(&body), ["destination.addressTag"]);
        }
        let needless = with(refund_body("1"), "destination", json!({"chain": "XLM", "address": account, "addressTag": null}));
        let answer = app.call_raw(Method::POST, &path, Some(&app.api_key), needless.to_string()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }

    async fn a_body_of_ten_megabytes(app: &TestApp) {
        let read = Arc::new(AtomicUsize::new(0));
        let counting = |read: Arc<AtomicUsize>| {
            let chunk = Bytes::from(vec![b' '; 16 * 1024]);
            stream::repeat(chunk).take(640).map(move |chunk| {
                read.fetch_add(chunk.len(), Ordering::Relaxed);
                Ok::<_, std::io::Error>(chunk)
            })
        };
        for path in [INTENTS.to_owned(), refund_path(paid(app).await.id)] {
            read.store(0, Ordering::Relaxed);
            let body = Body::from_stream(counting(read.clone()));
            refused(app, &path, body, (413, 2, "request_too_large")).await;
            // The limit, plus the chunk that exceeded it.
            assert!(read.load(Ordering::Relaxed) <= 96 * 1024, "{read:?} bytes were read");
        }
    }

    async fn a_content_length_of_ten_megabytes_is_refused_without_reading_the_body(app: &TestApp) {
        let before = state(app).await;
        let body = Body::from_stream(stream::once(async { Err::<Bytes, _>(std::io::Error::other("it was read")) }));
        let request = axum::http::Request::post(INTENTS)
            .header("authorization", format!("Bearer {}", app.api_key))
            .header("content-length", "10000000")
            .body(body)
            .unwrap();
        error(&app.send(request).await, (413, 2, "request_too_large"));
        assert_eq!(state(app).await, before);
    }
}
