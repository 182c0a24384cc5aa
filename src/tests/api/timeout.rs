//! A request that takes too long is answered in the format of its surface, and says what is known.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode},
    middleware,
    routing::any,
};
use requite::api::{native::problem, timeout};
use serde_json::{Value, json};
use std::{future::pending, time::Duration};
use tower::ServiceExt;

#[tokio::test]
async fn a_request_that_takes_too_long_has_an_answer_of_its_surface() {
    let never = any(|| async { pending::<StatusCode>().await });
    let limit = middleware::from_fn_with_state(Duration::from_millis(1), timeout::answer);
    let router = Router::new().fallback_service(never).layer(limit).layer(middleware::from_fn(problem::write));
    for (path, member) in
        [("/v1/refunds", "code"), ("/v1/paymentIntents", "requiteCode"), ("/v2/orders", "requite_code")]
    {
        for (method, code) in [(Method::POST, "outcome_unknown"), (Method::GET, "database_unavailable")] {
            let request = Request::builder().method(method.clone()).uri(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{method} {path}");
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body[member], json!(code), "{method} {path}: {body}");
        }
    }
}
