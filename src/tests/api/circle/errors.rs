//! Well-formed requests that are refused because of the current state.

use super::*;
use chrono::Duration;
use requite::domain::intents::payment::PaymentStatus;

on_both_engines! {
    async fn a_refund_window_that_has_passed(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let intent = paid(app).await;
        app.advance(Duration::days(30) + Duration::microseconds(1));
        let path = refund_path(intent.id);
        refused(app, &path, refund_body("1").to_string(), (400, 1085, "refund_window_closed")).await;
    }

    async fn the_last_moment_of_the_window(app: &TestApp) {
        let intent = paid(app).await;
        app.clock.set(intent.created_at + Duration::days(30));
        created(app, &refund_path(intent.id), refund_body("1")).await;
    }

    async fn a_pending_payment(app: &TestApp) {
        let intent = paid(app).await;
        let mock = format!("/v1/mocks/paymentIntents/{}/payments", intent.id);
        let body = json!({"amount": {"amount": "5", "currency": "USD"}, "outcome": "pending"});
        assert_eq!(created(app, &mock, body).await["status"], "pending");
        refused(app, &refund_path(intent.id), refund_body("1").to_string(), (400, 1085, "payment_pending")).await;
    }

    async fn an_unpaid_intent(app: &TestApp) {
        let intent = app.intent("100", Currency::Usd, Network::Base).await;
        let path = refund_path(intent.id);
        refused(app, &path, refund_body("1").to_string(), (400, 1085, "intent_not_paid")).await;
        app.pay(&intent, None, PaymentStatus::Failed).await.unwrap();
        refused(app, &path, refund_body("1").to_string(), (400, 1085, "intent_not_paid")).await;
    }

    async fn more_than_is_left(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let intent = paid(app).await;
        let path = refund_path(intent.id);
        let body = refused(app, &path, refund_body("100.000001").to_string(), (400, 1087, "amount_exceeds_refundable")).await;
        assert_eq!(locations(&body), ["toAmount.amount"]);
        // The refused value is repeated as it was sent.
        assert_eq!(body["errors"][0]["invalidValue"], "100.000001");
        assert_eq!((&body["errors"][0]["error"], &body["errors"][0]["constraints"]), (&json!("max_value"), &json!({"max": "100", "inclusive": true})));
        created(app, &path, refund_body("60")).await;
        let body = refused(app, &path, refund_body("40.01").to_string(), (400, 1087, "amount_exceeds_refundable")).await;
        assert!(body["message"].as_str().unwrap().contains("40.00 USD"), "{body}");
        created(app, &path, refund_body("40")).await;
        refused(app, &path, refund_body("0.01").to_string(), (400, 1087, "nothing_left_to_refund")).await;
    }

    async fn an_empty_balance(app: &TestApp) {
        let intent = paid(app).await;
        let body = with(refund_body("1"), "amount.currency", json!("EUR"));
        let body = refused(app, &refund_path(intent.id), body.to_string(), (400, 1093, "insufficient_balance")).await;
        assert_eq!(locations(&body), ["amount.currency"]);
    }

    async fn a_balance_that_does_not_cover_the_fee(app: &TestApp) {
        // The payment was credited less the processing fee.
        let intent = paid(app).await;
        refused(app, &refund_path(intent.id), refund_body("100").to_string(), (400, 1093, "insufficient_balance")).await;
    }

    async fn another_currency_than_was_paid(app: &TestApp) {
        app.fund("500", Currency::Eur).await;
        let intent = paid(app).await;
        let body = with(refund_body("1"), "toAmount.currency", json!("EUR"));
        let body = refused(app, &refund_path(intent.id), body.to_string(), (400, 1078, "currency_mismatch")).await;
        assert_eq!(locations(&body), ["toAmount.currency"]);
    }

    async fn an_outdated_remaining_amount(app: &TestApp) {
        let intent = paid(app).await;
        let path = refund_path(intent.id);
        let believing = |amount: &str, left: &str| {
            with(refund_body(amount), "expectedRefundable", json!({"amount": left, "currency": "USD"}))
        };
        created(app, &path, believing("10", "100")).await;
        let stale = believing("10", "100").to_string();
        let body = refused(app, &path, stale, (409, 1085, "expected_refundable_stale")).await;
        assert_eq!(locations(&body), ["expectedRefundable.amount"]);
        created(app, &path, believing("10", "90.00")).await;
    }

    async fn an_id_of_another_merchant(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let intent = paid(app).await;
        let refund = created(app, &refund_path(intent.id), refund_body("1")).await;
        let payment = intent.payment_ids.first().unwrap();
        let (_, key) = stranger(app).await;
        let before = state(app).await;
        let id = intent.id;
        for path in [
            format!("/v1/paymentIntents/{id}"),
            format!("/v1/payments/{payment}"),
            format!("/v1/payments/{}", refund["id"].as_str().unwrap()),
        ] {
            error(&app.call_raw(Method::GET, &path, Some(&key), "").await, (404, 1051, "not_found"));
        }
        for (path, body) in [
            (refund_path(id), refund_body("1")),
            (format!("/v1/paymentIntents/{id}/expire"), json!({})),
            (format!("/v1/mocks/paymentIntents/{id}/payments"), json!({})),
        ] {
            let answer = app.call_raw(Method::POST, &path, Some(&key), body.to_string()).await;
            error(&answer, (404, 1051, "not_found"));
        }
        let path = format!("/v1/payments?paymentIntentId={id}");
        let answer = app.call_raw(Method::GET, &path, Some(&key), "").await;
        assert_eq!(answer.json(), json!({"data": []}));
        assert_eq!(state(app).await, before);
    }

    async fn an_unknown_id(app: &TestApp) {
        for id in [Uuid::nil().to_string(), Uuid::new_v4().to_string(), "7".to_owned(), "%ff".to_owned(), "x".repeat(500)] {
            error(&get(app, &format!("/v1/paymentIntents/{id}")).await, (404, 1051, "not_found"));
            error(&get(app, &format!("/v1/payments/{id}")).await, (404, 1051, "not_found"));
            refused(app, &format!("/v1/paymentIntents/{id}/expire"), "{}", (404, 1051, "not_found")).await;
            let body = refund_body("1").to_string();
            refused(app, &format!("/v1/paymentIntents/{id}/refund"), body, (404, 1051, "not_found")).await;
        }
    }

    async fn a_wallet_of_another_merchant(app: &TestApp) {
        let body = with(intent_body(), "merchantWalletId", json!("1"));
        let body = refused(app, "/v1/paymentIntents", body.to_string(), (400, 2, "request_malformed")).await;
        assert_eq!(locations(&body), ["merchantWalletId"]);
        error(&get(app, "/v1/businessAccount/balances?walletId=1").await, (400, 2, "request_malformed"));
        let own = data(app, "/v1/configuration").await["payments"]["masterWalletId"].clone();
        created(app, "/v1/paymentIntents", with(intent_body(), "merchantWalletId", own.clone())).await;
        data(app, &format!("/v1/businessAccount/balances?walletId={}", own.as_str().unwrap())).await;
    }

    async fn an_intent_that_cannot_be_expired(app: &TestApp) {
        let path = format!("/v1/paymentIntents/{}/expire", paid(app).await.id);
        refused(app, &path, "{}", (400, 1084, "intent_not_expirable")).await;
        refused(app, &path, "{", (400, 2, "request_malformed")).await;
    }
}
