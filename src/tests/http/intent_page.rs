//! The page of a payment intent: what the API returns, what the shop has said of its order, and how it was paid.

use crate::support::{TestApp, money};
use axum::http::Method;
use requite::{
    domain::{
        address::network::Network,
        intents::{
            order::{NewOrder, OrderText},
            payment_intent::PaymentIntent,
        },
        money::currency::Currency::Usd,
    },
    service::intents::order::{self, CheckoutChoice},
    web::paths,
};
use serde_json::Value as Json;

async fn page(app: &TestApp, email: &str, intent: &PaymentIntent) -> String {
    app.sign_in(email).await.get(&paths::payment_intent(intent.id)).await.text()
}

/// The intent of an order with everything that a shop can say of it.
async fn ordered(app: &TestApp) -> PaymentIntent {
    let text = OrderText {
        title: "Two chairs".to_owned(),
        description: "Oak, <b>without</b> arms".to_owned(),
        reference: "shop-7".to_owned(),
        token: "secret of the shop".to_owned(),
        callback_url: Some("https://shop.example/callback?key=s3cret".to_owned()),
        success_url: Some("https://shop.example/thanks?mail=anna%40shop.example".to_owned()),
        cancel_url: Some("https://shop.example/cart".to_owned()),
        purchaser_email: None,
    };
    let new = NewOrder { price: money("50", Usd), receive: None, text };
    let (rates, chain) = (app.requite.rates.as_ref(), app.requite.chain.as_ref());
    let made = order::create(app.store(), rates, chain, &app.context(), &app.owner, &new).await.unwrap();
    let choice = CheckoutChoice { coin: Usd, network: Some(Network::Base), purchaser_email: None };
    let chosen = order::checkout((&app.requite).into(), &app.context(), &app.owner, made.number, choice).await.unwrap();
    app.wait_for_addresses(chosen.intent.unwrap()).await
}

on_both_engines! {
    async fn the_page_has_the_json_of_the_api(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "10")).await.unwrap();
        let answer = app.call(Method::GET, &format!("/v1/paymentIntents/{}", intent.id), None).await.json();
        assert_eq!(answer["data"]["id"], intent.id.to_string());
        for email in ["owner@example.com", "viewer@example.com"] {
            let page = page(app, email, &intent).await;
            let (_, rest) = page.split_once("id=\"api-body\"").unwrap();
            let (_, rest) = rest.split_once('>').unwrap();
            let (shown, _) = rest.split_once("</pre>").unwrap();
            assert_eq!(serde_json::from_str::<Json>(shown).unwrap(), answer, "{email}");
            // Members are in the order of the API.
            let [id, methods, extras] = ["\"id\"", "\"paymentMethods\"", "\"requite\""].map(|name| shown.find(name).unwrap());
            assert!(id < methods && methods < extras, "{shown}");
            assert!(page.contains("Copy JSON"), "{email}");
        }
    }

    async fn the_page_has_what_the_shop_said_of_its_order(app: &TestApp) {
        let intent = ordered(app).await;
        let owner = page(app, "owner@example.com", &intent).await;
        for text in [
            "Two chairs",
            "Oak, &lt;b&gt;without&lt;/b&gt; arms",
            "shop-7",
            "https://shop.example/callback?key=s3cret",
            "https://shop.example/thanks?mail=anna%40shop.example",
            "https://shop.example/cart",
        ] {
            assert!(owner.contains(text), "{text}: {owner}");
        }
        // An approver sees customers, and not how callbacks are known to be genuine. A viewer sees neither.
        let approver = page(app, "approver@example.com", &intent).await;
        assert!(approver.contains("https://shop.example/callback?…") && approver.contains("mail=anna%40"), "{approver}");
        let viewer = page(app, "viewer@example.com", &intent).await;
        assert!(viewer.contains("https://shop.example/thanks?…") && viewer.contains("https://shop.example/cart"), "{viewer}");
        for page in [&approver, &viewer] {
            assert!(!page.contains("s3cret"), "{page}");
        }
        assert!(!viewer.contains("anna%40"), "{viewer}");
        assert!(!owner.contains("secret of the shop"), "{owner}");
    }

    async fn payments_have_their_network_and_transaction(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let payment = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0);
        let (hash, sender) = (payment.transaction_hash.unwrap(), payment.from_address.unwrap());
        let cut = |text: &str| format!("<code>{}…{}</code>", &text[..8], &text[text.len() - 6..]);
        let owner = page(app, "owner@example.com", &intent).await;
        let (_, table) = owner.split_once("aria-label=\"Payments of this payment intent\"").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        assert!(table.contains(&cut(&hash)) && table.contains(&cut(&sender)), "{table}");
        assert!(table.contains("#network-base") && table.contains("Base"), "{table}");
        assert!(table.contains("Copy transaction") && table.contains("Copy address"), "{table}");
        let viewer = page(app, "viewer@example.com", &intent).await;
        let (_, table) = viewer.split_once("aria-label=\"Payments of this payment intent\"").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        assert!(table.contains(&cut(&hash)) && !table.contains(&cut(&sender)) && !table.contains("Copy address"), "{table}");
    }
}
