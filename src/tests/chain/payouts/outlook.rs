//! Why a refund will wait is told before its transfer is planned: by the preview, and by the answers to the requests.

use super::*;
use axum::http::Method;
use requite::wire::coingate::{account_id, currency_id, platform_id};
use serde_json::{Value, json};

on_each_engine! {
    async fn the_answers_say_what_the_preview_says(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        rig.anvil.set_balance(rig.sender.address, U256::ZERO).await;
        rig.round().await.unwrap();
        let intent = rig.app.paid_intent("20", Usd, Network::Eth).await;
        let customer = notation(Address::repeat_byte(8));
        let body = |intent: &PaymentIntent, amount: &str| {
            json!({
                "paymentIntentId": intent.id, "amount": { "amount": amount, "currency": "USD" },
                "destination": { "network": "ETH", "address": customer },
            })
        };
        let post = async |path: &str, body: Value| {
            rig.app.call(Method::POST, path, Some(body)).await.json()["data"].clone()
        };
        let said = |answer: &Value| (answer["heldReason"].clone(), answer["nextStep"].clone());
        let preview = said(&post("/v1/refunds?preview=true", body(&intent, "3")).await);
        assert_eq!(preview.0, json!("awaiting_gas"));
        let made = post("/v1/refunds", body(&intent, "3")).await;
        assert_eq!((said(&made), &made["status"]), (preview.clone(), &json!("pending")), "{made}");
        let circle = json!({
            "idempotencyKey": rig.app.context().id(), "destination": { "chain": "ETH", "address": customer },
            "amount": { "currency": "USD" }, "toAmount": { "amount": "2", "currency": "USD" },
        });
        let circle = post(&format!("/v1/paymentIntents/{}/refund", intent.id), circle).await;
        assert_eq!(said(&circle["requite"]), preview, "{circle}");
        let path = format!("/v1/payments/{}", circle["id"].as_str().unwrap());
        assert_eq!(rig.app.call(Method::GET, &path, None).await.json()["data"]["requite"], circle["requite"]);
        let order = rig.app.paid_order("5", Usd, Usd, Network::Eth).await;
        let (coin, platform) = (currency_id(Usd).to_string(), platform_id(Network::Eth).to_string());
        let (account, address) = (account_id(rig.app.merchant, Usd), notation(Address::repeat_byte(9)));
        let fields = [
            ("amount", "2"), ("currency_id", &*coin), ("platform_id", &platform), ("ledger_account_id", &account),
            ("address", &address), ("email", "customer@example.com"), ("reason", "The chairs broke"),
            ("skip_user_address_confirmation", "true"),
        ];
        let path = format!("/v2/orders/{}/refunds", order.order_number);
        let made = rig.app.call_coingate(Method::POST, &path, &fields).await.json();
        let in_words = (made["requite"]["held_reason"].clone(), made["requite"]["next_step"].clone());
        assert_eq!(in_words, preview, "{made}");
        let read = rig.app.call_coingate(Method::GET, &format!("{path}/{}", made["id"]), &[]).await.json();
        assert_eq!(read["requite"], made["requite"]);
        // One that waits for an approval waits for its network only after it.
        rig.app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let waits = post("/v1/refunds", body(&intent, "5")).await;
        assert_eq!((&waits["status"], waits.get("heldReason")), (&json!("awaiting_approval"), None), "{waits}");
        let approver = rig.app.key_with("approve").await;
        let path = format!("/v1/refunds/{}", waits["id"].as_str().unwrap());
        let seen = rig.app.call_raw(Method::GET, &path, Some(&approver), "").await.json();
        let seal = json!({ "seal": seen["data"]["approval"]["seal"] }).to_string();
        let approved = rig.app.call_raw(Method::POST, &format!("{path}/approve"), Some(&approver), seal).await;
        assert_eq!(said(&approved.json()["data"]), preview, "{}", approved.text());
        assert_eq!(said(&rig.app.call(Method::GET, &path, None).await.json()["data"]), preview);
    }

    async fn what_a_refund_itself_needs_is_not_counted_twice(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (first, second) = (rig.app.paid_intent("9000", Usd, Network::Eth).await, rig.app.paid_intent("9000", Usd, Network::Eth).await);
        let ask = async |intent: &PaymentIntent, amount: &str, query: &str| {
            let body = json!({
                "paymentIntentId": intent.id, "amount": { "amount": amount, "currency": "USD" },
                "destination": { "network": "ETH", "address": notation(Address::repeat_byte(8)) },
            });
            let answer = rig.app.call(Method::POST, &format!("/v1/refunds{query}"), Some(body)).await;
            assert!(answer.status.is_success(), "{}", answer.text());
            answer.json()["data"]["heldReason"].clone()
        };
        // The account has 10 000.
        for query in ["?preview=true", ""] {
            assert_eq!(ask(&first, "8000", query).await, json!(null), "{query}");
        }
        for query in ["?preview=true", ""] {
            assert_eq!(ask(&second, "2001", query).await, json!("awaiting_funds"), "{query}");
        }
    }
}
