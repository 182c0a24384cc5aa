//! What API keys allow on every surface, and their rate limit.

use super::circle::{intent_body, refund_body};
use crate::support::{TestApp, http::Answer};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use chrono::Duration;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::{Value, json};

async fn with_key(app: &TestApp, key: &str, method: Method, path: &str, body: &str) -> StatusCode {
    app.call_raw(method, path, Some(key), body.to_owned()).await.status
}

async fn from(app: &TestApp, scheme: &str, key: &str, path: &str, address: &str) -> Answer {
    let request = Request::get(path)
        .header("authorization", format!("{scheme} {key}"))
        .header("x-forwarded-for", format!("198.51.100.1, {address}"));
    app.send(request.body(Body::empty()).unwrap()).await
}

on_both_engines! {
    async fn each_scope_allows_its_own_operations_and_reading(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = format!("/v1/paymentIntents/{}/refund", intent.id);
        let (new_intent, new_endpoint) = (intent_body(), json!({ "url": "https://shop.example/hooks" }));
        for (scopes, makes_intents, makes_refunds, manages) in [
            ("read", false, false, false),
            ("payment", true, false, false),
            ("refund", false, true, false),
            ("approve", false, false, false),
            ("admin", false, false, true),
        ] {
            let key = app.key_with(scopes).await;
            let status = async |path: &str, body: &Value| with_key(app, &key, Method::POST, path, &body.to_string()).await;
            assert_eq!(with_key(app, &key, Method::GET, "/v1/payments", "").await, StatusCode::OK, "{scopes}");
            let allowed = |status: StatusCode| status != StatusCode::FORBIDDEN;
            assert_eq!(allowed(status("/v1/paymentIntents", &new_intent).await), makes_intents, "{scopes}");
            assert_eq!(allowed(status(&refund, &refund_body("1")).await), makes_refunds, "{scopes}");
            assert_eq!(allowed(status("/v1/webhookEndpoints", &new_endpoint).await), manages, "{scopes}");
        }
    }
}

