//! Circle's notifications: subscribing, confirming, and receiving every change in the form that `GET` returns.

use super::*;
use crate::support::{Received, Receiver, Reply, answer};
use axum::http::Request;
use chrono::Duration;
use requite::{
    chain::sandbox::rejecting_address,
    domain::{
        intents::payment::PaymentStatus,
        webhooks::{DeliveryState, signature::SigningSecret},
    },
    service,
};

pub(super) const SUBSCRIPTIONS: &str = "/v1/notifications/subscriptions";
pub(super) const TOPIC: &str = "arn:aws:sns:us-east-1:908968368384:sandbox_platform-notifications-topic";

/// Subscribes and returns the subscription as Circle's client reads it.
pub(super) async fn subscribe(app: &TestApp, url: &str) -> Value {
    let answer = post(app, SUBSCRIPTIONS, json!({ "endpoint": url })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["data"].clone()
}

/// Subscribes and visits the confirmation link that the endpoint received, as Circle's quickstart does.
pub(super) async fn subscribed(app: &TestApp, receiver: &Receiver) -> String {
    let subscription = subscribe(app, &receiver.url).await;
    app.deliver().await;
    let asked = receiver.received().pop().unwrap().json();
    let answer = visit(app, asked["SubscribeURL"].as_str().unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    subscription["id"].as_str().unwrap().to_owned()
}

pub(super) async fn visit(app: &TestApp, link: &str) -> Answer {
    let path = link.strip_prefix("http://127.0.0.1:3000").unwrap();
    answer(app.router(), Request::get(path).body(Body::empty()).unwrap()).await
}

pub(super) async fn status(app: &TestApp, id: &str) -> Value {
    let all = data(app, SUBSCRIPTIONS).await;
    let own = all.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
    assert_eq!(own["subscriptionDetails"][0]["url"], format!("{TOPIC}:{id}"));
    own["subscriptionDetails"][0]["status"].clone()
}

/// The JSON message inside a notification.
pub(super) fn inside(message: &Received) -> Value {
    let envelope = message.json();
    assert_eq!(envelope["Type"], "Notification", "{envelope}");
    serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap()
}

/// The notifications of intents in order, and those of payments and refunds in order. The order between the two is not
/// defined.
pub(super) fn changes_by_kind(receiver: &Receiver) -> (Vec<String>, Vec<String>) {
    let status = |line: &String| line.rsplit_once(' ').unwrap().1.to_owned();
    let (intents, others): (Vec<_>, Vec<_>) =
        changes(receiver).into_iter().partition(|line| line.starts_with("intent"));
    (intents.iter().map(status).collect(), others)
}

/// The notifications in short: what changed and its status.
pub(super) fn changes(receiver: &Receiver) -> Vec<String> {
    let messages = receiver.received();
    let notifications = messages.iter().filter(|message| message.json()["Type"] == "Notification");
    notifications
        .map(|message| {
            let inside = inside(message);
            match inside["notificationType"].as_str().unwrap() {
                "paymentIntents" => format!("intent {}", text(&inside["paymentIntent"]["timeline"][0]["status"])),
                "payments" => format!("{} {}", text(&inside["payment"]["type"]), text(&inside["payment"]["status"])),
                other => panic!("{other}"),
            }
        })
        .collect()
}

pub(super) fn owned<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The newest notification of this resource equals what `GET` returns now.
pub(super) async fn is_as_read(app: &TestApp, receiver: &Receiver, resource: &str, path: &str) {
    let now = data(app, path).await;
    let messages = receiver.received();
    let newest = messages.iter().skip(1).rev().map(inside).find(|inside| inside[resource]["id"] == now["id"]).unwrap();
    assert_eq!(newest[resource], now);
}

on_both_engines! {
    async fn notifications_of_an_intent_and_its_refunds_equal_get(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let receiver = Receiver::start().await;
        subscribed(app, &receiver).await;
        let intent = created(app, "/v1/paymentIntents", intent_body()).await;
        let (id, path) = (text(&intent["id"]).to_owned(), format!("/v1/paymentIntents/{}", text(&intent["id"])));
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        app.give_addresses().await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        let mock = format!("/v1/mocks/paymentIntents/{id}/payments");
        let payment = created(app, &mock, json!({ "outcome": "pending" })).await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        let payment = format!("/v1/payments/{}", text(&payment["id"]));
        is_as_read(app, &receiver, "payment", &payment).await;
        post(app, &payment.replace("/v1/", "/v1/mocks/"), json!({ "outcome": "paid" })).await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        is_as_read(app, &receiver, "payment", &payment).await;
        let (intents, payments) = changes_by_kind(&receiver);
        assert_eq!((intents, payments), (owned(["created", "pending", "pending", "complete"]), owned(["payment pending", "payment paid"])));

        // Two refunds: one reaches the customer, and one is refused by the network.
        let refund = created(app, &format!("{path}/refund"), refund_body("10")).await;
        let bad = with(refund_body("20"), "destination.address", json!(rejecting_address(Network::Base)));
        let bad = created(app, &format!("{path}/refund"), bad).await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        let (intents, payments) = changes_by_kind(&receiver);
        assert_eq!((&intents[4..], &payments[2..]), (&owned(["refunded"; 2])[..], &owned(["refund pending"; 2])[..]));
        app.settle().await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        is_as_read(app, &receiver, "payment", &format!("/v1/payments/{}", text(&refund["id"]))).await;
        is_as_read(app, &receiver, "payment", &format!("/v1/payments/{}", text(&bad["id"]))).await;
        let (intents, payments) = changes_by_kind(&receiver);
        let mut ends = payments[4..].to_vec();
        ends.sort();
        assert_eq!((&intents[6..], ends), (&owned(["refunded"; 2])[..], owned(["refund failed", "refund paid"])));
        assert!(app.deliveries().await.iter().all(|one| one.state == DeliveryState::Delivered && one.url == receiver.url));
        // No native endpoint was created, so none is listed.
        assert!(service::webhooks::list(app.store(), &app.owner).await.unwrap().is_empty());
    }

    async fn every_payment_and_refund_of_a_continuous_intent_is_notified(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let receiver = Receiver::start().await;
        subscribed(app, &receiver).await;
        let intent = created(app, "/v1/paymentIntents", continuous_body()).await;
        let path = format!("/v1/paymentIntents/{}", text(&intent["id"]));
        app.give_addresses().await;
        let mock = path.replace("/v1/", "/v1/mocks/") + "/payments";
        let amount = json!({ "amount": { "amount": "50", "currency": "USD" } });
        created(app, &mock, amount).await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        let (intents, _) = changes_by_kind(&receiver);
        assert_eq!(intents[..3], owned(["created", "pending", "active"]));
        assert!(intents.len() > 3, "{intents:?}");
        created(app, &format!("{path}/refund"), refund_body("10")).await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        app.settle().await;
        app.deliver().await;
        is_as_read(app, &receiver, "paymentIntent", &path).await;
        let (after, payments) = changes_by_kind(&receiver);
        assert_eq!(after[intents.len()..], owned(["active"; 2]));
        assert_eq!(payments.last().map(String::as_str), Some("refund paid"));
    }

    async fn each_message_contains_the_resource_as_of_its_change(app: &TestApp) {
        app.fund("500", Currency::Usd).await;
        let receiver = Receiver::start().await;
        subscribed(app, &receiver).await;
        // Everything happens before anything is delivered.
        let intent = paid(app).await;
        created(app, &refund_path(intent.id), refund_body("10")).await;
        app.settle().await;
        app.deliver().await;
        let intents: Vec<Value> = receiver.received().iter().skip(1).map(inside).filter_map(|inside| inside.get("paymentIntent").cloned()).collect();
        let timelines: Vec<usize> = intents.iter().map(|intent| intent["timeline"].as_array().unwrap().len()).collect();
        assert_eq!(timelines, [1, 2, 3, 4, 4]);
        assert_eq!(intents[0]["paymentMethods"][0].get("address"), None);
        let amounts = |index: usize| (text(&intents[index]["amountPaid"]["amount"]).to_owned(), text(&intents[index]["amountRefunded"]["amount"]).to_owned());
        assert_eq!(amounts(1), ("0.00".into(), "0.00".into()));
        assert_eq!(amounts(2), ("100.00".into(), "0.00".into()));
        assert_eq!(amounts(3), ("100.00".into(), "0.00".into()));
        assert_eq!(amounts(4), ("100.00".into(), "10.00".into()));
        assert_eq!(intents[3]["refundIds"].as_array().unwrap().len(), 1);
    }

    async fn a_message_has_circles_body_amazons_envelope_and_requites_signature(app: &TestApp) {
        let receiver = Receiver::start().await;
        let subscription = subscribe(app, &receiver.url).await;
        let id = text(&subscription["id"]).to_owned();
        assert_eq!(subscription["endpoint"], receiver.url);
        assert_eq!(subscription["subscriptionDetails"], json!([{ "url": format!("{TOPIC}:{id}"), "status": "pending" }]));
        let secret = text(&subscription["requite"]["secret"]).to_owned();
        app.intent("5", Currency::Usd, Network::Base).await;
        app.deliver().await;
        // An unconfirmed subscription receives only its confirmation request.
        assert_eq!((receiver.received().len(), status(app, &id).await), (1, json!("pending")));
        let asked = &receiver.received()[0];
        let envelope = asked.json();
        assert_eq!((asked.header("content-type"), asked.header("x-amz-sns-message-type")), ("text/plain; charset=UTF-8", "SubscriptionConfirmation"));
        assert_eq!((&envelope["Type"], &envelope["TopicArn"]), (&json!("SubscriptionConfirmation"), &json!(TOPIC)));
        let link = text(&envelope["SubscribeURL"]);
        assert!(link.ends_with(&format!("?Action=ConfirmSubscription&TopicArn={TOPIC}&Token={}", text(&envelope["Token"]))), "{link}");
        assert!(text(&envelope["Token"]).len() >= 60 && text(&envelope["Message"]).contains("visit the SubscribeURL"));

        let wrong = visit(app, &link.replace("Token=", "Token=x")).await;
        assert_eq!((wrong.status, status(app, &id).await), (StatusCode::NOT_FOUND, json!("pending")));
        assert_eq!(visit(app, "http://127.0.0.1:3000/notifications/confirm").await.status, StatusCode::NOT_FOUND);
        for _ in 0..2 {
            let visited = visit(app, link).await;
            assert_eq!((visited.status, visited.header("content-type")), (StatusCode::OK, Some("text/xml; charset=utf-8")));
            assert!(visited.text().contains(&format!("<SubscriptionArn>{TOPIC}:{id}</SubscriptionArn>")), "{}", visited.text());
        }
        assert_eq!(status(app, &id).await, "confirmed");
        // The secret is shown once.
        assert!(data(app, SUBSCRIPTIONS).await[0].get("requite").is_none());

        app.intent("6", Currency::Usd, Network::Base).await;
        app.deliver().await;
        let message = &receiver.received()[1];
        let envelope = message.json();
        let members: Vec<&str> = envelope.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["Message", "MessageAttributes", "MessageId", "Timestamp", "TopicArn", "Type"]);
        assert_eq!(envelope["Timestamp"], "2026-11-23T08:00:00.000Z");
        assert_eq!(envelope["MessageAttributes"], json!({ "clientId": { "Type": "String", "Value": app.merchant } }));
        assert_eq!((message.header("x-amz-sns-message-type"), message.header("x-amz-sns-topic-arn")), ("Notification", TOPIC));
        assert_eq!((message.header("x-amz-sns-message-id"), message.header("webhook-id")), (text(&envelope["MessageId"]), text(&envelope["MessageId"])));
        let inside = inside(message);
        assert_eq!((&inside["clientId"], &inside["customAttributes"], &inside["version"]), (&json!(app.merchant), &json!({ "clientId": app.merchant }), &json!(1)));
        assert_eq!(inside["notificationType"], "paymentIntents");
        let secret = SigningSecret::parse(&secret).unwrap();
        let [_, _, (_, signature)] = requite::domain::webhooks::signature::headers(text(&envelope["MessageId"]), app.requite.context().now, &message.body, &[&secret]);
        assert_eq!(message.header("webhook-signature"), signature);
    }

    async fn a_failed_message_is_sent_again_unchanged_and_in_order(app: &TestApp) {
        let receiver = Receiver::start().await;
        subscribed(app, &receiver).await;
        receiver.next([Reply::status(500)]);
        let intent = app.intent("5", Currency::Usd, Network::Base).await;
        app.deliver().await;
        // Later notifications wait for it.
        assert_eq!(changes(&receiver), ["intent created"]);
        app.advance(Duration::seconds(7));
        app.deliver().await;
        assert_eq!(changes(&receiver), ["intent created", "intent created", "intent pending"]);
        let received = receiver.received();
        let of_intents = received.iter().filter(|message| message.body.contains("paymentIntents"));
        let bodies: Vec<&str> = of_intents.map(|message| message.body.as_str()).collect();
        assert_eq!(bodies[0], bodies[1], "the same text, its time and id too");

        // The delivery log shows it like any other, and can send it again.
        let log = data(app, "/v1/webhookDeliveries?eventType=payment_intent.created").await;
        let path = format!("/v1/webhookDeliveries/{}", text(&log[0]["id"]));
        let detail = data(app, &path).await;
        assert_eq!((detail["attemptLog"].as_array().unwrap().len(), &detail["subjectId"]), (2, &json!(intent.id)));
        assert_eq!(post(app, &format!("{path}/redeliver"), json!({})).await.status, StatusCode::OK);
        app.deliver().await;
        assert_eq!(receiver.received().pop().unwrap().body, bodies[0]);
        let page = app.sign_in("owner@example.com").await.get(&path.replace("/v1/webhookDeliveries", "/developers/webhooks/deliveries")).await;
        assert!(page.text().contains("(Circle&#x27;s notifications)") || page.text().contains("(Circle's notifications)"), "{}", page.text());
    }

    async fn a_late_deposit_is_a_payment_and_changes_no_intent(app: &TestApp) {
        let receiver = Receiver::start().await;
        let intent = app.intent("5", Currency::Usd, Network::Base).await;
        post(app, &format!("/v1/paymentIntents/{}/expire", intent.id), json!({})).await;
        subscribed(app, &receiver).await;
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        app.deliver().await;
        assert_eq!(changes(&receiver), ["payment paid"]);
        let payment = inside(receiver.received().last().unwrap())["payment"].clone();
        assert_eq!((payment.get("paymentIntentId"), &payment["requite"]["unsupported"]), (None, &json!("intent_expired")));
    }

    async fn address_book_changes_are_notified(app: &TestApp) {
        let receiver = Receiver::start().await;
        subscribed(app, &receiver).await;
        app.decide(|policy| policy.cool_down = "1h".to_owned()).await;
        let id = super::address_book::recipient(app, super::address_book::recipient_body()).await;
        app.advance(Duration::hours(1));
        app.work().await;
        let path = format!("{}/{id}", super::address_book::BOOK);
        app.call(Method::PATCH, &path, Some(json!({ "metadata": { "nickname": "Bob" } }))).await;
        app.deliver().await;
        is_as_read(app, &receiver, "addressBookRecipient", &path).await;
        app.call(Method::DELETE, &path, None).await;
        app.deliver().await;
        let received = receiver.received();
        let all: Vec<Value> = received.iter().skip(1).map(inside).collect();
        assert!(all.iter().all(|one| one["notificationType"] == "addressBookRecipients"));
        let statuses: Vec<&str> = all.iter().map(|one| text(&one["addressBookRecipient"]["status"])).collect();
        assert_eq!(statuses, ["pending", "inactive", "active", "active"]);
        assert_eq!((&all[2]["addressBookRecipient"]["metadata"]["nickname"], &all[3]["addressBookRecipient"]["metadata"]["nickname"]), (&json!("Ann"), &json!("Bob")));
    }

    async fn no_delivery_is_stored_without_a_subscription(app: &TestApp) {
        let intent = paid(app).await;
        created(app, &refund_path(intent.id), refund_body("1")).await;
        app.settle().await;
        let counts = app.row_counts().await;
        assert_eq!((counts["webhook_endpoints"], counts["webhook_deliveries"]), (0, 0));
        assert_eq!(app.count("select count(*) from outbox_events where number is null").await, 0);
    }
}
