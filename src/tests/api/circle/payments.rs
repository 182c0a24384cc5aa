//! Payments and what can be refunded of them: exact, under, over, late, failed, pending.

use super::*;
use chrono::Duration;
use requite::{chain::sandbox::rejecting_address, domain::intents::payment::PaymentStatus};

async fn arrive(app: &TestApp, intent: &PaymentIntent, amount: Option<&str>, outcome: Option<&str>) -> Value {
    let mut body = json!({});
    if let Some(amount) = amount {
        body["amount"] = json!({"amount": amount, "currency": "USD"});
    }
    if let Some(outcome) = outcome {
        body["outcome"] = json!(outcome);
    }
    created(app, &format!("/v1/mocks/paymentIntents/{}/payments", intent.id), body).await
}

async fn intent(app: &TestApp) -> PaymentIntent {
    app.intent("100", Currency::Usd, Network::Base).await
}

async fn shown(app: &TestApp, intent: &PaymentIntent) -> Value {
    data(app, &format!("/v1/paymentIntents/{}", intent.id)).await
}

on_both_engines! {
    async fn each_amount_has_its_context_and_can_be_refunded_in_full(app: &TestApp) {
        app.fund("1000", Currency::Usd).await;
        for (amount, context, paid) in [
            (None, "paid", "100.00"),
            (Some("100.000000"), "paid", "100.00"),
            (Some("99.999999"), "underpaid", "99.999999"),
            (Some("250.5"), "overpaid", "250.50"),
        ] {
            let intent = intent(app).await;
            let payment = arrive(app, &intent, amount, Some("paid")).await;
            assert_eq!((&payment["status"], &payment["amount"]["amount"]), (&json!("paid"), &json!(paid)));
            let complete = shown(app, &intent).await;
            assert_eq!(complete["timeline"][0]["status"], "complete");
            assert_eq!(complete["timeline"][0]["context"], context);
            assert_eq!(complete["amountPaid"]["amount"], paid);
            assert_eq!(complete["paymentIds"], json!([payment["id"]]));
            created(app, &refund_path(intent.id), refund_body(paid)).await;
            app.settle().await;
            let refunded = shown(app, &intent).await;
            assert_eq!(refunded["amountRefunded"]["amount"], paid);
            assert_eq!(refunded["requite"]["refundExtent"], "fully_refunded");
        }
    }

    async fn a_failed_payment_does_not_change_the_intent(app: &TestApp) {
        let intent = intent(app).await;
        let payment = arrive(app, &intent, None, Some("failed")).await;
        assert_eq!(payment["status"], "failed");
        assert!(payment.get("settlementAmount").is_none() && payment.get("fees").is_none());
        let still = shown(app, &intent).await;
        assert_eq!((&still["timeline"][0]["status"], &still["amountPaid"]["amount"]), (&json!("pending"), &json!("0.00")));
        assert_eq!(arrive(app, &intent, None, None).await["status"], "paid");
        created(app, &refund_path(intent.id), refund_body("1")).await;
    }

    async fn a_pending_payment_is_listed_and_not_credited(app: &TestApp) {
        let intent = intent(app).await;
        let payment = arrive(app, &intent, Some("40"), Some("pending")).await;
        assert_eq!(payment["status"], "pending");
        let list = data(app, "/v1/payments?status=pending").await;
        assert_eq!(list, json!([payment]));
        assert_eq!(app.available(Currency::Usd).await.number(), "0.00");
        let path = format!("/v1/paymentIntents/{}/expire", intent.id);
        refused(app, &path, "{}", (400, 1085, "payment_pending")).await;
    }

    async fn a_pending_payment_can_end(app: &TestApp) {
        let intent = intent(app).await;
        let payment = arrive(app, &intent, None, Some("pending")).await;
        let path = format!("/v1/mocks/payments/{}", payment["id"].as_str().unwrap());
        for outcome in ["pending", "lost"] {
            let body = json!({"outcome": outcome}).to_string();
            let error = refused(app, &path, body, (400, 2, "request_malformed")).await;
            assert_eq!(locations(&error), ["outcome"]);
        }
        let answer = post(app, &path, json!({"outcome": "paid"})).await;
        assert_eq!(answer.status, 200);
        assert_eq!(shown(app, &intent).await["timeline"][0]["context"], "paid");
        refused(app, &path, json!({"outcome": "failed"}).to_string(), (400, 2, "payment_not_possible")).await;
    }

    async fn a_payment_after_a_refund_is_unsupported_funds(app: &TestApp) {
        let intent = paid(app).await;
        let refund = created(app, &refund_path(intent.id), refund_body("1")).await;
        late(app, &intent, "intent_refunded", 2).await;
        assert_eq!(shown(app, &intent).await["refundIds"], json!([refund["id"]]));
    }

    async fn a_payment_after_expiry_is_unsupported_funds(app: &TestApp) {
        let early = intent(app).await;
        created(app, &format!("/v1/paymentIntents/{}/expire", early.id), json!({})).await;
        late(app, &early, "intent_expired", 0).await;
        let overdue = intent(app).await;
        app.advance(Duration::hours(9));
        app.work().await;
        assert_eq!(shown(app, &overdue).await["timeline"][0]["status"], "expired");
        late(app, &overdue, "intent_expired", 0).await;
    }

    async fn a_rejected_refund_is_failed_and_can_be_repeated(app: &TestApp) {
        let intent = paid(app).await;
        let available = app.available(Currency::Usd).await;
        let bad = with(refund_body("50"), "destination.address", json!(rejecting_address(Network::Base)));
        let refund = created(app, &refund_path(intent.id), bad).await;
        app.settle().await;
        let failed = data(app, &format!("/v1/payments/{}", refund["id"].as_str().unwrap())).await;
        assert_eq!((&failed["status"], &failed["requite"]["status"]), (&json!("failed"), &json!("rejected")));
        assert!(failed["requite"]["rejectionReason"].is_string());
        assert_eq!(app.available(Currency::Usd).await, available);
        assert_eq!(shown(app, &intent).await["requite"]["refundable"]["amount"], "100.00");
        created(app, &refund_path(intent.id), refund_body("50")).await;
    }

    async fn impossible_payments_are_refused(app: &TestApp) {
        let new = created(app, "/v1/paymentIntents", intent_body()).await;
        let path = format!("/v1/mocks/paymentIntents/{}/payments", new["id"].as_str().unwrap());
        refused(app, &path, "{}", (400, 2, "payment_not_possible")).await;
        let path = format!("/v1/mocks/paymentIntents/{}/payments", paid(app).await.id);
        for (body, expected, location) in [
            (json!({}), (400, 1077, "amount_not_positive"), "amount.amount"),
            (json!({"outcome": "lost"}), (400, 2, "request_malformed"), "outcome"),
            (json!({"amount": {"amount": "1", "currency": "EUR"}}), (400, 1078, "currency_mismatch"), "amount.currency"),
            (json!({"amount": {"currency": "USD"}}), (400, 2, "required"), "amount.amount"),
            (json!({"amount": {"amount": "0", "currency": "USD"}}), (400, 1077, "amount_not_positive"), "amount.amount"),
        ] {
            assert_eq!(locations(&refused(app, &path, body.to_string(), expected).await), [location]);
        }
    }
}

