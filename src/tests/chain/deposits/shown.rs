//! What people see of a deposit on its way.

use super::*;
use crate::support::{Engine, anvil::Replayed};
use axum::http::Method;
use requite::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        error::ErrorCode,
        intents::{
            credit_rule::CreditAfter,
            order::{NewOrder, OrderText},
            payment_progress::{PaymentStage, PaymentsProgress},
        },
    },
    rates::NoRates,
    service::intents::{
        order,
        payment_progress::{self, PaymentView},
    },
    web::paths,
};
use serde_json::{Value, json};

impl Scene {
    /// A server whose file of networks has this one, with an explorer.
    pub async fn served(engine: Engine, settings: &str) -> Self {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let nodes = [anvil.url.clone()];
        Self::served_by(engine, anvil, &nodes, settings).await
    }

    /// The same through these nodes.
    pub async fn served_by(engine: Engine, anvil: Arc<Anvil>, nodes: &[reqwest::Url], settings: &str) -> Self {
        let settings = format!("explorer = \"https://explorer.example\"\n{settings}");
        let folder = tempfile::tempdir().unwrap();
        let networks = folder.path().join("networks.toml");
        std::fs::write(&networks, networks_file(&anvil, nodes, &settings)).unwrap();
        let options = ["--networks", networks.to_str().unwrap(), "--sandbox-rate-drift", "0"];
        let app = TestApp::with_options(engine, &options).await;
        let connection = app.requite.chain.as_ref().unwrap().evm.as_ref().unwrap().connections[0].as_ref().clone();
        Self::of(&app, anvil, connection).await
    }

    async fn view(&self, intent: &PaymentIntent) -> PaymentView {
        let intent = self.app.reload(intent.clone()).await;
        let (services, context) = ((&self.app.requite).into(), self.app.context());
        let views = payment_progress::of_intent(services, &context, &self.app.approver, &intent).await.unwrap();
        views.payments.into_iter().next_back().unwrap()
    }

    async fn page(&self, intent: &PaymentIntent) -> String {
        let console = self.app.sign_in("approver@example.com").await;
        let answer = console.get(&format!("/payment-intents/{}", intent.id)).await;
        assert_eq!(answer.status, 200);
        answer.text()
    }

    /// Position, block, confirmations and whether it is final: of the newest payment in the API, and in its newest event.
    async fn told(&self, intent: &PaymentIntent) -> (Value, Value) {
        let of =
            |from: &Value| ["position", "blockHeight", "confirmations", "final"].map(|member| from[member].clone());
        let path = format!("/v1/payments?paymentIntentId={}", intent.id);
        let listed = self.app.call(Method::GET, &path, None).await.json()["data"][0].clone();
        let path = format!("/v1/payments/{}", listed["id"].as_str().unwrap());
        let one = self.app.call(Method::GET, &path, None).await.json()["data"].clone();
        assert_eq!(one, listed);
        let events =
            "select cast(payload as text) from outbox_events where type like 'payment.%' order by number desc limit 1";
        let event: Value = serde_json::from_str(&self.app.texts(events).await[0]).unwrap();
        assert_eq!(
            json!([event["fromAddress"], event["transactionHash"]]),
            json!([one["fromAddresses"]["addresses"][0], one["transactionHash"]])
        );
        (json!(of(&one["requite"])), json!(of(&event)))
    }

    /// The table of the payments on the page of an intent.
    async fn table(&self, intent: &PaymentIntent) -> String {
        let page = self.page(intent).await;
        let (_, table) = page.split_once("aria-label=\"Payments of this payment intent\"").unwrap();
        table.split_once("</table>").unwrap().0.to_owned()
    }

    /// What the island asks for.
    async fn asked(&self, intent: &PaymentIntent) -> PaymentsProgress {
        let console = self.app.sign_in("approver@example.com").await;
        let answer = console.get(&format!("/do/payment-intents/payments?id={}", intent.id)).await;
        serde_json::from_value(answer.json()).unwrap()
    }
}

