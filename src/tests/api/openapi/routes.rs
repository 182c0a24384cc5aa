//! Documented operations are routed, with these methods and scopes and no others. Every route is documented by
//! construction: routers consist of documented handlers only (`utoipa_axum::routes!`), which the last test guards.

use super::{document, operations};
use crate::support::{Engine, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A path with unknown ids, and with valid words for other parameters.
pub(super) fn filled(path: &str) -> String {
    let id = if path.starts_with("/v2") { "999999" } else { "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f" };
    let values = [
        ("{id}", id),
        ("{refund_id}", id),
        ("{month}", "2026-01"),
        ("{side}", "buy"),
        ("{from}", "BTC"),
        ("{to}", "USD"),
    ];
    values.into_iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

pub(super) fn request(method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Request<Body> {
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
        let open = operation["security"].as_array().unwrap().is_empty();
        let expected = if open { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        let answer = app.send(request(method, &filled(path), None, None)).await;
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.text());
        assert!(open || operation["responses"]["401"].is_object());
        for server in document["paths"][path]["servers"].as_array().into_iter().flatten() {
            let there = format!("{}{}", server["url"].as_str().unwrap().trim_end_matches('/'), filled(path));
            assert_eq!(app.send(request(method, &there, None, None)).await.status, expected, "{method} {there}");
            // CoinGate's Node client ends its paths with a slash.
            let slashed = format!("{there}/");
            assert_eq!(app.send(request(method, &slashed, None, None)).await.status, expected, "{method} {slashed}");
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
            // CoinGate has one response for unknown paths and unknown methods.
            let refused = answer.status == StatusCode::METHOD_NOT_ALLOWED || text.contains("PageNotFound");
            assert!(refused, "{method} {path}: {} {text}", answer.status);
        }
    }
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
