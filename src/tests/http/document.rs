//! How the OpenAPI document is sent: compressed, and only if it has changed.

use crate::support::{Answer, Engine, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};

async fn document(app: &TestApp, name: &str, value: &str) -> Answer {
    app.send(Request::get("/openapi.json").header(name, value).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_document_is_compressed_as_the_client_accepts() {
    let app = TestApp::new(Engine::Sqlite).await;
    let plain = document(&app, "accept-encoding", "identity").await;
    assert_eq!(plain.header("content-encoding"), None);
    assert_eq!(plain.text(), requite::api::openapi::json());
    for (accepted, coding) in [("gzip", "gzip"), ("gzip, deflate", "gzip"), ("br", "br"), ("gzip, br", "br")] {
        let answer = document(&app, "accept-encoding", accepted).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, Some(coding)), "{accepted}");
        assert!(answer.body.len() * 5 < plain.body.len(), "{accepted}: {}", answer.body.len());
    }
}

#[tokio::test]
async fn the_document_is_sent_once() {
    let app = TestApp::new(Engine::Sqlite).await;
    let first = document(&app, "accept", "*/*").await;
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let strong = tag.trim_start_matches("W/").to_owned();
    for known in [tag.clone(), strong, format!("\"other\", {tag}"), "*".to_owned()] {
        let again = document(&app, "if-none-match", &known).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
    }
    assert_eq!(document(&app, "if-none-match", "W/\"other\"").await.status, StatusCode::OK);
}
