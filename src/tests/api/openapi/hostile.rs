//! Hostile input in every documented place, on both engines: it may be refused, but never causes a server error.

use super::{Callers, document, operations, requests::bodies_of, routes::filled};
use crate::support::{TestApp, http::answer};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use chrono::Duration;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::{Value, json};
use uuid::Uuid;

/// Texts that have broken programs: characters that databases do not store, numbers out of range, non-ASCII digits.
const TEXTS: [&str; 7] = [
    "a\0b",
    "99999999999999999999999999999999999",
    "-0",
    "0.0000000000000000000000000000001",
    "\u{202e}٣",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
];

async fn require_no_fault(router: &Router, app: &TestApp, method: &str, path: &str, body: Option<&Value>) {
    let scheme = if path.starts_with("/v2") { "Token" } else { "Bearer" };
    let request = Request::builder()
        .method(method.to_uppercase().as_str())
        .uri(path)
        .header("authorization", format!("{scheme} {}", app.api_key))
        .header("content-type", "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let answer = answer(router.clone(), request.body(body).unwrap()).await;
    // The key's bucket is refilled by advancing the clock, since a rate-limited request tests nothing.
    app.advance(Duration::milliseconds(200));
    // Circle uses the same status for exceeding the limit of subscriptions.
    let too_many =
        answer.status == StatusCode::TOO_MANY_REQUESTS && !answer.text().contains("subscription_limit_reached");
    let looked_at = !answer.status.is_server_error() && !too_many;
    assert!(looked_at, "{method} {path}: {} {}", answer.status, answer.text());
}

/// Every text inside a body, as JSON pointers.
fn places(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| places(member, &format!("{at}/{name}"))).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| places(item, &format!("{at}/{index}"))).collect()
        }
        _ => vec![at.to_owned()],
    }
}

on_both_engines! {
    async fn hostile_texts_cause_no_server_errors(app: &TestApp) {
        // Built once: building the router takes longer than a request.
        let router = app.router();
        let (document, callers) = (document(), Callers::of(app).await);
        let intent = app.paid_order("100", Usd, Usd, Network::Base).await;
        for (path, method, operation) in operations(&document) {
            let caller = callers.for_operation(operation);
            // An existing refund, so that the input gets as far as possible.
            let target = match path {
                _ if path.starts_with("/v2/orders/{id}") => {
                    path.replacen("{id}", &intent.order_number.to_string(), 1).replace("{refund_id}", "1")
                }
                _ if path.starts_with("/v1/paymentIntents/{id}") => path.replace("{id}", &intent.id.to_string()),
                _ => filled(path),
            };
            for text in TEXTS {
                let escaped: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    let name = parameter["name"].as_str().unwrap();
                    match parameter["in"].as_str() {
                        Some("query") => {
                            require_no_fault(&router, caller, method, &format!("{target}?{name}={escaped}"), None).await;
                        }
                        Some("path") => {
                            let id = escaped.replace('+', "%20");
                            let hostile = ["{id}", "{refund_id}", "{month}"];
                            let target = hostile.iter().fold(path.to_owned(), |path, name| path.replace(name, &id));
                            require_no_fault(&router, caller, method, &target, None).await;
                        }
                        _ => {}
                    }
                }
                for (schema, mut body) in bodies_of(&document, operation) {
                    let account = requite::wire::coingate::account_id(app.merchant, Usd);
                    for (name, _) in schema["properties"].as_object().unwrap() {
                        match name.as_str() {
                            "paymentIntentId" => body[name] = json!(intent.id),
                            "ledger_account_id" => body[name] = json!(account),
                            _ if body.get(name).is_none() => body[name] = json!(null),
                            _ => {}
                        }
                    }
                    for place in places(&body, "") {
                        let mut body = body.clone();
                        if schema["properties"]["idempotencyKey"].is_object() {
                            body["idempotencyKey"] = json!(Uuid::new_v4());
                        }
                        *body.pointer_mut(&place).unwrap() = json!(text);
                        require_no_fault(&router, caller, method, &target, Some(&body)).await;
                    }
                }
            }
        }
    }
}
