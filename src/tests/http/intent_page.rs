//! The page of a payment intent: what the API returns, what the shop has said of its order, how it was paid, and its timeline.

use crate::support::{Receiver, TestApp, money};
use axum::http::Method;
use requite::{
    domain::{
        address::network::Network,
        intents::{
            order::{NewOrder, OrderText},
            payment::PaymentStatus,
            payment_intent::PaymentIntent,
        },
        money::currency::Currency::Usd,
    },
    service::{
        intents::order::{self, CheckoutChoice},
        refunds::approval,
    },
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

    async fn the_timeline_says_why_and_what_was_sent(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.*").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut wanted = app.order(&intent, "25");
        wanted.customer_email = Some("anna@shop.example".to_owned());
        wanted.note = Some("She sent it back.".to_owned());
        let sent = app.refund(&wanted).await.unwrap();
        app.settle().await;
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let declined = app.refund(&app.order(&intent, "10")).await.unwrap();
        approval::decline(app.store(), &app.context(), &app.approver, declined.id, "no receipt").await.unwrap();
        app.deliver().await;
        let mail = app.texts("select cast(id as text) from mail_outbox").await.remove(0);
        let link = format!("href=\"/developers/mail/{mail}\"");
        let why = |page: &str| page.contains("timeline-note\"><bdi>Declined by ") && page.contains(": no receipt</bdi></p>");
        let of_intent = paths::payment_intent(intent.id);
        for (email, manages) in [("owner@example.com", true), ("viewer@example.com", false)] {
            let console = app.sign_in(email).await;
            for address in [&of_intent, &paths::refund(sent.id)] {
                let page = console.get(address).await.text();
                assert!(page.contains("Note: She sent it back."), "{email} {address}: {page}");
                assert!(page.contains("Your refund from ") && page.contains(" was sent</bdi>"), "{email} {address}: {page}");
                assert_eq!(page.contains(&link), manages, "{email} {address}");
                assert_eq!(page.contains("Payload"), manages, "{email} {address}");
                assert_eq!(page.contains("\"type\": \"refund.completed\""), manages, "{email} {address}");
            }
            for address in [&of_intent, &paths::refund(declined.id)] {
                let page = console.get(address).await.text();
                assert!(why(&page), "{email} {address}: {page}");
            }
        }
    }

    /// A notification of a payment intent names each of its payments.
    async fn of_long_messages_the_timeline_has_the_beginning(app: &TestApp) {
        let receivers = [Receiver::start().await, Receiver::start().await];
        for receiver in &receivers {
            app.endpoint(&receiver.url, "payment.paid").await;
        }
        let intent = app.continuous_intent(Usd, Network::Base).await;
        for _ in 0..13 {
            app.pay(&intent, Some(money("1", Usd)), PaymentStatus::Paid).await.unwrap();
        }
        app.deliver().await;
        assert_eq!(app.count("select count(*) from webhook_attempts").await, 26);
        app.unprotect("webhook_attempts").await;
        let payments = vec![format!("\"{}\"", intent.id); 1_000].join(",");
        let long = format!("{{\"many\":[{payments}],\"whole\":true}}");
        app.tamper(&format!("update webhook_attempts set request_body = '{long}'")).await.unwrap();
        let page = page(app, "owner@example.com", &intent).await;
        // Of the newest 25, as far as it is shown how they begin.
        assert_eq!((page.matches("Open the whole payload").count(), page.matches("\"many\": [").count()), (25, 25));
        assert!(page.len() < 400_000 && !page.contains("\"whole\": true"), "{} bytes", page.len());
        let delivery = app.deliveries().await.remove(0).id;
        assert!(page.contains(&format!("href=\"{}\"", paths::webhook_delivery(delivery))), "{delivery}");
        let whole = app.sign_in("owner@example.com").await.get(&paths::webhook_delivery(delivery)).await.text();
        assert!(whole.contains("\"whole\": true"), "{whole}");
    }
}