on_each_engine! {
    async fn a_deposit_is_followed_from_its_block_to_the_final_one(engine: Engine) {
        let scene = Scene::served(engine, "").await;
        let intent = scene.intent("30", USDC).await;
        assert!(scene.page(&intent).await.contains("No payments have arrived yet."));
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let seen = scene.view(&intent).await;
        let depth = seen.depth.unwrap();
        assert_eq!((seen.stage, depth.confirmations, depth.rule), (PaymentStage::Seen, 1, Some(CreditAfter::Finalized)));
        assert_eq!((depth.missing, seen.position), (Some(FINAL), Some(0)));
        assert_eq!(seen.link, Some(format!("https://explorer.example/tx/{hash}")));
        let shown = scene.page(&intent).await;
        let sender = scene.anvil.contracts.accounts.customer.address.to_checksum(None);
        let block = format!("{} (1 confirmation)", seen.payment.block_height.unwrap());
        let missing = "1 confirmation. It is credited when its block is final: 8 more blocks must become final.";
        for expected in ["Seen", &sender, &block, missing, &format!("href=\"https://explorer.example/tx/{hash}\"")] {
            assert!(shown.to_lowercase().contains(&expected.to_lowercase()), "{expected}: {shown}");
        }
        // It looks as in the sandbox: cut in the middle, with marks, buttons that copy the whole, and links.
        let table = scene.table(&intent).await;
        let cut = |text: &str| format!("<code>{}…{}</code>", &text[..8], &text[text.len() - 6..]);
        let payment = &seen.payment;
        let record = CustomerRecord::new(CustomerField::PaymentSender, payment.id.0);
        let everything = format!("href=\"{}\"", paths::customer(record));
        let (hash, sender) = (payment.transaction_hash.as_deref().unwrap(), payment.from_address.as_deref().unwrap());
        let expected = [cut(hash), cut(sender), everything, "#network-base".to_owned(), "#coin-usd\"".to_owned()];
        for expected in expected.iter().map(String::as_str).chain(["Copy transaction", "Copy address", "Position in the transaction"]) {
            assert!(table.contains(expected), "{expected}: {table}");
        }
        assert!(shown.contains("This list updates automatically."), "nothing follows it: {shown}");
        let height = seen.payment.block_height.unwrap();
        let on_chain = json!([0, height, 1, false]);
        let told = scene.told(&intent).await;
        assert_eq!((told.0, told.1), (on_chain.clone(), on_chain), "the API and the event that it was seen");
        let before = scene.asked(&intent).await;
        scene.anvil.mine(3).await;
        scene.follow().await;
        assert_eq!(scene.told(&intent).await.0, json!([0, height, 4, false]));
        let later = scene.asked(&intent).await;
        let missing = "4 confirmations. It is credited when its block is final: 5 more blocks must become final.";
        assert!(scene.table(&intent).await.contains(missing), "{}", scene.table(&intent).await);
        assert_eq!(later, scene.asked(&intent).await, "the same as long as nothing happens");
        assert!(later.version != before.version && !later.is_over, "{later:?}");
        scene.finish().await;
        let credited = scene.asked(&intent).await;
        let table = scene.table(&intent).await;
        assert!(table.contains("data-status=\"final\"") && table.contains("This is final."), "{table}");
        assert_ne!(credited.version, later.version);
        assert_eq!(scene.view(&intent).await.stage, PaymentStage::Final);
        let (api, event) = scene.told(&intent).await;
        assert_eq!((&api[3], &event[3]), (&json!(true), &json!(true)), "{api} {event}");
    }

    async fn a_number_of_confirmations_is_counted_and_a_removed_block_is_told(engine: Engine) {
        let scene = Scene::served(engine, "credit = 3").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(2).await;
        scene.follow().await;
        assert!(scene.table(&intent).await.contains("2 of 3 confirmations."), "{}", scene.table(&intent).await);
        scene.anvil.mine(1).await;
        scene.follow().await;
        let credited = scene.view(&intent).await;
        assert_eq!((credited.stage, credited.depth.unwrap().confirmations), (PaymentStage::Credited, 3));
        assert!(scene.page(&intent).await.contains("Its block is not final yet, so it may still be taken back."));
        let customer = scene.anvil.contracts.accounts.customer.address;
        let other = Replayed::Sent { from: customer, to: customer, value: U256::ZERO, data: Bytes::new() };
        scene.anvil.reorg_with(3, &[(0, other)]).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let gone = scene.view(&intent).await;
        assert_eq!((gone.stage, gone.depth), (PaymentStage::TakenBack, None));
        let told = scene.told(&intent).await;
        assert_eq!((told.0, told.1), (json!([0, null, null, null]), json!([0, null, null, null])));
        assert!(scene.page(&intent).await.contains("it was taken back from the balance"));
    }

    async fn a_customer_sees_how_far_the_payment_of_an_order_is(engine: Engine) {
        let scene = Scene::served(engine, "").await;
        let app = &scene.app;
        let new = NewOrder { price: money("30", Usd), receive: Some(Usd), text: OrderText::default() };
        let order = order::create(app.store(), app.requite.rates.as_ref(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new).await.unwrap();
        scene.follow().await;
        let (customer, page) = (app.browser(""), order.page.to_string());
        customer.post("/do/pay/choose", &[("page", &page), ("choice", "USD-BASE")]).await;
        let intent = app.store().order_of_page(order.page).await.unwrap().intent.unwrap();
        let shown = async || customer.get(&format!("/pay/{page}")).await.text();
        let asked = async || {
            let answer = customer.get(&format!("/do/pay/payments?page={page}")).await;
            serde_json::from_value::<PaymentsProgress>(answer.json()).unwrap()
        };
        let none = asked().await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let text = shown().await;
        let by_coingate = app.call_coingate(Method::GET, &format!("/v2/orders/{}", order.number), &[]).await.json();
        assert_eq!(by_coingate["blockchain_transactions"][0]["network_confirmations"], 1, "{by_coingate}");
        for expected in ["1 confirmation. It is credited when its block is final", &format!("https://explorer.example/tx/{hash}")] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert_eq!(text.matches(" again</a>").count(), 1, "one link that does what a script does: {text}");
        let (_, table) = text.split_once("aria-label=\"Payments of this order\"").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        assert!(table.contains("Copy transaction") && table.contains("#network-base"), "{table}");
        // What the shop gets is not the customer's concern, nor who has paid that of whoever has the link.
        let sender = scene.anvil.contracts.accounts.customer.address.to_checksum(None);
        assert!(!table.contains("Credited") && !table.to_lowercase().contains(&sender.to_lowercase()), "{table}");
        let seen = asked().await;
        assert_ne!(seen.version, none.version);
        scene.finish().await;
        assert!(shown().await.contains("It has arrived.") && asked().await.version != seen.version);
    }

    async fn a_deposit_that_waits_for_a_rate_says_so(engine: Engine) {
        let mut scene = Scene::served(engine, "credit = 1").await;
        let lifetime = chrono::Duration::hours(1);
        let intent = NewIntent::transient(money("2", ETHER), USDC, vec![Network::Base], lifetime).unwrap();
        let intent = scene.app.open(intent).await;
        scene.follow().await;
        let rates = std::mem::replace(&mut scene.app.requite.rates, Arc::new(NoRates));
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let view = scene.view(&intent).await;
        assert_eq!((view.stage, view.missing_rate), (PaymentStage::Confirmed, Some(ErrorCode::RateUnavailable)));
        assert!(scene.page(&intent).await.contains("There is no exchange rate for it."));
        let extras = async |scene: &Scene| {
            let path = format!("/v1/payments/{}", view.payment.id);
            let one = scene.app.call(Method::GET, &path, None).await.json()["data"]["requite"].clone();
            let path = format!("/v1/payments?paymentIntentId={}", intent.id);
            assert_eq!(scene.app.call(Method::GET, &path, None).await.json()["data"][0]["requite"], one);
            one
        };
        let waits = extras(&scene).await;
        assert_eq!((&waits["status"], &waits["pendingReason"]), (&json!("pending"), &json!("rate_unavailable")));
        assert!(waits["pendingDetail"].as_str().unwrap().contains("the rate source"), "{waits}");
        scene.app.requite.rates = rates;
        assert_eq!(scene.view(&intent).await.missing_rate, None);
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.view(&intent).await.stage, PaymentStage::Credited);
    }

    async fn a_deposit_that_does_not_fit_is_not_called_paid(engine: Engine) {
        let scene = Scene::served(engine, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.view(&intent).await.stage, PaymentStage::NotCredited);
        let shown = scene.page(&intent).await;
        assert!(shown.contains("data-status=\"not_credited\"") && shown.contains("a different coin"), "{shown}");
        let listed = async |query: &str| {
            let path = format!("/v1/payments?paymentIntentId={}{query}", intent.id);
            scene.app.call(Method::GET, &path, None).await.json()["data"].clone()
        };
        assert_eq!((listed("").await, listed("&unsupported=false").await), (json!([]), json!([])));
        let unsupported = listed("&unsupported=true").await;
        let extras = &unsupported[0]["requite"];
        assert_eq!((&extras["unsupported"], &extras["paymentIntentId"]), (&json!("wrong_currency"), &json!(intent.id)));
        assert!(extras["unsupportedDetail"].as_str().unwrap().starts_with("It is a different coin"), "{extras}");
        assert_eq!((unsupported.as_array().unwrap().len(), &extras["confirmations"]), (1, &json!(1)));
    }
}
