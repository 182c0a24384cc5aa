//! Circle's surface: response schemas, error codes, pages; a refused request changes nothing.

mod access;
mod address_book;
mod bad_input;
mod clients;
mod continuous;
mod error_codes;
mod errors;
mod idempotency;
mod lists;
mod metadata;
mod notifications;
mod payees;
mod payments;
mod quickstart;
mod request_reading;
mod subscriptions;

use crate::support::{Answer, CUSTOMER, TestApp};
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use requite::domain::{
    address::network::Network,
    ids::{MerchantId, PaymentIntentId},
    intents::payment_intent::PaymentIntent,
    money::currency::Currency,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A status, Circle's code and Requite's.
pub(super) type Refused<'a> = (u16, i64, &'a str);

async fn get(app: &TestApp, path: &str) -> Answer {
    app.call(Method::GET, path, None).await
}

async fn post(app: &TestApp, path: &str, body: Value) -> Answer {
    app.call(Method::POST, path, Some(body)).await
}

/// The content of a success envelope.
async fn data(app: &TestApp, path: &str) -> Value {
    let answer = get(app, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()["data"].clone()
}

/// The content of the envelope of a 201.
pub(super) async fn created(app: &TestApp, path: &str, body: Value) -> Value {
    let answer = post(app, path, body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{path}: {}", answer.text());
    answer.json()["data"].clone()
}

/// A body for `POST /v1/paymentIntents`, under a new key.
pub(super) fn intent_body() -> Value {
    json!({
        "idempotencyKey": Uuid::new_v4(),
        "amount": {"amount": "100", "currency": "USD"},
        "settlementCurrency": "USD",
        "paymentMethods": [{"type": "blockchain", "chain": "BASE"}],
    })
}

/// A body for a continuous one, under a new key.
pub(super) fn continuous_body() -> Value {
    json!({
        "idempotencyKey": Uuid::new_v4(),
        "type": "continuous",
        "currency": "USD",
        "settlementCurrency": "USD",
        "paymentMethods": [{"type": "blockchain", "chain": "BASE"}],
    })
}

/// A body for a refund of dollars on Base, under a new key.
pub(super) fn refund_body(amount: &str) -> Value {
    json!({
        "idempotencyKey": Uuid::new_v4(),
        "destination": {"chain": "BASE", "address": CUSTOMER},
        "amount": {"currency": "USD"},
        "toAmount": {"amount": amount, "currency": "USD"},
    })
}

/// The same body with another value at a path with dots.
pub(super) fn with(mut body: Value, path: &str, value: Value) -> Value {
    let (object, member) = path.rsplit_once('.').unwrap_or(("", path));
    let pointer = if object.is_empty() { String::new() } else { format!("/{}", object.replace('.', "/")) };
    body.pointer_mut(&pointer).unwrap()[member] = value;
    body
}

pub(super) async fn paid(app: &TestApp) -> PaymentIntent {
    app.paid_intent("100", Currency::Usd, Network::Base).await
}

pub(super) fn refund_path(id: PaymentIntentId) -> String {
    format!("/v1/paymentIntents/{id}/refund")
}

/// Everything that a request could change: the rows of every table, and every balance.
pub(super) async fn state(app: &TestApp) -> (BTreeMap<String, i64>, String) {
    let balances = app.requite.store.balances(app.merchant).await.unwrap();
    (app.row_counts().await, format!("{balances:?}"))
}

/// Posts, and expects an error in Circle's format and that nothing has changed.
pub(super) async fn refused(app: &TestApp, path: &str, body: impl Into<Body>, expected: Refused<'_>) -> Value {
    let before = state(app).await;
    let answer = app.call_raw(Method::POST, path, Some(&app.api_key), body).await;
    assert_eq!(state(app).await, before, "a refused request changed something: {}", answer.text());
    error(&answer, expected)
}

/// Checks the error body: no envelope, Circle's members, a sentence with a next step.
fn error(answer: &Answer, (status, code, native): Refused<'_>) -> Value {
    let body = answer.json();
    let seen = (u64::from(answer.status.as_u16()), body["code"].as_i64(), body["requiteCode"].as_str());
    assert_eq!(seen, (status.into(), Some(code), Some(native)), "{}", answer.text());
    assert!(body["message"].as_str().is_some_and(|message| message.ends_with('.')), "{body}");
    assert!(body.get("data").is_none());
    for item in body["errors"].as_array().into_iter().flatten() {
        for member in ["error", "message", "location", "requiteCode"] {
            assert!(item[member].is_string(), "{member} of {item}");
        }
    }
    body
}

/// The locations that an error names, in order.
fn locations(body: &Value) -> Vec<&str> {
    body["errors"].as_array().into_iter().flatten().filter_map(|item| item["location"].as_str()).collect()
}

/// A second merchant with its own key.
async fn stranger(app: &TestApp) -> (MerchantId, String) {
    let merchant = requite::service::people::team::merchant_named(app.store(), &app.context(), "Another merchant")
        .await
        .unwrap()
        .id;
    (merchant, app.key_of(merchant, "other").await)
}
