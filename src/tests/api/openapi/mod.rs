//! The OpenAPI document: it equals the file in the repository, describes exactly what is routed and refused, and
//! responses match it.

mod access;
mod answers;
mod examples;
mod hostile;
mod requests;
mod routes;
mod webhooks;

use crate::support::TestApp;
use requite::api::openapi;
use serde_json::Value;

/// The document as it is served.
fn document() -> Value {
    serde_json::from_str(openapi::json()).unwrap()
}

/// Every operation: path, method, and its description.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let methods = ["get", "post", "put", "patch", "delete"];
    paths
        .flat_map(|(path, item)| methods.map(|method| (path.as_str(), method, &item[method])))
        .filter(|(_, _, operation)| operation.is_object())
        .collect()
}

/// The same app with two keys, since no key may both create and approve refunds: the default one, which may do
/// everything except approve, and one that may approve.
struct Callers {
    usual: TestApp,
    approver: TestApp,
}

impl Callers {
    async fn of(app: &TestApp) -> Self {
        let mut approver = app.clone();
        approver.api_key = app.key_with("approve").await;
        Self { usual: app.clone(), approver }
    }

    /// The app whose key may perform this operation.
    fn for_operation(&self, operation: &Value) -> &TestApp {
        if operation["security"][0]["bearer"][0] == "approve" { &self.approver } else { &self.usual }
    }
}

/// The schema that a reference points to.
fn resolved<'d>(document: &'d Value, mut schema: &'d Value) -> &'d Value {
    while let Some(reference) = schema["$ref"].as_str() {
        schema =
            document.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"));
    }
    schema
}

#[test]
fn the_document_is_the_one_in_the_repository() {
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json")).unwrap_or_default();
    assert!(
        kept == openapi::json(),
        "openapi.json is not what the code says any more. When the change is meant, renew it with\n\
         cargo run --features ssr -- openapi > openapi.json"
    );
}

#[test]
fn every_reference_resolves_and_every_component_is_used() {
    let document = document();
    let text = openapi::json();
    for (kind, components) in document["components"].as_object().unwrap() {
        if kind == "securitySchemes" {
            continue;
        }
        for name in components.as_object().unwrap().keys() {
            assert!(text.contains(&format!("\"#/components/{kind}/{name}\"")), "nothing refers to {kind} {name}");
        }
    }
    for reference in text.split("\"$ref\": \"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer} leads nowhere");
    }
}