#[tokio::test]
async fn a_key_is_refused_from_other_addresses_in_the_format_of_each_surface() {
    let app = TestApp::with_options(crate::support::Engine::Sqlite, &["--trusted-proxies=0.0.0.0"]).await;
    let new = requite::domain::people::api_key::NewApiKey::parse("office", "read", "203.0.113.0/24", "").unwrap();
    let (_, key) = requite::service::people::api_key::create(
        app.store(),
        &app.context(),
        app.requite.settings.mode,
        &app.owner,
        &new,
    )
    .await
    .unwrap();
    assert_eq!(from(&app, "Bearer", &key, "/v1/payments", "203.0.113.9").await.status, StatusCode::OK);
    let circle = from(&app, "Bearer", &key, "/v1/payments", "203.0.114.9").await;
    assert_eq!(
        (circle.status, circle.json()["requiteCode"].as_str()),
        (StatusCode::FORBIDDEN, Some("api_key_not_from_here"))
    );
    // CoinGate's Python and Ruby clients send the one scheme, its PHP and Node clients the other.
    for scheme in ["Token", "Bearer"] {
        assert_eq!(from(&app, scheme, &key, "/v2/orders", "203.0.113.9").await.status, StatusCode::OK);
        let coingate = from(&app, scheme, &key, "/v2/orders", "203.0.114.9").await;
        assert_eq!(
            (coingate.status, coingate.json()["reason"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("IpAddressIsNotAllowed"))
        );
    }
    assert_eq!(from(&app, "Token", &key, "/v1/payments", "203.0.113.9").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_rate_limited_answer_says_when_to_retry() {
    let app = TestApp::with_options(crate::support::Engine::Sqlite, &["--api-rate", "3"]).await;
    let router = app.router();
    let call = async |scheme: &str, path: &str, key: &str| {
        let request = Request::get(path).header("authorization", format!("{scheme} {key}"));
        crate::support::http::answer(router.clone(), request.body(Body::empty()).unwrap()).await
    };
    for (left, full_in) in [(2, 20), (1, 40), (0, 60)] {
        let answer = call("Bearer", "/v1/payments", &app.api_key).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("ratelimit-policy"), Some("\"key\";q=3;w=60"));
        assert_eq!(answer.header("ratelimit"), Some(format!("\"key\";r={left};t={full_in}").as_str()));
        assert_eq!(answer.header("retry-after"), None);
    }
    let refused = call("Bearer", "/v1/payments", &app.api_key).await;
    assert_eq!((refused.status, refused.json()["code"].as_i64()), (StatusCode::TOO_MANY_REQUESTS, Some(429)));
    assert_eq!(refused.header("retry-after"), Some("20"));
    assert_eq!(
        refused.json()["message"],
        "This API key has made too many requests. It may make the next one in 20 seconds. Wait a moment and try again."
    );
    // Public and unknown routes respond as before and are not limited.
    for path in ["/ping", "/v1/nothing"] {
        let answer = call("Bearer", path, &app.api_key).await;
        assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!((answer.header("retry-after"), answer.header("ratelimit").is_some()), (None, true), "{path}");
    }
    let coingate = call("Token", "/v2/orders", &app.api_key).await;
    assert_eq!(
        (coingate.status, coingate.json()["reason"].as_str()),
        (StatusCode::TOO_MANY_REQUESTS, Some("RateLimitException"))
    );
    // Another key has its own bucket, and every bucket refills over time.
    let other = app.key_with("read").await;
    assert_eq!(call("Bearer", "/v1/payments", &other).await.status, StatusCode::OK);
    app.advance(Duration::seconds(20));
    assert_eq!(call("Bearer", "/v1/payments", &app.api_key).await.status, StatusCode::OK);
    assert_eq!(call("Bearer", "/v1/payments", &app.api_key).await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// A server whose clock was set wrong must not refuse everybody until the wrong time has come.
#[tokio::test]
async fn a_clock_that_jumps_changes_no_limit() {
    let app = TestApp::with_options(crate::support::Engine::Sqlite, &["--api-rate", "3"]).await;
    let router = app.router();
    let call = async || {
        let request = Request::get("/v1/payments").header("authorization", format!("Bearer {}", app.api_key));
        crate::support::http::answer(router.clone(), request.body(Body::empty()).unwrap()).await
    };
    app.clock.jump(Duration::hours(13));
    for _ in 0..3 {
        assert_eq!(call().await.status, StatusCode::OK);
    }
    app.clock.jump(Duration::hours(-13));
    let refused = call().await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("20")));
    app.advance(Duration::seconds(20));
    assert_eq!(call().await.status, StatusCode::OK);
}

/// Only what trusted proxies appended counts; the rest of the header comes from the client.
#[tokio::test]
async fn the_address_of_a_client_is_the_last_one_that_is_no_trusted_proxy() {
    let proxies = "--trusted-proxies=0.0.0.0,10.0.0.0/8,fd00::/8";
    for (options, lines, expected) in [
        (&[proxies][..], &[("x-forwarded-for", "203.0.113.7")][..], "203.0.113.7"),
        (&[proxies], &[("x-forwarded-for", "192.0.2.1, 203.0.113.7, 10.0.0.2")], "203.0.113.7"),
        // A proxy that adds a line of its own, after the one that the client sent.
        (&[proxies], &[("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "203.0.113.7")], "203.0.113.7"),
        (&[proxies], &[("x-forwarded-for", "203.0.113.7:4711, [fd00::1]:80")], "203.0.113.7"),
        (&[proxies], &[("x-forwarded-for", "203.0.113.7, unknown, 10.0.0.2")], "10.0.0.2"),
        // A client does not hide behind a quote that it opens.
        (&[proxies], &[("x-forwarded-for", "\", 203.0.113.7")], "203.0.113.7"),
        (&[proxies, "--proxy-header=forwarded"], &[("forwarded", "for=\", for=203.0.113.7")], "203.0.113.7"),
        (&[proxies], &[("forwarded", "for=203.0.113.7")], "0.0.0.0"),
        (
            &[proxies, "--proxy-header=forwarded"],
            &[("forwarded", "for=192.0.2.1;by=\"a,b\", For=\"[2001:db8::7]:80\";proto=https")],
            "2001:db8::7",
        ),
        (&[proxies, "--proxy-header=forwarded"], &[("forwarded", "for=203.0.113.7, for=_hidden")], "0.0.0.0"),
        (&["--trusted-proxies=10.0.0.0/8"], &[("x-forwarded-for", "203.0.113.7")], "0.0.0.0"),
        (&[], &[("x-forwarded-for", "203.0.113.7")], "0.0.0.0"),
    ] {
        let app = TestApp::with_options(crate::support::Engine::Sqlite, options).await;
        let request = lines.iter().fold(Request::get("/"), |request, (name, value)| request.header(*name, *value));
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let found = requite::web::client_address::client_address(&app.requite, &parts);
        assert_eq!(found.to_string(), expected, "{options:?} {lines:?}");
    }
}
