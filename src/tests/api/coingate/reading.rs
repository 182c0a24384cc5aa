//! How requests are parsed: forms and JSON, objects and lists, numbers, times.

use super::{ORDER, get, post, refused};
use crate::support::{Answer, Engine, TestApp};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use chrono::Duration;
use serde_json::{Value, json};

async fn send(app: &TestApp, method: Method, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Token {}", app.api_key))
        .header("content-type", content_type);
    app.send(request.body(body.into()).unwrap()).await
}

async fn send_json(app: &TestApp, method: Method, path: &str, body: &str) -> Answer {
    send(app, method, path, "application/json", body.to_owned()).await
}

#[tokio::test]
async fn bodies_in_json_keep_their_amounts_exact() {
    let app = TestApp::new(Engine::Sqlite).await;
    let body = r#"{"price_amount": 1234567890.000000000000000001, "price_currency": "ETH", "receive_currency": "DO_NOT_CONVERT", "title": null}"#;
    let order = send_json(&app, Method::POST, "/v2/orders", body).await.json();
    assert_eq!(order["price_amount"], "1234567890.000000000000000001");
    assert_eq!((&order["do_not_convert"], &order["receive_currency"]), (&json!(true), &json!("DO_NOT_CONVERT")));
    let not_exact = r#"{"price_amount": "1e3", "price_currency": "ETH", "receive_currency": "ETH"}"#;
    let twice = r#"{"price_amount": 1, "price_amount": 2, "price_currency": "ETH", "receive_currency": "ETH"}"#;
    for wrong in ["[]", "{", "1", not_exact, twice] {
        let answer = send_json(&app, Method::POST, "/v2/orders", wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let long = format!("{{\"title\": \"{}\"}}", "x".repeat(70_000));
    assert_eq!(send_json(&app, Method::POST, "/v2/orders", &long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_json_exponent_only_moves_the_decimal_point() {
    let app = TestApp::new(Engine::Sqlite).await;
    let body =
        |price: &str| format!(r#"{{"price_amount": {price}, "price_currency": "ETH", "receive_currency": "ETH"}}"#);
    for (written, read) in [
        ("5e-05", "0.00005"),
        ("1e3", "1000.00"),
        ("1.5E+3", "1500.00"),
        ("1.25e1", "12.50"),
        ("100e-2", "1.00"),
        ("1.23456789012345678e2", "123.456789012345678"),
        ("1e-18", "0.000000000000000001"),
    ] {
        let order = send_json(&app, Method::POST, "/v2/orders", &body(written)).await;
        assert_eq!(order.status, StatusCode::OK, "{written}: {}", order.text());
        let answered = order.json()["price_amount"].as_str().unwrap().to_owned();
        let decimal = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
        assert_eq!(decimal(&answered), decimal(read), "{written}");
    }
    for (wrong, code) in [
        (r#""1e2""#, "amount_malformed"),
        ("-5e-05", "amount_not_positive"),
        ("1e-19", "amount_too_precise"),
        ("1e10", "amount_too_large"),
        ("1e999999999999", "amount_malformed"),
        ("true", "amount_malformed"),
    ] {
        let answer = send_json(&app, Method::POST, "/v2/orders", &body(wrong)).await;
        refused(&answer, (422, "OrderIsNotValid", code));
    }
}

#[tokio::test]
async fn objects_are_read_and_lists_are_refused() {
    let app = TestApp::new(Engine::Sqlite).await;
    post(&app, "/v2/orders", &ORDER).await;
    let count = |answer: Answer| answer.json()["total_orders"].clone();
    for (from, expected) in [("2026-11-23", 1), ("2026-11-24", 0)] {
        let body = json!({ "created_at": { "from": from } }).to_string();
        assert_eq!(count(send_json(&app, Method::GET, "/v2/orders", &body).await), expected, "{from}");
        let twice = body.replace("\"from\"", "\"from\":\"2026-11-22\",\"from\"");
        let refused = send_json(&app, Method::GET, "/v2/orders", &twice).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    }
    let wrong = [
        r#"{"status": ["paid"]}"#,
        r#"{"status": {"is": "paid"}}"#,
        r#"{"status": []}"#,
        r#"{"created_at": "2026-11-23"}"#,
        r#"{"created_at": ["2026-11-23"]}"#,
        r#"{"created_at": {"from": ["2026-11-23"]}}"#,
    ];
    for body in wrong {
        let answer = send_json(&app, Method::GET, "/v2/orders", body).await;
        refused(&answer, (422, "OrderIsNotValid", "request_malformed"));
    }
    for query in ["status[]=paid", "status%5B0%5D=paid", "created_at=2026-11-23", "created_at[]=2026-11-23", "page[]=1"]
    {
        let answer = app.call_coingate(Method::GET, &format!("/v2/orders?{query}"), &[]).await;
        let body = refused(&answer, (422, "OrderIsNotValid", "request_malformed"));
        assert_eq!(body["errors"].as_array().unwrap().len(), 1, "it is said once: {body}");
    }
    let order = r#"{"price_amount": [1], "price_currency": "EUR", "receive_currency": "EUR"}"#;
    let body = refused(
        &send_json(&app, Method::POST, "/v2/orders", order).await,
        (422, "OrderIsNotValid", "request_malformed"),
    );
    assert_eq!(body["errors"], json!(["price_amount: must be one value, not a list or an object"]));
    // An ignored member may be anything, at any depth.
    let nested = "{\"a\":".repeat(5_000) + "1" + &"}".repeat(5_000);
    assert_eq!(count(send_json(&app, Method::GET, "/v2/orders", &format!(r#"{{"shopper": {nested}}}"#)).await), 1);
}

#[tokio::test]
async fn a_range_includes_its_last_day() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("500", requite::domain::money::currency::Currency::Usd).await;
    let number = super::paid_order(&app).await;
    app.advance(Duration::hours(1));
    let fields = super::refund_fields(
        &app,
        "10",
        requite::domain::money::currency::Currency::Usd,
        requite::domain::address::network::Network::Base,
        requite::domain::money::currency::Currency::Usd,
    );
    super::refund(&app, number, &fields).await;
    let total = async |path: &str, name: &str| get(&app, path).await[name].clone();
    for (list, end, name) in [
        ("orders", "created_at[to]", "total_orders"),
        ("orders", "paid_at[to]", "total_orders"),
        ("refunds", "created_at[to]", "total_refunds"),
        ("refunds", "updated_at[to]", "total_refunds"),
        ("refunds", "updated_at[at]", "total_refunds"),
    ] {
        assert_eq!(total(&format!("/v2/{list}?{end}=2026-11-23"), name).await, 1, "{list} {end}");
        assert_eq!(total(&format!("/v2/{list}?{end}=2026-11-22"), name).await, 0, "{list} {end}");
    }
    assert_eq!(total("/v2/ledger/transactions?date_to=2026-11-22", "total_entries").await, 0);
    assert_ne!(total("/v2/ledger/transactions?date_to=2026-11-23", "total_entries").await, 0);
    assert_eq!(total("/v2/orders?created_at[from]=2026-11-23&created_at[to]=2026-11-23", "total_orders").await, 1);
}

#[tokio::test]
async fn a_time_without_an_offset_is_in_utc() {
    let app = TestApp::new(Engine::Sqlite).await;
    post(&app, "/v2/orders", &ORDER).await;
    let total = async |from: &str| {
        let list: Value = get(&app, &format!("/v2/orders?created_at[from]={from}")).await;
        list["total_orders"].clone()
    };
    for at in [
        "2026-11-23T08:00:00",
        "2026-11-23%2008:00:00",
        "2026-11-23+08:00:00",
        "2026-11-23T08:00:00.000",
        "2026-11-23T09:00:00+01:00",
        "2026-11-23T09:00:00%2B01:00",
        "2026-11-23%2009:00:00+01:00",
    ] {
        assert_eq!(total(at).await, 1, "{at}");
        assert_eq!(total(&at.replace(":00:00", ":00:01")).await, 0, "{at}");
    }
}

/// As PHP's curl sends an array of fields.
#[tokio::test]
async fn a_form_can_be_multipart() {
    let app = TestApp::new(Engine::Sqlite).await;
    let part =
        |name: &str, value: &str| format!("--x1\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let order = |title: &str| {
        let price = part("price_amount", "1050.99") + &part("price_currency", "USD");
        format!("{price}{}{}--x1--\r\n", part("title", title), part("shopper[email]", "ann@example.com"))
    };
    let multipart = "multipart/form-data; boundary=x1";
    let answer = send(&app, Method::POST, "/v2/orders", multipart, order("Zwei Stühle")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let made = answer.json();
    assert_eq!((&made["title"], &made["price_amount"]), (&json!("Zwei Stühle"), &json!("1050.99")));
    assert_eq!(get(&app, &format!("/v2/orders/{}", made["id"])).await["title"], "Zwei Stühle");
    let wrong: [(&str, Vec<u8>); 5] = [
        ("multipart/form-data", order("Two chairs").into()),
        ("multipart/form-data; boundary=x2", order("Two chairs").into()),
        (multipart, order("Two chairs").trim_end_matches("--x1--\r\n").into()),
        (multipart, order("Two chairs").replace("; name=\"title\"", "").into()),
        (multipart, order("Two \u{1} chairs").bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect()),
    ];
    for (content_type, body) in wrong {
        let answer = send(&app, Method::POST, "/v2/orders", content_type, body).await;
        refused(&answer, (422, "UnprocessableEntity", "request_malformed"));
    }
    let long = send(&app, Method::POST, "/v2/orders", multipart, order(&"x".repeat(70_000))).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_unreadable_body_is_not_treated_as_empty() {
    let app = TestApp::new(Engine::Sqlite).await;
    let json = r#"{"price_amount": 1, "price_currency": "EUR", "receive_currency": "EUR"}"#;
    for content_type in ["application/xml", "application/vnd.api+json", "text/plain"] {
        let answer = send(&app, Method::POST, "/v2/orders", content_type, json).await;
        let body = refused(&answer, (422, "UnprocessableEntity", "request_malformed"));
        let message = body["message"].as_str().unwrap();
        assert!(
            message.contains("application/x-www-form-urlencoded") && message.contains("application/json"),
            "{body}"
        );
        // A request without a body needs no content type.
        assert_eq!(send(&app, Method::GET, "/v2/orders", content_type, "").await.status, StatusCode::OK);
    }
    let form = "price_amount=1&price_currency=EUR&receive_currency=EUR&title=A%20";
    for (title, status) in [("%FF", 422), ("%C3", 422), ("%C3%A4", 200)] {
        let content_type = "application/x-www-form-urlencoded; charset=utf-8";
        let answer = send(&app, Method::POST, "/v2/orders", content_type, format!("{form}{title}")).await;
        assert_eq!(answer.status, status, "{title}: {}", answer.text());
    }
    let query = app.call_coingate(Method::GET, "/v2/orders?status=%FF", &[]).await;
    refused(&query, (422, "UnprocessableEntity", "request_malformed"));
}
