//! An idempotency key belongs to one request.

use super::*;
use futures::future::join_all;

on_both_engines! {
    async fn the_same_request_returns_the_same_intent(app: &TestApp) {
        let body = intent_body();
        let first = created(app, "/v1/paymentIntents", body.clone()).await;
        let before = state(app).await;
        assert_eq!(created(app, "/v1/paymentIntents", body.clone()).await, first);
        // Equivalent spellings are the same request.
        let same = with(body, "amount.amount", json!("100.000000"));
        assert_eq!(created(app, "/v1/paymentIntents", same).await["id"], first["id"]);
        assert_eq!(state(app).await, before);
    }

    async fn the_same_request_returns_the_same_refund_with_its_current_status(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = refund_body("10");
        let first = created(app, &path, body.clone()).await;
        assert_eq!(created(app, &path, body.clone()).await, first);
        app.settle().await;
        let before = state(app).await;
        let later = created(app, &path, body).await;
        assert_eq!((&later["id"], &later["status"]), (&first["id"], &json!("paid")));
        assert_eq!(state(app).await, before);
    }

    async fn a_reused_key_with_another_body(app: &TestApp) {
        let intent = paid(app).await;
        let path = refund_path(intent.id);
        let body = refund_body("10");
        created(app, &path, body.clone()).await;
        let other = paid(app).await;
        for (path, body) in [
            (path.clone(), with(body.clone(), "toAmount.amount", json!("11"))),
            (path.clone(), with(body.clone(), "destination.chain", json!("ETH"))),
            (path.clone(), with(body.clone(), "overrideReason", json!("The customer called"))),
            (path.clone(), with(body.clone(), "expectedRefundable", json!({"amount": "100", "currency": "USD"}))),
            (path.clone(), with(body.clone(), "quoteId", json!(Uuid::new_v4()))),
            (path.clone(), with(body.clone(), "feePayer", json!("endUser"))),
            (refund_path(other.id), body.clone()),
            ("/v1/paymentIntents".to_owned(), with(intent_body(), "idempotencyKey", body["idempotencyKey"].clone())),
        ] {
            let body = refused(app, &path, body.to_string(), (409, 1083, "idempotency_key_reused")).await;
            assert_eq!(locations(&body), ["idempotencyKey"]);
        }
    }

    async fn a_refused_request_does_not_use_up_its_key(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = refund_body("1000");
        refused(app, &path, body.to_string(), (400, 1087, "amount_exceeds_refundable")).await;
        created(app, &path, with(body, "toAmount.amount", json!("1"))).await;
    }

    async fn a_key_belongs_to_its_merchant(app: &TestApp) {
        let (_, other) = stranger(app).await;
        let body = intent_body();
        let own = created(app, "/v1/paymentIntents", body.clone()).await;
        let answer = app.call_raw(Method::POST, "/v1/paymentIntents", Some(&other), body.to_string()).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_ne!(answer.json()["data"]["id"], own["id"]);
    }

    async fn many_simultaneous_requests_create_one_refund(app: &TestApp) {
        let path = refund_path(paid(app).await.id);
        let body = refund_body("10");
        let answers = join_all((0..8).map(|_| created(app, &path, body.clone()))).await;
        assert!(answers.iter().all(|answer| answer["id"] == answers[0]["id"]));
        assert_eq!(app.count("select count(*) from refunds").await, 1);
    }

    async fn expiring_twice_is_not_an_error(app: &TestApp) {
        let intent = app.intent("100", Currency::Usd, Network::Base).await;
        let path = format!("/v1/paymentIntents/{}/expire", intent.id);
        let first = created(app, &path, json!({})).await;
        assert_eq!(first["timeline"][0]["status"], "expired");
        assert_eq!(first["timeline"][0]["reason"], "requested_by_merchant");
        let before = state(app).await;
        let answer = app.call(Method::POST, &path, None).await;
        assert_eq!((answer.status, answer.json()["data"].clone()), (StatusCode::CREATED, first));
        // An invalid idempotency key is an error here too. On this surface a key is a UUID.
        let request = axum::http::Request::post(&path)
            .header("authorization", format!("Bearer {}", app.api_key))
            .header("idempotency-key", "junk");
        let junk = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(locations(&error(&junk, (400, 2, "idempotency_key_invalid"))), ["Idempotency-Key"]);
        assert_eq!(state(app).await, before);
    }
}
