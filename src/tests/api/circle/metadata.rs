//! What a shop keeps with a payment intent.

use super::*;
use crate::support::Receiver;
use requite::domain::{intents::metadata::Metadata, webhooks::payload::BODY_MAX_BYTES};

const INTENTS: &str = "/v1/paymentIntents";

fn many(number: usize, text: &str) -> Value {
    (0..number).map(|index| (format!("name{index}"), Value::from(text))).collect()
}

on_both_engines! {
    async fn it_is_given_back_wherever_the_intent_is(app: &TestApp) {
        for body in [intent_body(), continuous_body()] {
            let kept = json!({"cart": "7f3a", "line.2_of-3": "two\nlines", "empty": ""});
            let made = created(app, INTENTS, with(body.clone(), "metadata", kept.clone())).await;
            assert_eq!(made["requite"]["metadata"], kept);
            assert!(made.get("metadata").is_none(), "Circle's resource has no such member: {made}");
            let id = made["id"].as_str().unwrap();
            assert_eq!(data(app, &format!("{INTENTS}/{id}")).await["requite"]["metadata"], kept);
            let listed = data(app, INTENTS).await;
            let listed = listed.as_array().unwrap().iter().find(|intent| intent["id"] == made["id"]).unwrap();
            assert_eq!(listed["requite"]["metadata"], kept);
        }
        for none in [Value::Null, json!({})] {
            let made = created(app, INTENTS, with(intent_body(), "metadata", none)).await;
            assert!(made["requite"].get("metadata").is_none(), "{made}");
        }
        assert!(created(app, INTENTS, intent_body()).await["requite"].get("metadata").is_none());
    }

    async fn another_text_is_another_request(app: &TestApp) {
        let body = with(intent_body(), "metadata", json!({"cart": "1", "line": "2"}));
        let first = created(app, INTENTS, body.clone()).await;
        // The order of the members is not part of the request.
        let same = with(body.clone(), "metadata", json!({"line": "2", "cart": "1"}));
        assert_eq!(created(app, INTENTS, same).await["id"], first["id"]);
        for other in [json!({"cart": "1"}), json!({"cart": "2", "line": "1"}), Value::Null] {
            let body = with(body.clone(), "metadata", other);
            refused(app, INTENTS, body.to_string(), (409, 1083, "idempotency_key_reused")).await;
        }
    }

    async fn each_wrong_text_is_named(app: &TestApp) {
        for (metadata, code, places) in [
            (json!("cart"), "request_malformed", vec!["metadata"]),
            (json!(["cart"]), "request_malformed", vec!["metadata"]),
            (json!({"cart": 7}), "request_malformed", vec!["metadata.cart"]),
            (json!({"cart": {"id": "7"}}), "request_malformed", vec!["metadata.cart"]),
            (json!({"a": "x".repeat(501), "b": "\u{202e}", "c": ""}), "text_invalid", vec!["metadata.a", "metadata.b"]),
            (json!({"a b": "x"}), "text_invalid", vec!["metadata"]),
            (json!({"": "x"}), "text_invalid", vec!["metadata"]),
            (json!({("n".repeat(41)): "x"}), "text_invalid", vec!["metadata"]),
        ] {
            let body = with(intent_body(), "metadata", metadata);
            let answer = post(app, INTENTS, body.clone()).await.json();
            assert_eq!((answer["requiteCode"].as_str(), locations(&answer)), (Some(code), places), "{body}");
        }
        let answer = post(app, INTENTS, with(intent_body(), "metadata", many(21, "x"))).await.json();
        assert_eq!(answer["requiteCode"], "text_invalid", "{answer}");
        created(app, INTENTS, with(intent_body(), "metadata", many(20, &"x".repeat(500)))).await;
    }

    async fn webhooks_about_the_intent_have_it(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "payment_intent.created payment.paid").await;
        let kept = json!({"cart": "7f3a"});
        let made = created(app, INTENTS, with(intent_body(), "metadata", kept.clone())).await;
        created(app, INTENTS, intent_body()).await;
        let long = with(intent_body(), "metadata", many(20, &"€".repeat(500)));
        let long = created(app, INTENTS, long).await;
        app.deliver().await;
        let messages: Vec<Value> = receiver.received().iter().map(|message| message.json()["data"].clone()).collect();
        assert_eq!(messages.len(), 3, "{messages:#?}");
        let of = |intent: &Value| messages.iter().find(|message| message["id"] == intent["id"]).unwrap();
        assert_eq!(of(&made)["metadata"], kept);
        assert_eq!(messages.iter().filter(|message| message.get("metadata").is_some()).count(), 1);
        // What is longer than a message is left out, and the rest is sent.
        assert!(of(&long)["amount"].is_string(), "{messages:#?}");
        assert!(receiver.received().iter().all(|message| message.body.len() < BODY_MAX_BYTES));
        // The audit log, which nobody can shorten, has none of it.
        assert!(!app.exists("select 1 from audit_entries where cast(detail as text) like '%7f3a%'").await);
    }

    async fn the_page_shows_it_masked_to_who_may_not_see_customers(app: &TestApp) {
        let kept = json!({"buyer": "anna@shop.example", "markup": "<b>bold</b>"});
        let made = created(app, INTENTS, with(intent_body(), "metadata", kept)).await;
        let path = format!("/payment-intents/{}", made["id"].as_str().unwrap());
        let owner = app.sign_in("owner@example.com").await.get(&path).await.text();
        assert!(owner.contains("<dt>buyer</dt>") && owner.contains("anna@shop.example"), "{owner}");
        assert!(owner.contains("&lt;b&gt;bold") && !owner.contains("<b>bold"), "{owner}");
        let viewer = app.sign_in("viewer@example.com").await.get(&path).await.text();
        assert!(viewer.contains("a…@shop.example") && !viewer.contains("anna@shop.example"), "{viewer}");
        let without = created(app, INTENTS, intent_body()).await;
        let path = format!("/payment-intents/{}", without["id"].as_str().unwrap());
        assert!(!app.sign_in("owner@example.com").await.get(&path).await.text().contains("metadata-title"));
    }

    async fn what_the_database_has_instead_is_an_error(app: &TestApp) {
        let made = created(app, INTENTS, with(intent_body(), "metadata", json!({"cart": "7f3a"}))).await;
        app.tamper("update payment_intents set metadata = '{\"cart\": 7}'").await.unwrap();
        let answer = get(app, &format!("{INTENTS}/{}", made["id"].as_str().unwrap())).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.text());
        app.tamper("update payment_intents set metadata = '{}'").await.unwrap();
        let id = PaymentIntentId(made["id"].as_str().unwrap().parse().unwrap());
        assert_eq!(app.store().intent(app.merchant, id).await.unwrap().metadata, Metadata::default());
    }
}
