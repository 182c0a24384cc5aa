//! The messages that are sent are as the document describes them.

use super::{document, examples::require_fit};
use crate::{
    api::circle::created,
    support::{Engine, Received, Receiver, TestApp, money},
};
use axum::http::Method;
use requite::{
    domain::{address::network::Network, intents::payment::PaymentStatus, money::currency::Currency::Usd},
    wire::coingate::callback_content::{OrderCallback, RefundCallback},
};
use serde_json::{Value, json};
use uuid::Uuid;

fn require_documented(name: &str, kind: &str, body: &Value) {
    let document = document();
    let schema = &document["webhooks"][name]["post"]["requestBody"]["content"][kind]["schema"];
    assert!(schema.is_object(), "{name} {kind}");
    require_fit(&document, schema, body, name);
}

fn require_headers(name: &str, message: &Received) {
    let document = document();
    for parameter in document["webhooks"][name]["post"]["parameters"].as_array().unwrap() {
        assert!(!message.header(parameter["name"].as_str().unwrap()).is_empty(), "{parameter}");
    }
}

#[tokio::test]
async fn events_are_sent_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let receiver = Receiver::start().await;
    for payload in ["full", "thin"] {
        let endpoint = json!({ "url": format!("{}/{payload}", receiver.url), "payload": payload });
        created(&app, "/v1/webhookEndpoints", endpoint).await;
    }
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "10")).await.unwrap();
    app.settle().await;
    app.pay(&intent, Some(money("1", Usd)), PaymentStatus::Paid).await.unwrap();
    // It has no amount.
    let continuous = json!({
        "idempotencyKey": Uuid::new_v4(), "type": "continuous", "currency": "USD", "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
    });
    created(&app, "/v1/paymentIntents", continuous).await;
    app.deliver().await;
    let received = receiver.received();
    assert!(received.len() > 10, "{}", received.len());
    let document = document();
    let described = document["components"]["schemas"]["WebhookMessage"]["properties"]["data"]["properties"].clone();
    for message in received {
        let body = message.json();
        require_documented("event", "application/json", &body);
        require_headers("event", &message);
        if message.kind() == "refund.completed" && body["data"]["status"].is_string() {
            assert!(body["data"]["networkFee"].is_string() && body["data"]["networkFeeDate"].is_string(), "{body}");
        }
        for name in body["data"].as_object().unwrap().keys() {
            assert!(described[name].is_object(), "{} has {name}", message.kind());
        }
    }
}

#[tokio::test]
async fn circles_notifications_are_sent_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let receiver = Receiver::start().await;
    app.call(Method::POST, "/v1/notifications/subscriptions", Some(json!({ "endpoint": receiver.url }))).await;
    app.deliver().await;
    let asked = receiver.received().pop().unwrap();
    require_documented("circleNotification", "text/plain", &asked.json());
    let link = asked.json()["SubscribeURL"].as_str().unwrap().replace("http://127.0.0.1:3000", "");
    app.call(Method::GET, &link, None).await;
    app.paid_intent("100", Usd, Network::Base).await;
    app.deliver().await;
    let notification = receiver.received().pop().unwrap();
    assert_eq!(notification.json()["Type"], "Notification");
    require_documented("circleNotification", "text/plain", &notification.json());
    require_headers("circleNotification", &notification);
}

#[tokio::test]
async fn coingates_callbacks_are_sent_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let paid = app.paid_order("100", Usd, Usd, Network::Base).await;
    let refund = app.refund(&app.order(&paid, "10")).await.unwrap();
    let order = app.requite.store.order(app.merchant, paid.order_number).await.unwrap();
    for kind in ["application/json", "application/x-www-form-urlencoded"] {
        let about_order = json!(OrderCallback::new(&order, app.requite.context().now));
        require_documented("orderCallback", kind, &about_order);
        require_documented("refundCallback", kind, &json!(RefundCallback::new(&refund, &order)));
    }
}
