//! Most bodies are parsed and documented from one declaration. Payees, constant members, filters and CoinGate's
//! parameters are not. These tests keep all of them consistent: a member is required if the document requires it, and
//! parsed if it names it.

use super::{Callers, document, operations, resolved, routes::filled};
use crate::support::{Answer, Engine, TestApp};
use axum::{body::Body, http::Request};
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::{Value, json};
use uuid::Uuid;

/// The possible bodies of an operation: each schema with its example. Most have one.
pub(super) fn bodies_of<'d>(document: &'d Value, operation: &'d Value) -> Vec<(&'d Value, Value)> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    if !schema.is_object() {
        return vec![];
    }
    let schema = resolved(document, schema);
    let kinds = schema["oneOf"].as_array().map_or(vec![schema], |kinds| kinds.iter().collect());
    let with_example = |kind| {
        let kind = resolved(document, kind);
        (kind, kind["example"].clone())
    };
    kinds.into_iter().map(with_example).collect()
}

/// Every body of every operation that has one.
fn bodies(document: &Value) -> Vec<(&str, &str, &Value, Value)> {
    let of = |(path, method, operation)| {
        bodies_of(document, operation).into_iter().map(move |(schema, example)| (path, method, schema, example))
    };
    operations(document).into_iter().flat_map(of).collect()
}

/// A member: its location (names separated by slashes), and its schema.
type Member<'d> = (String, &'d Value, bool);

/// Every member of a schema, including nested ones, and whether it is required.
fn members<'d>(document: &'d Value, schema: &'d Value, at: &str) -> Vec<Member<'d>> {
    let schema = resolved(document, schema);
    let mut all = Vec::new();
    if schema["items"].is_object() {
        all.extend(members(document, &schema["items"], &format!("{at}/0")));
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let required = schema["required"].as_array().into_iter().flatten().any(|required| required == name);
        let place = format!("{at}/{name}");
        all.push((place.clone(), member, required));
        all.extend(members(document, member, &place));
    }
    all
}

/// A body with every documented member, so that no member is missing because its parent is.
fn complete(mut example: Value) -> Value {
    let money = json!({ "amount": "1", "currency": "USD" });
    let members = example.as_object_mut().unwrap();
    if members.contains_key("toAmount") || members.contains_key("paymentIntentId") && members.contains_key("amount") {
        members.insert("expectedRefundable".to_owned(), money.clone());
    }
    if members.contains_key("fundingCurrency") {
        members.insert("amount".to_owned(), money);
    }
    if members.contains_key("enabled") {
        members.insert("events".to_owned(), json!(["refund.*"]));
    }
    example
}

async fn send(app: &TestApp, method: &str, path: &str, body: &Value) -> Answer {
    send_with(app, method, path, None, body).await
}

