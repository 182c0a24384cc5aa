//! Subscriptions to Circle's notifications: their limit, their owner, their endpoints, and how they end.

use super::{notifications::*, *};
use crate::support::{Engine, Receiver, Reply};
use chrono::Duration;
use requite::domain::webhooks::DeliveryState;

on_both_engines! {
    async fn one_that_is_deleted_gets_no_more(app: &TestApp) {
        let (first, second) = (Receiver::start().await, Receiver::start().await);
        let id = subscribed(app, &first).await;
        subscribed(app, &second).await;
        paid(app).await;
        let path = format!("{SUBSCRIPTIONS}/{id}");
        let deleted = app.call(Method::DELETE, &path, None).await;
        assert_eq!((deleted.status, deleted.json()), (StatusCode::OK, json!({ "data": {} })));
        app.deliver().await;
        paid(app).await;
        app.deliver().await;
        assert_eq!((changes(&first).len(), changes(&second).len()), (0, 8));
        let all = app.deliveries().await;
        let own: Vec<_> = all.iter().filter(|one| one.endpoint_id.to_string() == id).map(|one| one.state).collect();
        let withheld = own.iter().filter(|state| **state == DeliveryState::Withheld).count();
        assert_eq!((own.len(), withheld), (5, 4), "all but its confirmation");
        for path in [path, format!("{SUBSCRIPTIONS}/{}", Uuid::nil()), format!("{SUBSCRIPTIONS}/7")] {
            error(&app.call(Method::DELETE, &path, None).await, (404, 1051, "not_found"));
        }
        // The confirmation link of a deleted subscription is not found.
        let link = first.received()[0].json()["SubscribeURL"].as_str().unwrap().to_owned();
        assert_eq!(visit(app, &link).await.status, StatusCode::NOT_FOUND);
    }

    async fn there_are_three_in_a_sandbox(app: &TestApp) {
        let receiver = Receiver::start().await;
        for _ in 0..3 {
            subscribe(app, &receiver.url).await;
        }
        let body = json!({ "endpoint": receiver.url }).to_string();
        let error = refused(app, SUBSCRIPTIONS, body, (429, 429, "subscription_limit_reached")).await;
        assert!(text(&error["message"]).contains("3 subscriptions"), "{error}");
        let id = data(app, SUBSCRIPTIONS).await[0]["id"].as_str().unwrap().to_owned();
        app.call(Method::DELETE, &format!("{SUBSCRIPTIONS}/{id}"), None).await;
        subscribe(app, &receiver.url).await;
        // A subscription that is not confirmed in time is removed.
        app.deliver().await;
        app.advance(Duration::days(30));
        assert_eq!(data(app, SUBSCRIPTIONS).await, json!([]));
        let link = receiver.received()[0].json()["SubscribeURL"].as_str().unwrap().to_owned();
        assert_eq!(visit(app, &link).await.status, StatusCode::NOT_FOUND);
        subscribe(app, &receiver.url).await;
    }

    async fn one_that_wants_no_more_is_given_up(app: &TestApp) {
        let receiver = Receiver::start().await;
        let id = subscribed(app, &receiver).await;
        receiver.answer(Reply::status(410));
        app.intent("5", Currency::Usd, Network::Base).await;
        app.deliver().await;
        assert_eq!(status(app, &id).await, "deleted");
        let number = receiver.received().len();
        app.intent("5", Currency::Usd, Network::Base).await;
        app.deliver().await;
        assert_eq!(receiver.received().len(), number);
        // A deleted subscription does not count towards the limit.
        for _ in 0..3 {
            subscribe(app, &receiver.url).await;
        }
        assert_eq!(app.call(Method::DELETE, &format!("{SUBSCRIPTIONS}/{id}"), None).await.status, StatusCode::OK);
    }

    async fn subscriptions_are_their_merchants(app: &TestApp) {
        let receiver = Receiver::start().await;
        let id = subscribed(app, &receiver).await;
        let (merchant, key) = stranger(app).await;
        let answer = app.call_raw(Method::GET, SUBSCRIPTIONS, Some(&key), "").await;
        assert_eq!(answer.json(), json!({ "data": [] }));
        let answer = app.call_raw(Method::DELETE, &format!("{SUBSCRIPTIONS}/{id}"), Some(&key), "").await;
        error(&answer, (404, 1051, "not_found"));
        let made = app.call_raw(Method::POST, "/v1/paymentIntents", Some(&key), intent_body().to_string()).await;
        assert_eq!(made.status, StatusCode::CREATED);
        app.give_addresses().await;
        app.deliver().await;
        assert!(changes(&receiver).is_empty(), "got {merchant}'s");
        // The limit applies to each merchant separately.
        for _ in 0..3 {
            let body = json!({ "endpoint": receiver.url }).to_string();
            let answer = app.call_raw(Method::POST, SUBSCRIPTIONS, Some(&key), body).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        assert_eq!(status(app, &id).await, "confirmed");
    }

    async fn endpoints_are_https_on_the_public_internet(app: &TestApp) {
        let cases = [
            (json!({}), "required"),
            (json!({ "endpoint": null }), "required"),
            (json!({ "endpoint": " " }), "required"),
            (json!({ "endpoint": 7 }), "request_malformed"),
            (json!({ "endpoint": ["https://shop.example/"] }), "request_malformed"),
            (json!({ "endpoint": "shop.example" }), "webhook_url_invalid"),
            (json!({ "endpoint": "http://shop.example/" }), "webhook_url_invalid"),
            (json!({ "endpoint": "ftp://shop.example/" }), "webhook_url_invalid"),
            (json!({ "endpoint": "https://10.0.0.1/" }), "webhook_url_invalid"),
            (json!({ "endpoint": "https://169.254.169.254/latest" }), "webhook_url_invalid"),
            (json!({ "endpoint": "https://ann:secret@shop.example/" }), "webhook_url_invalid"),
            (json!({ "endpoint": "https://intranet/" }), "webhook_url_invalid"),
        ];
        for (body, native) in cases {
            let error = refused(app, SUBSCRIPTIONS, body.to_string(), (400, 2, native)).await;
            assert_eq!(locations(&error), ["endpoint"], "{body}");
        }
        subscribe(app, "https://shop.example/circle?from=requite").await;
    }
}

#[tokio::test]
async fn there_is_one_where_money_is_real_and_the_link_is_on_the_public_address() {
    let options = ["--mode", "production", "--public-url", "https://refunds.example"];
    let app = TestApp::with_options(Engine::Sqlite, &options).await;
    let first = subscribe(&app, "https://shop.example/circle").await;
    let detail = text(&first["subscriptionDetails"][0]["url"]);
    assert!(detail.starts_with("arn:aws:sns:us-east-1:908968368384:prod_platform-notifications-topic:"), "{detail}");
    let answer = post(&app, SUBSCRIPTIONS, json!({ "endpoint": "https://shop.example/other" })).await;
    let error = error(&answer, (429, 429, "subscription_limit_reached"));
    assert!(text(&error["message"]).contains("only one"), "{error}");
    let link = "select count(*) from webhook_deliveries where body like '%\"SubscribeURL\":\"https://refunds.example/notifications/confirm?%'";
    assert_eq!(app.count(link).await, 1);
    app.advance(Duration::hours(72));
    subscribe(&app, "https://shop.example/other").await;
}
