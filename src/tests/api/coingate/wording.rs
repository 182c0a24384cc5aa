//! Error messages: complete sentences with the names that CoinGate's clients use.

use super::{paid_order, refund_fields, refused};
use crate::support::{Engine, TestApp};
use axum::http::Method;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::json;

#[tokio::test]
async fn a_message_is_a_sentence_with_a_subject() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("500", Usd).await;
    let number = paid_order(&app).await;
    let path = format!("/v2/orders/{number}/refunds");
    for (name, value, message, error) in [
        ("amount", "", "amount can't be blank. Enter a value.", "amount: can't be blank"),
        (
            "ledger_account_id",
            "4711",
            "ledger_account_id: ledger account not found. Take its id from the list of ledger accounts.",
            "ledger_account_id: ledger account not found",
        ),
        (
            "currency_id",
            "x",
            "currency_id is not a whole number. Correct the request and send it again.",
            "currency_id: is not a whole number",
        ),
        (
            "dry_run",
            "true",
            "dry_run is not known: there are no previews here. POST /v1/refunds?preview=true shows what a refund would do. \
             Correct the request and send it again.",
            "dry_run: is not known: there are no previews here. POST /v1/refunds?preview=true shows what a refund would do",
        ),
    ] {
        let mut fields = refund_fields(&app, "10", Usd, Network::Base, Usd);
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value.to_owned()));
        let body = app.call_coingate(Method::POST, &path, &super::borrowed(&fields)).await.json();
        assert_eq!((&body["message"], &body["errors"]), (&json!(message), &json!([error])));
    }
    for (page, message) in [
        ("0", "page must be above zero. Correct the filter."),
        ("99999999999", "page is too large. Correct the filter."),
        ("99999999999999999999", "page is too large. Correct the request and send it again."),
    ] {
        let body = app.call_coingate(Method::GET, &format!("/v2/orders?page={page}"), &[]).await.json();
        assert_eq!(body["message"], message);
    }
}

#[tokio::test]
async fn all_missing_parameters_of_an_order_are_reported_at_once() {
    let app = TestApp::new(Engine::Sqlite).await;
    let errors = async |fields: &[(&str, &str)]| {
        let answer = app.call_coingate(Method::POST, "/v2/orders", fields).await;
        let errors = answer.json()["errors"].as_array().unwrap().clone();
        let about = |error: &serde_json::Value| error.as_str().unwrap().split(':').next().unwrap().to_owned();
        errors.iter().map(about).collect::<Vec<_>>()
    };
    assert_eq!(errors(&[]).await, ["price_currency", "price_amount"]);
    let all = ["price_currency", "price_amount", "receive_currency", "title"];
    let wrong = [("price_currency", "XXX"), ("price_amount", "0"), ("receive_currency", "YYY"), ("title", "No")];
    assert_eq!(errors(&wrong).await, all);
    assert_eq!(errors(&[("price_amount", "1"), ("receive_currency", "EUR")]).await, ["price_currency"]);
}

#[tokio::test]
async fn authentication_errors_name_the_header_and_the_missing_scope() {
    let app = TestApp::new(Engine::Sqlite).await;
    let none = app.call_raw(Method::GET, "/v2/orders", None, "").await;
    let mut unknown = app.clone();
    unknown.api_key = "rq_sandbox_x".to_owned();
    for answer in [none, unknown.call_coingate(Method::GET, "/v2/orders", &[]).await] {
        let body = refused(&answer, (401, "BadAuthToken", "invalid_api_key"));
        let message = body["message"].as_str().unwrap();
        assert!(
            message.ends_with("Send a valid key as 'Authorization: Token <key>' or 'Authorization: Bearer <key>'."),
            "{message}"
        );
    }
    // Checked before the request is parsed, and before the response reveals whether the order exists.
    let mut reader = app.clone();
    reader.api_key = app.key_with("read").await;
    for path in ["/v2/orders/4711/refunds", "/api/v2/orders/4711/refunds"] {
        let body = refused(&reader.call_coingate(Method::POST, path, &[]).await, (403, "Unauthorized", "forbidden"));
        let message = "This API key does not have the scope 'refund'. Ask an owner or admin of the account for a key that may do it.";
        assert_eq!(body["message"], message);
    }
}

#[tokio::test]
async fn the_root_with_a_slash_is_not_a_console_page() {
    let app = TestApp::new(Engine::Sqlite).await;
    for path in ["/v2", "/v2/", "/api/v2", "/api/v2/"] {
        for method in [Method::GET, Method::POST] {
            refused(&app.call_coingate(method, path, &[]).await, (404, "PageNotFound", "not_found"));
        }
    }
}
