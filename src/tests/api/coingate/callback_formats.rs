//! The encoding of CoinGate's callbacks, which each key can have its own of.

use super::{
    ORDER,
    callbacks::{fields_that_tell, order_that_tells},
    intent_of, post, refund,
};
use crate::support::{Engine, Receiver, TestApp};
use chrono::Duration;
use requite::{
    domain::{
        intents::payment::PaymentStatus,
        money::currency::Currency::Usd,
        people::api_key::{NewApiKey, RotationPeriod},
    },
    service::people::api_key,
};
use serde_json::{Value, json};
use std::{cell::Cell, collections::BTreeSet};

on_both_engines! {
    /// Hyperswitch reads JSON, and WooCommerce forms, at one merchant.
    async fn each_key_has_its_own_format_of_callbacks(app: &TestApp) {
        app.fund("500", Usd).await;
        let (store, mode) = (app.store(), app.requite.settings.mode);
        let new = NewApiKey::parse("hyperswitch", "read payment refund", "", "json").unwrap();
        let (key, _) = api_key::create(store, &app.context(), mode, &app.owner, &new).await.unwrap();
        // Also with the key that replaces it.
        let (_, secret) =
            api_key::replace(store, &app.context(), mode, &app.owner, key.id, RotationPeriod::None).await.unwrap();
        let mut hyperswitch = app.clone();
        hyperswitch.api_key = secret;
        let receiver = Receiver::start().await;
        let seen = Cell::new(0);
        let kinds = async || {
            app.settle().await;
            app.deliver().await;
            let received = receiver.received();
            received[seen.replace(received.len())..].iter().map(|message| message.header("content-type").to_owned()).collect::<BTreeSet<_>>()
        };
        let form = BTreeSet::from(["application/x-www-form-urlencoded".to_owned()]);
        let json = BTreeSet::from(["application/json".to_owned()]);
        for (client, expected) in [(&hyperswitch, &json), (app, &form)] {
            let number = order_that_tells(client, &receiver.url).await;
            assert_eq!(&kinds().await, expected);
            // The callback of a payment, which no key caused.
            app.pay(&intent_of(app, number).await, None, PaymentStatus::Paid).await.unwrap();
            assert_eq!(&kinds().await, expected);
            // A refund has the format of its own key, and its order keeps that of the other.
            refund(client, number, &fields_that_tell(app, "5", &receiver.url)).await;
            assert_eq!(&kinds().await, expected);
            let mut fields = ORDER.to_vec();
            fields.push(("callback_url", receiver.url.as_str()));
            post(client, "/v2/orders", &fields).await;
            app.advance(Duration::hours(2));
            app.work().await;
            assert_eq!(&kinds().await, expected, "of an order without a coin");
        }
    }
}

#[tokio::test]
async fn callbacks_can_be_json() {
    let options = ["--sandbox-delay", "3s", "--webhook-allow-loopback", "--coingate-callbacks", "json"];
    let app = TestApp::with_options(Engine::Sqlite, &options).await;
    let receiver = Receiver::start().await;
    let number = order_that_tells(&app, &receiver.url).await;
    app.pay(&intent_of(&app, number).await, None, PaymentStatus::Paid).await.unwrap();
    app.deliver().await;
    let callbacks: Vec<Value> = receiver.received().iter().map(|message| message.json()).collect();
    assert_eq!(receiver.received()[0].header("content-type"), "application/json");
    assert_eq!(
        (&callbacks[1]["status"], &callbacks[1]["id"], &callbacks[1]["fees"][0]["type"]),
        (&json!("paid"), &json!(number), &json!("processing_fee"))
    );
}
