//! Problem documents (RFC 9457): the members they name, and where they are returned.

use super::*;

/// Requite's own routes, with unknown ids.
const ROUTES: [(Method, &str); 19] = [
    (Method::GET, "/v1/refunds"),
    (Method::POST, "/v1/refunds"),
    (Method::GET, "/v1/refunds/00000000-0000-0000-0000-000000000000"),
    (Method::POST, "/v1/refunds/00000000-0000-0000-0000-000000000000/approve"),
    (Method::POST, "/v1/refunds/00000000-0000-0000-0000-000000000000/decline"),
    (Method::POST, "/v1/refunds/00000000-0000-0000-0000-000000000000/stop"),
    (Method::POST, "/v1/refunds/00000000-0000-0000-0000-000000000000/renewQuote"),
    (Method::GET, "/v1/webhookEndpoints"),
    (Method::POST, "/v1/webhookEndpoints"),
    (Method::GET, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000"),
    (Method::PATCH, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000"),
    (Method::DELETE, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000"),
    (Method::POST, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000/rotateSecret"),
    (Method::POST, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000/test"),
    (Method::POST, "/v1/webhookEndpoints/00000000-0000-0000-0000-000000000000/redeliver"),
    (Method::GET, "/v1/webhookDeliveries"),
    (Method::GET, "/v1/webhookDeliveries/00000000-0000-0000-0000-000000000000"),
    (Method::POST, "/v1/webhookDeliveries/00000000-0000-0000-0000-000000000000/redeliver"),
    (Method::POST, "/v1/quotes"),
];

on_both_engines! {
    async fn a_missing_key_is_a_problem_on_every_route(app: &TestApp) {
        let before = state(app).await;
        for (method, path) in ROUTES {
            // The key is checked before the body, even if the body is not readable.
            let answer = app.call_raw(method, path, None, "{").await;
            problem(&answer, 401, "invalid_api_key", &[]);
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{path}");
        }
        assert_eq!(state(app).await, before);
    }

    async fn unknown_paths_and_methods_are_problems_too(app: &TestApp) {
        for path in ["/v1/refunds/", "/v1/refunds/x/y", "/v1/quotes/1", "/v1/webhookEndpoints/1/2", "/v1/webhookDeliveries/1/2/3"] {
            problem(&app.call(Method::GET, path, None).await, 404, "not_found", &[]);
        }
        for path in ["/api/v1/refunds", "/api/v1/refunds/7", "/api/v1/quotes"] {
            problem(&app.call(Method::POST, path, None).await, 404, "not_found", &[]);
        }
        for path in ["/v1/refunds", "/v1/quotes", "/v1/statements", "/v1/webhookEndpoints", "/v1/webhookDeliveries"] {
            let answer = app.call(Method::PUT, path, None).await;
            problem(&answer, 405, "request_malformed", &[]);
            assert!(answer.header("allow").is_some(), "{path}");
        }
        for path in ["/v1/refundsAndMore", "/v1/payments/a/b", "/ping/", "/ping/x/y", "/api", "/api/", "/api/v1", "/api/v1/",
            "/api/v1/paymentIntents", "/api/v1/orders/7", "/api/v3/orders"]
        {
            let answer = app.call(Method::GET, path, None).await;
            assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::NOT_FOUND, &json!(404)), "{path}");
        }
    }

    async fn problems_name_every_invalid_member(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let rows = app.row_counts().await;
        let key = Uuid::new_v4().to_string();
        let missing =
            ["#/paymentIntentId", "#/amount/currency", "#/amount/amount", "#/destination/network", "#/destination/address"];
        problem(&post(app, "/v1/refunds", Some(&key), json!({})).await, 400, "required", &missing);
        problem(&post(app, "/v1/refunds", None, json!({})).await, 400, "required", &missing);
        // The key is reported too, in the same response, with the place where it was sent.
        let long = "x".repeat(256);
        let all: Vec<_> = ["Idempotency-Key"].into_iter().chain(missing).collect();
        problem(&post(app, "/v1/refunds", Some(&long), json!({})).await, 400, "request_malformed", &all);
        let all: Vec<_> = ["#/idempotencyKey"].into_iter().chain(missing).collect();
        problem(&post(app, "/v1/refunds", None, json!({ "idempotencyKey": long })).await, 400, "request_malformed", &all);
        // The overall error decides the status, not the first one found.
        let mut several = new_refund(intent.id, "0");
        several["paymentIntentId"] = json!("7");
        problem(&post(app, "/v1/refunds", Some(&key), several).await, 400, "request_malformed", &["#/paymentIntentId", "#/amount/amount"]);
        let mut wrong = new_refund(intent.id, "0");
        wrong["destination"]["address"] = json!("0x1");
        wrong["feePayer"] = json!("bank");
        wrong["customerEmail"] = json!("ann");
        let places = &["#/amount/amount", "#/destination/address", "#/feePayer", "#/customerEmail"];
        problem(&post(app, "/v1/refunds", Some(&key), wrong).await, 400, "request_malformed", places);
        let flat = with(new_refund(intent.id, "1"), "amount", json!("1"));
        problem(&post(app, "/v1/refunds", Some(&key), flat).await, 400, "request_malformed", &["#/amount"]);
        let too_much = problem(
            &post(app, "/v1/refunds", Some(&key), new_refund(intent.id, "101")).await, 400, "amount_exceeds_refundable", &["#/amount/amount"]
        );
        assert_eq!(too_much["detail"], "Only 100.00 USDC is left to refund. Enter the amount that is left, or less.");
        let mut stale = new_refund(intent.id, "1");
        stale["expectedRefundable"] = json!({ "amount": "99", "currency": "USD" });
        let place = &["#/expectedRefundable/amount"];
        problem(&post(app, "/v1/refunds", Some(&key), stale).await, 409, "expected_refundable_stale", place);
        for key in [long.as_str(), "", "\"\"", "  "] {
            let refused = post(app, "/v1/refunds", Some(key), new_refund(intent.id, "1")).await;
            problem(&refused, 400, "idempotency_key_invalid", &["Idempotency-Key"]);
        }
        for key in [json!(long), json!(""), json!("a\nb"), json!(" ")] {
            let refused = post(app, "/v1/refunds", None, with(new_refund(intent.id, "1"), "idempotencyKey", key)).await;
            problem(&refused, 400, "idempotency_key_invalid", &["#/idempotencyKey"]);
        }
        let mut two = new_refund(intent.id, "1");
        two["idempotencyKey"] = json!(Uuid::new_v4());
        problem(&post(app, "/v1/refunds", Some(&key), two).await, 400, "idempotency_key_invalid", &["Idempotency-Key"]);
        problem(&app.call(Method::GET, "/v1/refunds/7", None).await, 404, "not_found", &[]);
        problem(&app.call(Method::GET, &format!("/v1/refunds/{}", Uuid::nil()), None).await, 404, "not_found", &[]);
        problem(&app.call(Method::DELETE, "/v1/refunds", None).await, 405, "request_malformed", &[]);
        let nobody = app.call_raw(Method::GET, "/v1/refunds", None, "").await;
        problem(&nobody, 401, "invalid_api_key", &[]);
        assert_eq!(nobody.header("www-authenticate"), Some("Bearer"));
        problem(&app.call_raw(Method::POST, "/v1/refunds", Some(&app.api_key), "{").await, 400, "request_malformed", &[]);
        assert_eq!(app.row_counts().await, rows);
    }

    async fn misspelt_members_are_refused(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for (member, pointer, says) in [
            ("feePayr", "#/feePayr", "There is no member 'feePayr' here. Did you mean 'feePayer'?"),
            ("fee_payer", "#/fee_payer", "Did you mean 'feePayer'?"),
            ("destination.tag", "#/destination/tag", "Known members: address, addressBookId, memo, network, useOriginalSender."),
            ("amount.value", "#/amount/value", "Known members: amount, currency."),
        ] {
            for value in [json!("customer"), json!({ "deep": [1] }), json!(null)] {
                let body = with(new_refund(intent.id, "1"), member, value);
                let error = refused(app, "/v1/refunds", body, (400, "request_malformed"), &[pointer]).await;
                assert!(error["detail"].as_str().unwrap().contains(says), "{error}");
            }
        }
        // Together with everything else. A name that could be anything is not repeated.
        let mut several = new_refund(intent.id, "0");
        several["feePayr"] = json!("customer");
        several["destination.network"] = json!("ETH");
        several["x".repeat(60_000)] = json!(1);
        let error = refused(app, "/v1/refunds", several, (400, "request_malformed"), &["#/amount/amount", "#/feePayr"]).await;
        assert!(error.to_string().len() < 2_000, "{error}");
        let quote = json!({ "paymentIntentId": intent.id, "destination": { "network": "BASE", "address": CUSTOMER },
            "fundingCurrency": "USD" });
        refused(app, "/v1/quotes", quote, (400, "request_malformed"), &["#/destination/address"]).await;
        let endpoint = json!({ "url": "https://shop.example/hooks", "event": ["refund.*"] });
        refused(app, "/v1/webhookEndpoints", endpoint, (400, "request_malformed"), &["#/event"]).await;
        let twice = new_refund(intent.id, "1").to_string().replace("\"amount\":\"1\"", "\"amount\":\"1\",\"amount\":\"2\"");
        let answer = app.call_raw(Method::POST, "/v1/refunds", Some(&app.api_key), twice).await;
        let error = problem(&answer, 400, "request_malformed", &[]);
        assert!(error["detail"].as_str().unwrap().contains("'amount' is given twice"), "{error}");
    }

    async fn misspelt_parameters_are_refused_on_every_route(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let approver = app.key_with("approve").await;
        let before = state(app).await;
        for (method, path) in ROUTES {
            let path = format!("{path}?dryRun=true&dry%20run=1");
            let mut answer = app.call_raw(method.clone(), &path, Some(&app.api_key), "{}").await;
            if answer.status == StatusCode::FORBIDDEN {
                answer = app.call_raw(method, &path, Some(&approver), "{}").await;
            }
            problem(&answer, 400, "filter_invalid", &["dryRun"]);
        }
        for (path, parameter, meant) in [
            ("/v1/refunds?Preview=true", "Preview", "preview"),
            ("/v1/refunds?preview=true&preveiw=true", "preveiw", "preview"),
            ("/v1/refunds?dry_run=true", "dry_run", "preview"),
        ] {
            let answer = post(app, path, None, new_refund(intent.id, "1")).await;
            let error = problem(&answer, 400, "filter_invalid", &[parameter]);
            assert!(error["detail"].as_str().unwrap().contains(&format!("Did you mean '{meant}'?")), "{error}");
        }
        let listed = app.call(Method::GET, "/v1/refunds?state=completed", None).await;
        let error = problem(&listed, 400, "filter_invalid", &["state"]);
        assert!(error["detail"].as_str().unwrap().contains("Did you mean 'status'?"), "{error}");
        // Circle's surface ignores unknown parameters, except those that were meant as this one.
        let path = refund_path(intent.id);
        for name in ["Preview", "pre_view", "dryRun", "validate-only", "simulate"] {
            for (query, body) in [
                (format!("?{name}=true"), refund_body("1")),
                (String::new(), with(refund_body("1"), name, json!(true))),
            ] {
                let refused = post(app, &format!("{path}{query}"), None, body).await;
                assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["location"]), (400, &json!(name)), "{}", refused.text());
            }
        }
        assert_eq!(state(app).await, before);
        created(app, &format!("{path}?trace=1"), refund_body("1")).await;
    }

    async fn a_reused_idempotency_key_is_reported_where_it_was_sent(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (in_header, in_body) = (Uuid::new_v4().to_string(), Uuid::new_v4());
        let named = |amount: &str| with(new_refund(intent.id, amount), "idempotencyKey", json!(in_body));
        assert_eq!(post(app, "/v1/refunds", Some(&in_header), new_refund(intent.id, "1")).await.status, StatusCode::CREATED);
        assert_eq!(post(app, "/v1/refunds", None, named("1")).await.status, StatusCode::CREATED);
        let other = post(app, "/v1/refunds", Some(&in_header), new_refund(intent.id, "2")).await;
        problem(&other, 422, "idempotency_key_reused", &["Idempotency-Key"]);
        refused(app, "/v1/refunds", named("2"), (422, "idempotency_key_reused"), &["#/idempotencyKey"]).await;
        // On Circle's surface it is a conflict.
        let circle = with(refund_body("2"), "idempotencyKey", json!(in_body)).to_string();
        refused_by_circle(app, &refund_path(intent.id), circle, (409, 1083, "idempotency_key_reused")).await;
    }
}
