//! Continuous payment intents as Circle's clients create, read and refund them.

use super::*;
use requite::domain::intents::payment::PaymentStatus;

const INTENTS: &str = "/v1/paymentIntents";

fn without(mut body: Value, member: &str) -> Value {
    body.as_object_mut().unwrap().remove(member);
    body
}

async fn arrive(app: &TestApp, id: &Value, body: Value) -> Value {
    created(app, &format!("/v1/mocks/paymentIntents/{}/payments", id.as_str().unwrap()), body).await
}

fn dollars(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

on_both_engines! {
    async fn every_accepted_body_creates_one_without_an_amount(app: &TestApp) {
        let wallet = data(app, "/v1/configuration").await["payments"]["masterWalletId"].clone();
        for body in [
            continuous_body(),
            without(continuous_body(), "type"),
            with(continuous_body(), "type", Value::Null),
            with(continuous_body(), "merchantWalletId", wallet),
            with(continuous_body(), "amount", Value::Null),
            with(continuous_body(), "paymentMethods", json!([{"type": "blockchain", "chain": "BASE"}, {"type": "blockchain", "chain": "SOL"}])),
        ] {
            let intent = created(app, INTENTS, body).await;
            assert_eq!((&intent["type"], &intent["currency"]), (&json!("continuous"), &json!("USD")), "{intent}");
            assert!(intent.get("amount").is_none() && intent.get("expiresOn").is_none(), "{intent}");
            assert_eq!((&intent["amountPaid"], &intent["amountRefunded"]), (&dollars("0.00"), &dollars("0.00")));
            assert_eq!((&intent["paymentIds"], &intent["refundIds"]), (&json!([]), &json!([])));
            assert_eq!(intent["timeline"].as_array().unwrap().len(), 1);
            assert!(intent["paymentMethods"][0].get("address").is_none(), "it comes later");
        }
        // A body with an amount and no type is transient, whatever other members it has, and its response is unchanged.
        let transient = created(app, INTENTS, with(intent_body(), "currency", json!("EUR"))).await;
        assert_eq!(transient["amount"], dollars("100.00"));
        assert!(transient.get("type").is_none() && transient.get("currency").is_none() && transient["expiresOn"].is_string());
    }

    async fn missing_and_unexpected_members_are_named(app: &TestApp) {
        let all = ["idempotencyKey", "currency", "settlementCurrency", "paymentMethods"];
        let body = refused(app, INTENTS, json!({"type": "continuous"}).to_string(), (400, 2, "required")).await;
        assert_eq!(locations(&body), all);
        let body = refused(app, INTENTS, json!({"currency": "USD"}).to_string(), (400, 2, "required")).await;
        assert_eq!(locations(&body), ["idempotencyKey", "settlementCurrency", "paymentMethods"]);
        let body = refused(app, INTENTS, json!({"type": "transient", "currency": "USD"}).to_string(), (400, 2, "required")).await;
        assert_eq!(locations(&body)[..3], ["idempotencyKey", "amount.currency", "amount.amount"]);
        let solana_ether = with(with(continuous_body(), "currency", json!("ETH")), "paymentMethods", json!([{"type": "blockchain", "chain": "SOL"}]));
        for (body, expected, location) in [
            (with(continuous_body(), "amount", dollars("5")), (400, 2, "request_malformed"), "amount"),
            (with(continuous_body(), "type", json!("forever")), (400, 2, "request_malformed"), "type"),
            (with(continuous_body(), "type", json!(5)), (400, 2, "request_malformed"), "type"),
            (with(continuous_body(), "currency", json!("XXX")), (400, 1078, "currency_unknown"), "currency"),
            (with(continuous_body(), "currency", json!(5)), (400, 2, "request_malformed"), "currency"),
            (with(continuous_body(), "paymentMethods", json!([])), (400, 2, "required"), "paymentMethods"),
            (with(continuous_body(), "merchantWalletId", json!("1")), (400, 2, "request_malformed"), "merchantWalletId"),
            (solana_ether, (400, 5015, "pair_unsupported"), "paymentMethods.0.chain"),
        ] {
            let error = refused(app, INTENTS, body.to_string(), expected).await;
            assert_eq!(locations(&error), [location], "{body}");
        }
    }

    async fn the_same_key_creates_one_intent_and_never_one_of_the_other_type(app: &TestApp) {
        let body = continuous_body();
        let first = created(app, INTENTS, body.clone()).await;
        assert_eq!(created(app, INTENTS, body.clone()).await["id"], first["id"]);
        let key = &body["idempotencyKey"];
        for other in [with(intent_body(), "idempotencyKey", key.clone()), with(body.clone(), "currency", json!("EUR"))] {
            refused(app, INTENTS, other.to_string(), (409, 1083, "idempotency_key_reused")).await;
        }
    }

    async fn it_is_paid_repeatedly_and_refunded_in_between(app: &TestApp) {
        let id = created(app, INTENTS, continuous_body()).await["id"].clone();
        app.give_addresses().await;
        let path = format!("{INTENTS}/{}", id.as_str().unwrap());
        let life = |intent: &Value| {
            let entries = intent["timeline"].as_array().unwrap().iter();
            entries.map(|entry| entry["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let before = data(app, &path).await;
        assert_eq!(life(&before), ["active", "pending", "created"]);
        assert!(before["paymentMethods"][0]["address"].is_string());
        let mocks = format!("/v1/mocks{}/payments", path.trim_start_matches("/v1"));
        let error = refused(app, &mocks, "{}", (400, 2, "required")).await;
        assert_eq!(locations(&error), ["amount.amount"]);

        arrive(app, &id, json!({"amount": dollars("80")})).await;
        arrive(app, &id, json!({"amount": dollars("20"), "outcome": "pending"})).await;
        let refund = created(app, &format!("{path}/refund"), refund_body("30")).await;
        assert_eq!((&refund["type"], &refund["status"]), (&json!("refund"), &json!("pending")));
        refused(app, &format!("{path}/refund"), refund_body("50.01").to_string(), (400, 1087, "amount_exceeds_refundable")).await;
        refused(app, &format!("{path}/expire"), "{}", (400, 1084, "intent_not_expirable")).await;
        app.settle().await;
        let quote = json!({"paymentIntentId": id, "basis": "overpaid", "destination": {"chain": "BASE"}, "fundingCurrency": "USD"});
        let answer = post(app, "/v1/quotes", quote).await;
        assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::BAD_REQUEST, &json!("nothing_overpaid")));

        let after = data(app, &path).await;
        assert_eq!(life(&after), ["active", "pending", "created"]);
        assert_eq!((&after["amountPaid"], &after["amountRefunded"]), (&dollars("80.00"), &dollars("30.00")));
        assert_eq!((after["paymentIds"].as_array().unwrap().len(), &after["refundIds"]), (2, &json!([refund["id"]])));
        assert_eq!((&after["requite"]["refundable"], &after["requite"]["refundExtent"]), (&dollars("50.00"), &json!("partially_refunded")));
        let payments = data(app, &format!("/v1/payments?paymentIntentId={}", id.as_str().unwrap())).await;
        assert_eq!(payments.as_array().unwrap().len(), 3);
    }

    async fn lists_filter_it_by_status(app: &TestApp) {
        let waiting = created(app, INTENTS, continuous_body()).await["id"].clone();
        let listed = async |query: &str| {
            let list = data(app, &format!("{INTENTS}?{query}")).await;
            list.as_array().unwrap().iter().map(|intent| intent["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(listed("status=created").await, std::slice::from_ref(&waiting));
        app.give_addresses().await;
        let transient = app.intent("5", Currency::Usd, Network::Base).await;
        assert_eq!(listed("status=active").await, std::slice::from_ref(&waiting));
        assert_eq!(listed("status=pending").await, [json!(transient.id)]);
        app.fund("10", Currency::Usd).await;
        let intent = app.continuous_intent(Currency::Usd, Network::Base).await;
        app.pay(&intent, Some(crate::support::money("5", Currency::Usd)), PaymentStatus::Paid).await.unwrap();
        app.refund(&app.order(&intent, "5")).await.unwrap();
        app.settle().await;
        assert_eq!(listed("status=active").await.len(), 2);
        assert_eq!(listed("status=active&refundExtent=fully_refunded").await, [json!(intent.id)]);
        assert_eq!(listed("status=refunded").await.len() + listed("context=paid").await.len(), 0);
    }
}
