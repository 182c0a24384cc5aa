//! How a body is parsed: all errors at once, with Circle's locations; unknown members are ignored.

use super::*;
use axum::http::Request;

const INTENTS: &str = "/v1/paymentIntents";

async fn post_as(app: &TestApp, content_type: Option<&str>, body: Value) -> Answer {
    let mut request = Request::post(INTENTS).header("authorization", format!("Bearer {}", app.api_key));
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

on_both_engines! {
    async fn all_missing_members_are_reported_at_once(app: &TestApp) {
        let everything = [
            "idempotencyKey",
            "amount.currency",
            "amount.amount",
            "settlementCurrency",
            "paymentMethods",
        ];
        for body in ["", "{}", "{\"amount\": null, \"paymentMethods\": null}"] {
            let body = refused(app, INTENTS, body, (400, 2, "required")).await;
            assert_eq!(locations(&body), everything);
            assert_eq!(body["errors"][0]["error"], "required");
        }
        let body = refused(app, &refund_path(paid(app).await.id), "{}", (400, 2, "required")).await;
        let everything = [
            "idempotencyKey",
            "destination.chain",
            "destination.address",
            "amount.currency",
            "toAmount.currency",
            "toAmount.amount",
        ];
        assert_eq!(locations(&body), everything);
    }

    async fn different_problems_are_reported_together(app: &TestApp) {
        let body = json!({
            "idempotencyKey": "not a key",
            "destination": {"chain": "BASE", "address": "0x123"},
            "amount": {"currency": "XXX"},
            "toAmount": {"amount": "-5", "currency": "YYY"},
        });
        let body = refused(app, &refund_path(paid(app).await.id), body.to_string(), (400, 2, "request_malformed")).await;
        let seen: Vec<_> = body["errors"].as_array().unwrap().iter().map(|item| {
            (item["location"].as_str().unwrap(), item["error"].as_str().unwrap(), item["requiteCode"].as_str().unwrap())
        }).collect();
        assert_eq!(seen, [
            ("idempotencyKey", "invalid_value", "idempotency_key_invalid"),
            ("destination.address", "invalid_value", "address_invalid"),
            ("amount.currency", "invalid_value", "currency_unknown"),
            ("toAmount.currency", "invalid_value", "currency_unknown"),
            ("toAmount.amount", "min_value", "amount_not_positive"),
        ]);
        assert_eq!(body["errors"][4]["constraints"], json!({"min": "0", "inclusive": false}));
    }

    async fn wrong_types_are_reported(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        for (member, value, location) in [
            ("toAmount.amount", json!(1), "toAmount.amount"),
            ("toAmount.amount", json!(1e300), "toAmount.amount"),
            ("toAmount.amount", json!({"x": 1}), "toAmount.amount"),
            ("toAmount", json!("5"), "toAmount"),
            ("destination", json!(7), "destination"),
            ("destination", json!([]), "destination"),
            ("destination", json!([{"chain": "BASE", "address": CUSTOMER}]), "destination"),
            ("toAmount", json!([{"amount": "10", "currency": "USD"}]), "toAmount"),
            ("expectedRefundable", json!([]), "expectedRefundable"),
            ("destination.address", json!(["0x"]), "destination.address"),
            ("idempotencyKey", json!(5), "idempotencyKey"),
            ("amount.currency", json!(true), "amount.currency"),
            ("destination.addressTag", json!(5), "destination.addressTag"),
        ] {
            let body = with(refund_body("1"), member, value).to_string();
            let body = refused(app, &path, body, (400, 2, "request_malformed")).await;
            assert_eq!(locations(&body), [location]);
        }
        for metadata in [json!([]), json!(["Ann"]), json!("Ann")] {
            let body = json!({"idempotencyKey": Uuid::new_v4(), "chain": "BASE", "address": CUSTOMER, "metadata": metadata});
            let body = refused(app, "/v1/addressBook/recipients", body.to_string(), (400, 2, "request_malformed")).await;
            assert_eq!(locations(&body), ["metadata"]);
            assert_eq!(body["errors"][0]["message"], "It must be an object.");
        }
        for (value, location) in [
            (json!({}), "paymentMethods"),
            (json!({"0": {"type": "blockchain", "chain": "BASE"}}), "paymentMethods"),
            (json!([[{"type": "blockchain", "chain": "BASE"}]]), "paymentMethods.0"),
            (json!("ETH"), "paymentMethods"),
            (json!([4]), "paymentMethods.0"),
            (json!([{"type": "card", "chain": "BASE"}]), "paymentMethods.0.type"),
            (json!([{"type": "blockchain", "chain": 4}]), "paymentMethods.0.chain"),
        ] {
            let body = with(intent_body(), "paymentMethods", value).to_string();
            let body = refused(app, INTENTS, body, (400, 2, "request_malformed")).await;
            assert_eq!(locations(&body), [location]);
        }
        let body = with(intent_body(), "amount", json!([{"amount": "10", "currency": "USD"}])).to_string();
        assert_eq!(locations(&refused(app, INTENTS, body, (400, 2, "request_malformed")).await), ["amount"]);
    }

    async fn a_list_of_networks_is_not_empty_and_has_no_duplicates(app: &TestApp) {
        let body = with(intent_body(), "paymentMethods", json!([])).to_string();
        assert_eq!(locations(&refused(app, INTENTS, body, (400, 2, "required")).await), ["paymentMethods"]);
        let base = json!({"type": "blockchain", "chain": "BASE"});
        let body = with(intent_body(), "paymentMethods", json!([base, base])).to_string();
        let body = refused(app, INTENTS, body, (400, 2, "request_malformed")).await;
        assert_eq!(locations(&body), ["paymentMethods.1.chain"]);
    }

    async fn idempotency_keys_that_are_not_uuids(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        for key in ["", "1", "9aed1aab292a427faae1e0e358fef1c9", "{9aed1aab-292a-427f-aae1-e0e358fef1c9}", &"a".repeat(60_000)] {
            let body = with(refund_body("1"), "idempotencyKey", json!(key)).to_string();
            let body = refused(app, &path, body, (400, 2, "idempotency_key_invalid")).await;
            assert_eq!(locations(&body), ["idempotencyKey"]);
            // Long input is not repeated in the response.
            assert!(body.to_string().len() < 1_000);
        }
    }

    async fn unknown_members_are_ignored(app: &TestApp) {
        let body = with(intent_body(), "somethingNew", json!({"deep": [1, 2, 3]}));
        let intent = created(app, INTENTS, body).await;
        // The sandbox's operations are Requite's own.
        let mock = format!("/v1/mocks/paymentIntents/{}/payments", intent["id"].as_str().unwrap());
        let body = refused(app, &mock, r#"{"outcom": "failed"}"#, (400, 2, "request_malformed")).await;
        assert_eq!(locations(&body), ["outcom"]);
        let path = refund_path(paid(app).await.id);
        created(app, &path, with(refund_body("1"), "destination.somethingNew", json!(1))).await;
    }

    async fn a_refund_with_two_amounts_is_refused(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        for amount in [json!("99"), json!("1.000001"), json!("all"), json!(1)] {
            let body = with(refund_body("1"), "amount.amount", amount).to_string();
            let body = refused(app, &path, body, (400, 2, "request_malformed")).await;
            assert_eq!(locations(&body), ["amount.amount"]);
        }
        app.fund("500", Currency::Eur).await;
        let euros = with(with(refund_body("1"), "amount.amount", json!("1")), "amount.currency", json!("EUR")).to_string();
        refused(app, &path, euros, (400, 2, "request_malformed")).await;
        // Circle's format has no amount there, but the same one contradicts nothing.
        let refund = created(app, &path, with(refund_body("1"), "amount.amount", json!("1.00"))).await;
        assert_eq!(refund["settlementAmount"]["amount"], "1.00");
    }

    async fn a_member_that_is_given_twice_is_refused(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let text = refund_body("1").to_string();
        for (once, twice) in [
            ("\"amount\":\"1\"", "\"amount\":\"1\",\"amount\":\"2\""),
            ("\"toAmount\":", "\"toAmount\":null,\"toAmount\":"),
        ] {
            let body = text.replace(once, twice);
            assert_ne!(body, text);
            let body = refused(app, &path, body, (400, 2, "request_malformed")).await;
            assert!(body["message"].as_str().unwrap().contains("is given twice in one object"), "{body}");
        }
    }

    async fn a_missing_content_type_is_treated_as_json(app: &TestApp) {
        for content_type in [None, Some("application/json"), Some("Application/JSON; charset=utf-8")] {
            assert_eq!(post_as(app, content_type, intent_body()).await.status, StatusCode::CREATED);
        }
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""] {
            error(&post_as(app, Some(content_type), intent_body()).await, (415, 415, "request_malformed"));
        }
    }
}
