//! Request ids: a client may choose one, if it is safe to repeat.

use crate::support::{Engine, TestApp};
use axum::{body::Body, http::Request};
use uuid::Uuid;

#[tokio::test]
async fn a_valid_request_id_is_kept_and_an_invalid_one_is_replaced() {
    let app = TestApp::new(Engine::Sqlite).await;
    let answered = async |ids: &[&str]| {
        let request = ids.iter().fold(Request::get("/ping"), |request, id| request.header("x-request-id", *id));
        app.send(request.body(Body::empty()).unwrap()).await.header("x-request-id").unwrap().to_owned()
    };
    let longest = "a".repeat(64);
    for kept in ["3f2b8c1e-5d0a-4c5e-9a1f-0c7d2f6b8e90", "order_7.retry:2", "a", &longest] {
        assert_eq!(answered(&[kept]).await, kept);
    }
    let too_long = "a".repeat(65);
    for replaced in [&[""][..], &["<script>"], &["two words"], &["caf\u{e9}"], &[&too_long], &["one", "two"], &[]] {
        let made = answered(replaced).await;
        let id = Uuid::try_parse(&made).unwrap_or_else(|_| panic!("{replaced:?}: {made}"));
        assert_eq!(id.get_version_num(), 4, "{made}");
    }
    assert_ne!(answered(&[]).await, answered(&[]).await);
}