/// A late payment is recorded and stays visible, but is not credited to an intent.
async fn late(app: &TestApp, intent: &PaymentIntent, reason: &str, listed: usize) {
    let before = shown(app, intent).await;
    let balance = app.balance(Currency::Usd).await;
    let payment = arrive(app, intent, Some("7"), None).await;
    assert_eq!((&payment["status"], &payment["requite"]["unsupported"]), (&json!("paid"), &json!(reason)));
    assert!(payment.get("paymentIntentId").is_none() && payment.get("settlementAmount").is_none());
    assert_eq!(shown(app, intent).await, before);
    assert_eq!(app.balance(Currency::Usd).await, balance);
    assert_eq!(data(app, &format!("/v1/payments/{}", payment["id"].as_str().unwrap())).await, payment);
    let of_intent = data(app, &format!("/v1/payments?paymentIntentId={}", intent.id)).await;
    assert_eq!(of_intent.as_array().unwrap().len(), listed);
    // It is found by the intent whose address received it, and says why it is unsupported.
    let unsupported = data(app, &format!("/v1/payments?unsupported=true&paymentIntentId={}", intent.id)).await;
    assert_eq!(unsupported, json!([payment]));
    assert_eq!(payment["requite"]["paymentIntentId"], json!(intent.id));
    assert!(payment["requite"]["unsupportedDetail"].is_string() && payment["requite"].get("blockHeight").is_none());
    let others = data(app, "/v1/payments?unsupported=false").await;
    assert!(!others.as_array().unwrap().contains(&payment) && others.as_array().unwrap().len() >= listed);
    // If nothing was paid in time, a refund is refused, even while another payment is pending.
    if app.reload(intent.clone()).await.paid.is_zero() {
        let path = refund_path(intent.id);
        refused(app, &path, refund_body("1").to_string(), (400, 1085, "intent_not_paid")).await;
        app.pay(intent, Some(crate::support::money("1", Currency::Usd)), PaymentStatus::Pending).await.unwrap();
        refused(app, &path, refund_body("1").to_string(), (400, 1085, "intent_not_paid")).await;
    }
}
