//! Requite's own API: refunds as a resource, previews, decisions, quotes, statements, webhooks, problem documents, the idempotency
//! header.

mod idempotency;
mod problems;
mod quotes;
mod refunds;
mod statements;
mod webhooks;

use super::circle::{created, intent_body, paid, refund_body, refund_path, refused as refused_by_circle, state, with};
use crate::support::{Answer, CUSTOMER, TestApp};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use requite::domain::{address::network::Network, ids::PaymentIntentId, money::currency::Currency::Usd};
use serde_json::{Value, json};
use uuid::Uuid;

fn new_refund(intent: PaymentIntentId, amount: &str) -> Value {
    json!({
        "paymentIntentId": intent,
        "amount": { "amount": amount, "currency": "USD" },
        "destination": { "network": "BASE", "address": CUSTOMER },
    })
}

async fn post(app: &TestApp, path: &str, key: Option<&str>, body: Value) -> Answer {
    let mut request = Request::post(path)
        .header("authorization", format!("Bearer {}", app.api_key))
        .header("content-type", "application/json");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn data(app: &TestApp, path: &str) -> Value {
    let answer = app.call(Method::GET, path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()["data"].clone()
}

/// Expects a problem document with this status, code and pointers, and returns it.
fn problem(answer: &Answer, status: u16, code: &str, places: &[&str]) -> Value {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.text());
    let body = answer.json();
    assert_eq!((answer.status.as_u16(), body["status"].as_u64()), (status, Some(status.into())), "{body}");
    assert_eq!(body["code"], code, "{body}");
    assert_eq!(body["type"], format!("urn:requite:problem:{code}"));
    assert_eq!(body["requestId"].as_str(), answer.header("x-request-id"));
    let named: Vec<_> = body["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| ["pointer", "parameter", "header"].into_iter().find_map(|kind| error[kind].as_str()).unwrap())
        .collect();
    assert_eq!(named, places, "{body}");
    body
}

/// Posts and expects a problem that changes nothing.
async fn refused(app: &TestApp, path: &str, body: Value, (status, code): (u16, &str), places: &[&str]) -> Value {
    let before = state(app).await;
    let answer = post(app, path, None, body).await;
    assert_eq!(state(app).await, before, "a refused request changed something: {}", answer.text());
    problem(&answer, status, code, places)
}