async fn send_with(app: &TestApp, method: &str, path: &str, key: Option<String>, body: &Value) -> Answer {
    let scheme = if path.starts_with("/v2") { "Token" } else { "Bearer" };
    let mut request = Request::builder()
        .method(method.to_uppercase().as_str())
        .uri(path)
        .header("authorization", format!("{scheme} {}", app.api_key))
        .header("content-type", "application/json");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// The locations that an error of any surface names, as pointers, each with its code.
fn blamed(answer: &Answer) -> Vec<(String, String)> {
    let body = answer.json();
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    errors
        .iter()
        .filter_map(|error| {
            if let Some(sentence) = error.as_str() {
                let code = if sentence.ends_with("can't be blank") { "required" } else { "wrong" };
                return Some((format!("/{}", sentence.split_once(':')?.0), code.to_owned()));
            }
            let place = match (error["location"].as_str(), error["pointer"].as_str()) {
                (Some(location), _) => format!("/{}", location.replace('.', "/")),
                (None, pointer) => pointer?.trim_start_matches('#').to_owned(),
            };
            let code = error["requiteCode"].as_str().or_else(|| error["code"].as_str())?;
            Some((place, code.to_owned()))
        })
        .collect()
}

/// The request path with existing ids: an order is looked up before the body of its refund is parsed.
async fn target(app: &TestApp, path: &str) -> String {
    if path == "/v2/orders/{id}/refunds" {
        let order = app.paid_order("100", Usd, Usd, Network::Base).await.order_number;
        return format!("/v2/orders/{order}/refunds");
    }
    filled(path)
}

#[tokio::test]
async fn every_required_member_is_required() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (document, callers) = (document(), Callers::of(&app).await);
    let mut tried = 0;
    for (path, method, schema, example) in bodies(&document) {
        let caller = callers.for_operation(&document["paths"][path][method]);
        let full = complete(example);
        let target = target(&app, path).await;
        for (place, _, required) in members(&document, schema, "") {
            let Some((object, name)) = place.rsplit_once('/') else { continue };
            let mut body = full.clone();
            if schema["properties"]["idempotencyKey"].is_object() {
                body["idempotencyKey"] = json!(Uuid::new_v4());
            }
            let Some(object) = body.pointer_mut(object).and_then(Value::as_object_mut) else { continue };
            object.remove(name);
            // The key may be in a header instead; another test checks that one of the two is required.
            let header = (name == "idempotencyKey").then(|| Uuid::new_v4().to_string());
            let answer = send_with(caller, method, &target, header, &body).await;
            let missing = blamed(&answer).iter().any(|(blamed, code)| {
                code == "required" && (*blamed == place || blamed.starts_with(&format!("{place}/")))
            });
            assert_eq!(missing, required, "{method} {path} without {place}: {}", answer.text());
            tried += usize::from(required);
        }
    }
    assert!(tried > 30, "only {tried} members");
}

#[tokio::test]
async fn every_documented_member_is_parsed() {
    let app = TestApp::new(Engine::Sqlite).await;
    let (document, callers) = (document(), Callers::of(&app).await);
    // CoinGate's parameters are strings, and most optional ones accept any string.
    for (path, method, schema, example) in bodies(&document).into_iter().filter(|(path, ..)| path.starts_with("/v1")) {
        let caller = callers.for_operation(&document["paths"][path][method]);
        let full = complete(example);
        for (place, member, _) in members(&document, schema, "") {
            let (object, name) = place.rsplit_once('/').unwrap();
            let mut body = full.clone();
            let Some(object) = body.pointer_mut(object) else { panic!("{path} has no example of {object}") };
            let schema = resolved(&document, member);
            // A body whose members are all optional may be an empty object.
            let is_object = schema["properties"].is_object() || schema["additionalProperties"].is_object();
            let is_text = !is_object && schema.to_string().contains("string");
            object[name] = if is_text { json!({}) } else { json!("?") };
            let answer = send(caller, method, &filled(path), &body).await;
            let noticed =
                blamed(&answer).iter().any(|(blamed, _)| blamed == &place || blamed.starts_with(&format!("{place}/")));
            assert!(noticed, "{method} {path} does not look at {place}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn every_documented_filter_is_parsed() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = document();
    let mut tried = 0;
    for (path, method, operation) in operations(&document) {
        let target = target(&app, path).await;
        for parameter in
            operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query")
        {
            let name = parameter["name"].as_str().unwrap();
            if name == "separator" {
                // Any value is valid between two addresses.
                continue;
            }
            // On Circle's surface no filter may be repeated, and none of CoinGate's accepts this text.
            let query = serde_urlencoded::to_string([(name, "?"), (name, "?")]).unwrap();
            let answer = send(&app, method, &format!("{target}?{query}"), &json!({})).await;
            assert!(
                [400, 422].contains(&answer.status.as_u16()),
                "{path}?{query}: {} {}",
                answer.status,
                answer.text()
            );
            assert!(answer.text().contains(name), "{path}?{query}: {}", answer.text());
            tried += 1;
        }
    }
    assert!(tried > 40, "only {tried} filters");
}
