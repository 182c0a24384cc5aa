//! Authentication, and the responses to unknown routes.

use super::*;
use axum::http::{Request, header};
use requite::{config::Mode, service::people::api_key, state::Requite};
use std::sync::Arc;

/// Every route that needs a key.
const ROUTES: [(Method, &str); 10] = [
    (Method::GET, "/v1/configuration"),
    (Method::GET, "/v1/businessAccount/balances"),
    (Method::GET, "/v1/payments"),
    (Method::GET, "/v1/payments/00000000-0000-0000-0000-000000000000"),
    (Method::GET, "/v1/paymentIntents"),
    (Method::GET, "/v1/paymentIntents/00000000-0000-0000-0000-000000000000"),
    (Method::POST, "/v1/paymentIntents"),
    (Method::POST, "/v1/paymentIntents/00000000-0000-0000-0000-000000000000/expire"),
    (Method::POST, "/v1/paymentIntents/00000000-0000-0000-0000-000000000000/refund"),
    (Method::POST, "/v1/mocks/paymentIntents/00000000-0000-0000-0000-000000000000/payments"),
];

async fn with_authorization(app: &TestApp, value: &str) -> Answer {
    let request = Request::get("/v1/configuration").header(header::AUTHORIZATION, value);
    app.send(request.body(Body::empty()).unwrap()).await
}

on_both_engines! {
    async fn a_missing_key(app: &TestApp) {
        let before = state(app).await;
        for (method, path) in ROUTES {
            // The key is checked before the body, even if the body is not readable.
            let answer = app.call_raw(method, path, None, "{").await;
            error(&answer, (401, 401, "invalid_api_key"));
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{path}");
        }
        assert_eq!(state(app).await, before);
    }

    async fn a_header_that_is_no_bearer_token(app: &TestApp) {
        let key = app.api_key.clone();
        for value in ["", "Bearer", "Bearer ", &key, &format!("Token {key}"), &format!("Basic {key}"), "Bearer \u{fc}"] {
            error(&with_authorization(app, value).await, (401, 401, "invalid_api_key"));
        }
        assert_eq!(with_authorization(app, &format!("bearer  {key}")).await.status, StatusCode::OK);
    }

    async fn an_unknown_key(app: &TestApp) {
        for key in ["rq_sandbox_unknown", &format!("{}x", app.api_key), &app.api_key.to_lowercase()] {
            let answer = app.call_raw(Method::GET, "/v1/payments", Some(key), "").await;
            error(&answer, (401, 401, "invalid_api_key"));
        }
    }

    async fn a_revoked_key(app: &TestApp) {
        let intent = paid(app).await;
        let key = app.key_of(app.merchant, "leaving").await;
        let path = format!("/v1/paymentIntents/{}", intent.id);
        assert_eq!(app.call_raw(Method::GET, &path, Some(&key), "").await.status, StatusCode::OK);
        let keys = app.requite.store.api_keys(app.merchant).await.unwrap();
        let id = keys.iter().find(|key| key.name == "leaving").unwrap().id;
        api_key::revoke(app.store(), &app.context(), &app.owner, id).await.unwrap();
        let before = state(app).await;
        let body = refund_body("1").to_string();
        let answer = app.call_raw(Method::POST, &refund_path(intent.id), Some(&key), body).await;
        error(&answer, (401, 401, "invalid_api_key"));
        assert_eq!(state(app).await, before);
    }

    async fn ping_needs_no_key_and_has_no_envelope(app: &TestApp) {
        let answer = app.call_raw(Method::GET, "/ping", None, "").await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({"message": "pong"})));
    }

    async fn unknown_paths_and_methods_have_the_error_shape(app: &TestApp) {
        for path in ["/v1", "/v1/", "/v1/nothing", "/v1/payments/a/b", "/v1/refund/1"] {
            error(&get(app, path).await, (404, 404, "not_found"));
        }
        for (method, path) in [
            (Method::DELETE, "/v1/payments"),
            (Method::PUT, "/v1/paymentIntents"),
            (Method::GET, "/v1/paymentIntents/00000000-0000-0000-0000-000000000000/refund"),
            (Method::POST, "/ping"),
        ] {
            let answer = app.call(method, path, None).await;
            error(&answer, (405, 405, "request_malformed"));
            assert!(answer.header("allow").is_some(), "{path}");
        }
    }

    async fn production_refuses_sandbox_calls(app: &TestApp) {
        let mut settings = (*app.requite.settings).clone();
        settings.mode = Mode::Production;
        let requite = Requite { settings: Arc::new(settings), chain: None, ..app.requite.clone() };
        let mut production = app.clone();
        production.requite = requite;
        let held = async |app: &TestApp| app.sign_in("owner@example.com").await.get("/reconciliation").await.text();
        assert!(held(app).await.contains("Sandbox money") && !held(&production).await.contains("Sandbox money"));
        let intent = paid(app).await;
        // A sandbox key does not work on a production server, not even with the same database.
        let body = refund_body("1").to_string();
        refused(&production, &refund_path(intent.id), body, (401, 401, "invalid_api_key")).await;
        production.api_key = production.key_of(app.merchant, "live").await;
        assert!(production.api_key.starts_with("rq_live_"));
        let path = format!("/v1/mocks/paymentIntents/{}/payments", intent.id);
        refused(&production, &path, "{}", (403, 3, "sandbox_only")).await;
        let body = refund_body("1").to_string();
        refused(&production, &refund_path(intent.id), body, (503, -1, "rail_unavailable")).await;
    }
}
