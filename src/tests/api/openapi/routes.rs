//! Documented operations are routed, with these methods and scopes and no others. Every route is documented by construction:
//! routers consist of documented handlers only (`utoipa_axum::routes!`), which the last test guards.

use super::{document, operations};
use crate::support::{Engine, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    wire::coingate::account_id,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A path with unknown ids, and with valid words for other parameters.
pub(super) fn filled(path: &str) -> String {
    let id = if path.starts_with("/v2") { "999999" } else { "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f" };
    let words = [("{id}", id), ("{refund_id}", id), ("{side}", "buy"), ("{from}", "BTC"), ("{to}", "USD")];
    words.into_iter().fold(path.to_owned(), |path, (name, word)| path.replace(name, word))
}

fn request(method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Request<Body> {
    let scheme = if path.starts_with("/v2") || path.starts_with("/api/v2") { "Token" } else { "Bearer" };
    let mut request = Request::builder().method(method.to_uppercase().as_str()).uri(path);
    if let Some(key) = key {
        request = request.header("authorization", format!("{scheme} {key}"));
    }
    request = request.header("content-type", "application/json");
    request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).unwrap()
}

#[tokio::test]
async fn every_documented_operation_is_routed_and_requires_a_key() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = document();
    for (path, method, operation) in operations(&document) {
        let open = operation["security"].is_null();
        let expected = if open { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        let answer = app.send(request(method, &filled(path), None, None)).await;
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.text());
        assert!(open || operation["responses"]["401"].is_object());
        for server in document["paths"][path]["servers"].as_array().into_iter().flatten() {
            let there = format!("{}{}", server["url"].as_str().unwrap().trim_end_matches('/'), filled(path));
            assert_eq!(app.send(request(method, &there, None, None)).await.status, expected, "{method} {there}");
        }
    }
}

#[tokio::test]
async fn a_documented_path_accepts_no_other_methods() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = document();
    let mut methods: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, method, _) in operations(&document) {
        methods.entry(path).or_default().insert(method);
    }
    for (path, taken) in methods {
        for method in ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| !taken.contains(method)) {
            let answer = app.send(request(method, &filled(path), Some(&app.api_key), None)).await;
            let text = answer.text();
            // CoinGate has one answer for unknown paths and unknown methods.
            let refused = answer.status == StatusCode::METHOD_NOT_ALLOWED || text.contains("PageNotFound");
            assert!(refused, "{method} {path}: {} {text}", answer.status);
        }
    }
}

/// With every scope except the named one an operation is forbidden, and with only that scope it is allowed.
#[tokio::test]
async fn every_operation_requires_the_documented_scope() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = document();
    // No key may both create and approve refunds, so two keys together have all other scopes.
    let others: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("read", vec![]),
        ("payment", vec!["read refund admin", "read approve admin"]),
        ("refund", vec!["read payment admin", "read payment approve"]),
        ("approve", vec!["read payment refund admin"]),
        ("admin", vec!["read payment refund", "read payment approve"]),
    ]);
    let mut keys = BTreeMap::new();
    for scopes in others.values().flatten().chain(&["read", "payment", "refund", "approve", "admin"]) {
        if !keys.contains_key(scopes) {
            keys.insert(*scopes, app.key_with(scopes).await);
        }
    }
    let intent = app.paid_order("100", Usd, Usd, Network::Base).await;
    let (order, refund) = (intent.order_number, app.refund(&app.order(&intent, "10")).await.unwrap().number);
    for (path, method, operation) in operations(&document) {
        let Some(scope) = operation["security"][0].as_object().and_then(|named| named.values().next()?[0].as_str())
        else {
            continue;
        };
        let body = super::requests::bodies_of(&document, operation).into_iter().next().map(|(_, mut body)| {
            body["idempotencyKey"] = json!(uuid::Uuid::new_v4());
            body["ledger_account_id"] = json!(account_id(app.merchant, Usd));
            body
        });
        // An order is looked up before the request for its refund is parsed.
        let path = if path.starts_with("/v2/orders/{id}/refunds") && scope == "refund" {
            path.replace("{id}", &order.to_string()).replace("{refund_id}", &refund.to_string())
        } else {
            filled(path)
        };
        for with in &others[scope] {
            let answer = app.send(request(method, &path, Some(&keys[with]), body.as_ref())).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {with}: {}", answer.text());
            // Without permission the answer does not list what the body lacks.
            let answer = app.send(request(method, &path, Some(&keys[with]), Some(&json!({})))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {with}: {}", answer.text());
        }
        let answer = app.send(request(method, &path, Some(&keys[scope]), body.as_ref())).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{method} {path} with {scope}: {}", answer.text());
    }
}

#[test]
fn api_routers_consist_of_documented_handlers_only() {
    let routers = [
        include_str!("../../../api/circle/router.rs"),
        include_str!("../../../api/native/router.rs"),
        include_str!("../../../api/coingate/router.rs"),
        include_str!("../../../api/mod.rs"),
    ];
    let undocumented: Vec<_> = routers
        .iter()
        .flat_map(|router| router.lines())
        .filter(|line| [".route(", ".route_service(", ".nest_service("].iter().any(|call| line.contains(call)))
        .map(str::trim)
        .collect();
    // The roots with a slash return 'not found'.
    let roots = [
        ".route(\"/v1/\", any(async || ApiError::no_such_path()))",
        ".route(\"/v2/\", any(async || ApiError::no_such_page()))",
        ".route(\"/api/v2/\", any(async || ApiError::no_such_page()));",
    ];
    assert_eq!(undocumented, roots);
}

#[tokio::test]
async fn the_document_is_public() {
    let app = TestApp::new(Engine::Sqlite).await;
    let answer = app.send(Request::get("/openapi.json").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, Some("application/json")));
    assert_eq!(answer.text(), requite::api::openapi::json());
    let other = app.send(Request::post("/openapi.json").body(Body::empty()).unwrap()).await;
    assert_eq!(
        (other.status, other.header("content-type")),
        (StatusCode::METHOD_NOT_ALLOWED, Some("application/problem+json"))
    );
    assert_eq!((&other.json()["status"], other.header("allow")), (&json!(405), Some("GET,HEAD")));
}

#[tokio::test]
async fn the_reference_is_public_and_shows_every_operation_and_schema() {
    let app = TestApp::new(Engine::Sqlite).await;
    let answer = app.send(Request::get("/docs").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let (page, document) = (answer.text(), document());
    let places: BTreeSet<_> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for (path, method, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(places.contains(id), "{method} {path} is not on the page");
        assert!(page.contains(&format!("href=\"#{id}\"")), "nothing leads to {id}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(places.contains(format!("shape-{name}").as_str()), "{name} is not on the page");
    }
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(places.contains(target), "a link leads to #{target}, which is nowhere");
    }
    for address in page.split("src=\"").chain(page.split("href=\"")).skip(1) {
        assert!(!address.starts_with("http") && !address.starts_with("//"), "{}", &address[..address.len().min(60)]);
    }
}
