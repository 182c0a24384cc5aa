//! Real responses of every surface match the document, errors included. Fuzzing (scripts/fuzz.sh) checks many more.

use super::{document, resolved};
use crate::{
    api::circle::{continuous_body, intent_body, refund_body},
    support::{Answer, CUSTOMER, Engine, TestApp},
};
use axum::http::Method;
use requite::{
    api::envelope::REPLAYED,
    domain::{address::network::Network, money::currency::Currency::Usd},
    wire::coingate::account_id,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The document's schemas that responses are validated against; it records which operations were checked.
struct Checker {
    document: Value,
    seen: BTreeSet<String>,
}

impl Checker {
    /// Validates a response against the schema of this operation and status.
    fn check(&mut self, method: &str, path: &str, answer: &Answer) {
        let operation = &self.document["paths"][path][method];
        assert!(operation.is_object(), "{method} {path} is not documented");
        let status = answer.status.as_u16().to_string();
        let documented = resolved(&self.document, &operation["responses"][&status]);
        assert!(documented.is_object(), "{method} {path} does not document {status}: {}", answer.text());
        let content_type = answer.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        let schema = &documented["content"][content_type]["schema"];
        assert!(schema.is_object(), "{method} {path} {status} is not documented as {content_type}");
        // References start at the root, so the schema includes the components; unknown keywords are an error.
        let mut whole = json!({ "components": self.document["components"] });
        whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        whole["allOf"] = json!([schema]);
        let validator = jsonschema::options().should_validate_formats(true).build(&whole).unwrap();
        let body = answer.json();
        let wrong: Vec<_> =
            validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{method} {path} {status}: {wrong:#?}\n{body:#}");
        self.require_known(schema, &body, &format!("{method} {path} {status}"));
        let always = |name: &&String| *name != REPLAYED;
        for name in documented["headers"].as_object().into_iter().flatten().map(|(name, _)| name).filter(always) {
            assert!(answer.header(name).is_some(), "{method} {path} {status} has no {name}");
        }
        self.seen.insert(format!("{method} {path} {status}"));
    }

    /// The response has no member that the schema lacks.
    fn require_known(&self, schema: &Value, value: &Value, place: &str) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let Some(known) = self.member(schema, name) else {
                        assert!(self.is_open(schema), "{place} has {name}, which is not documented");
                        continue;
                    };
                    self.require_known(known, member, &format!("{place}/{name}"));
                }
            }
            Value::Array(items) => {
                let of_items = &resolved(&self.document, schema)["items"];
                for (index, item) in items.iter().enumerate() {
                    self.require_known(of_items, item, &format!("{place}/{index}"));
                }
            }
            _ => {}
        }
    }

    fn member<'d>(&'d self, schema: &'d Value, name: &str) -> Option<&'d Value> {
        let schema = resolved(&self.document, schema);
        let of_parts = || {
            let parts = ["allOf", "oneOf"].into_iter().filter_map(|kind| schema[kind].as_array()).flatten();
            parts.into_iter().find_map(|part| self.member(part, name))
        };
        schema["properties"].get(name).or_else(of_parts).or_else(|| schema.get("additionalProperties"))
    }

    /// Whether the schema allows any member, as that of the headers of a callback does.
    fn is_open(&self, schema: &Value) -> bool {
        let schema = resolved(&self.document, schema);
        schema.get("type").is_none() && schema.get("allOf").is_none() && schema.get("oneOf").is_none()
    }
}

fn checker() -> Checker {
    Checker { document: document(), seen: BTreeSet::new() }
}

fn new_refund(intent: requite::domain::ids::PaymentIntentId) -> Value {
    json!({
        "idempotencyKey": uuid::Uuid::new_v4(),
        "paymentIntentId": intent,
        "amount": { "amount": "10", "currency": "USD" },
        "destination": { "network": "BASE", "address": CUSTOMER },
        "customerEmail": "ann@example.com",
        "note": "second parcel",
    })
}

#[tokio::test]
async fn circle_answers_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut checker = checker();
    let post = async |path: &str, body: Value| app.call(Method::POST, path, Some(body)).await;
    let get = async |path: &str| app.call(Method::GET, path, None).await;
    checker.check("post", "/v1/paymentIntents", &post("/v1/paymentIntents", intent_body()).await);
    checker.check("post", "/v1/paymentIntents", &post("/v1/paymentIntents", continuous_body()).await);
    let continuous = app.continuous_intent(Usd, Network::Base).await;
    let refused = format!("/v1/paymentIntents/{}/expire", continuous.id);
    checker.check("post", "/v1/paymentIntents/{id}/expire", &post(&refused, json!({})).await);
    checker.check("get", "/v1/paymentIntents/{id}", &get(&format!("/v1/paymentIntents/{}", continuous.id)).await);
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let path = format!("/v1/paymentIntents/{}", intent.id);
    checker.check("get", "/v1/paymentIntents/{id}", &get(&path).await);
    let quote = json!({ "paymentIntentId": intent.id, "destination": { "network": "BASE" }, "fundingCurrency": "USD" });
    checker.check("post", "/v1/quotes", &post("/v1/quotes", quote).await);
    let refund = format!("{path}/refund");
    checker.check(
        "post",
        "/v1/paymentIntents/{id}/refund",
        &post(&format!("{refund}?preview=true"), refund_body("1")).await,
    );
    checker.check("post", "/v1/paymentIntents/{id}/refund", &post(&refund, refund_body("1")).await);
    // One is refused by the parser, the other by a rule.
    checker.check("post", "/v1/paymentIntents/{id}/refund", &post(&refund, json!({ "amount": 1 })).await);
    checker.check("post", "/v1/paymentIntents/{id}/refund", &post(&refund, refund_body("1000")).await);
    checker.check("get", "/v1/payments/{id}", &get("/v1/payments/nothing").await);
    checker.check("get", "/v1/payments", &app.call_raw(Method::GET, "/v1/payments", None, "").await);
    for list in ["/v1/paymentIntents", "/v1/payments", "/v1/businessAccount/balances", "/v1/configuration", "/ping"] {
        checker.check("get", list, &get(list).await);
    }
    let endpoint = post("/v1/webhookEndpoints", json!({ "url": "https://shop.example/hooks" })).await;
    checker.check("post", "/v1/webhookEndpoints", &endpoint);
    checker.check("get", "/v1/webhookEndpoints", &get("/v1/webhookEndpoints").await);
    let test = format!("/v1/webhookEndpoints/{}/test", endpoint.json()["data"]["id"].as_str().unwrap());
    checker.check("post", "/v1/webhookEndpoints/{id}/test", &post(&test, json!({})).await);
    checker.check("get", "/v1/webhookDeliveries", &get("/v1/webhookDeliveries").await);
    let recipients = "/v1/addressBook/recipients";
    let recipient = json!({ "idempotencyKey": uuid::Uuid::new_v4(), "chain": "BASE", "address": CUSTOMER, "metadata": { "nickname": "Ann", "bns": "ann.eth" } });
    let recipient = post(recipients, recipient).await;
    checker.check("post", recipients, &recipient);
    checker.check("get", recipients, &get(recipients).await);
    let recipient = format!("{recipients}/{}", recipient.json()["data"]["id"].as_str().unwrap());
    let one = "/v1/addressBook/recipients/{id}";
    checker.check("get", one, &get(&recipient).await);
    let change = json!({ "metadata": { "email": "ann@example.com" } });
    checker.check("patch", one, &app.call(Method::PATCH, &recipient, Some(change)).await);
    checker.check("delete", one, &app.call(Method::DELETE, &recipient, None).await);
    checker.check("delete", one, &app.call(Method::DELETE, &recipient, None).await);
    let subscriptions = "/v1/notifications/subscriptions";
    let subscription = post(subscriptions, json!({ "endpoint": "https://shop.example/circle" })).await;
    checker.check("post", subscriptions, &subscription);
    checker.check("get", subscriptions, &get(subscriptions).await);
    let subscription = format!("{subscriptions}/{}", subscription.json()["data"]["id"].as_str().unwrap());
    let deleted = app.call(Method::DELETE, &subscription, None).await;
    checker.check("delete", "/v1/notifications/subscriptions/{id}", &deleted);
    assert!(checker.seen.len() > 15, "{:?}", checker.seen);
}

#[tokio::test]
async fn requite_answers_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.decide(|policy| policy.approval_from = "1".to_owned()).await;
    let mut checker = checker();
    let post = async |path: &str, body: Value| app.call(Method::POST, path, Some(body)).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    checker.check("post", "/v1/refunds", &post("/v1/refunds?preview=true", new_refund(intent.id)).await);
    let made = post("/v1/refunds", new_refund(intent.id)).await;
    checker.check("post", "/v1/refunds", &made);
    checker.check("post", "/v1/refunds", &post("/v1/refunds", json!({ "amount": { "amount": "-1" } })).await);
    let path = format!("/v1/refunds/{}", made.json()["data"]["id"].as_str().unwrap());
    let approver = app.key_with("approve").await;
    let seen = app.call_raw(Method::GET, &path, Some(&approver), "").await;
    checker.check("get", "/v1/refunds/{id}", &seen);
    let seal = json!({ "seal": seen.json()["data"]["approval"]["seal"] });
    checker.check("post", "/v1/refunds/{id}/approve", &post(&format!("{path}/approve"), seal.clone()).await);
    let approved = app.call_raw(Method::POST, &format!("{path}/approve"), Some(&approver), seal.to_string()).await;
    checker.check("post", "/v1/refunds/{id}/approve", &approved);
    checker.check("get", "/v1/refunds", &app.call(Method::GET, "/v1/refunds?status=pending", None).await);
    checker.check("get", "/v1/refunds", &app.call(Method::GET, "/v1/refunds?status=lost", None).await);
    let get = async |path: &str| app.call(Method::GET, path, None).await;
    checker.check("get", "/v1/statements", &get("/v1/statements").await);
    checker.check("get", "/v1/statements", &get("/v1/statements?pageAfter=x").await);
    for month in ["2026-11", "2026-10"] {
        checker.check("get", "/v1/statements/{month}", &get(&format!("/v1/statements/{month}")).await);
    }
    assert_eq!(checker.seen.len(), 12, "{:?}", checker.seen);
}

#[tokio::test]
async fn coingate_answers_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut checker = checker();
    let order = [("price_amount", "100"), ("price_currency", "USD"), ("receive_currency", "USD")];
    let order = app.call_coingate(Method::POST, "/v2/orders", &order).await;
    checker.check("post", "/v2/orders", &order);
    let open = format!("/v2/orders/{}", order.json()["id"]);
    let paid = app.paid_order("100", Usd, Usd, Network::Base).await.order_number;
    let (path, account) = (format!("/v2/orders/{paid}"), account_id(app.merchant, Usd));
    let get = async |path: &str| app.call_coingate(Method::GET, path, &[]).await;
    let checkout = [("pay_currency", "USDC"), ("platform_id", "4")];
    checker.check(
        "post",
        "/v2/orders/{id}/checkout",
        &app.call_coingate(Method::POST, &format!("{open}/checkout"), &checkout).await,
    );
    let refund = [
        ("amount", "10"),
        ("currency_id", "11"),
        ("platform_id", "4"),
        ("address", CUSTOMER),
        ("ledger_account_id", account.as_str()),
        ("email", "ann@example.com"),
        ("reason", "The chairs broke"),
        ("skip_user_address_confirmation", "true"),
    ];
    let made = app.call_coingate(Method::POST, &format!("{path}/refunds"), &refund).await;
    checker.check("post", "/v2/orders/{id}/refunds", &made);
    checker.check(
        "post",
        "/v2/orders/{id}/refunds",
        &app.call_coingate(Method::POST, &format!("{path}/refunds"), &refund[1..]).await,
    );
    checker.check(
        "get",
        "/v2/orders/{id}/refunds/{refund_id}",
        &get(&format!("{path}/refunds/{}", made.json()["id"])).await,
    );
    checker.check("get", "/v2/orders/{id}/refunds", &get(&format!("{path}/refunds")).await);
    checker.check("get", "/v2/orders/{id}", &get(&path).await);
    checker.check("get", "/v2/orders/{id}", &get("/v2/orders/0").await);
    checker.check("get", "/v2/ledger/accounts/{id}", &get(&format!("/v2/ledger/accounts/{account}")).await);
    let number = &made.json()["id"];
    for (word, status) in [("completed", 200), ("rejected", 422)] {
        let marked = app.call_coingate(Method::PATCH, &format!("{path}/refunds/{number}/mark-as-{word}"), &[]).await;
        assert_eq!(marked.status.as_u16(), status, "{word}: {}", marked.text());
        checker.check("patch", &format!("/v2/orders/{{id}}/refunds/{{refund_id}}/mark-as-{word}"), &marked);
    }
    checker.check("get", "/v2/api_callbacks/{id}/retries", &get("/v2/api_callbacks/0/retries").await);
    let lists =
        ["/v2/orders", "/v2/refunds", "/v2/refunds/supported-currencies", "/v2/ledger/accounts", "/v2/api_callbacks"];
    for list in lists.into_iter().chain(["/v2/ledger/transactions"]) {
        checker.check("get", list, &get(list).await);
    }
    let entry = get("/v2/ledger/transactions").await.json()["entries"][0]["id"].as_str().unwrap().to_owned();
    checker.check("get", "/v2/ledger/transactions/{id}", &get(&format!("/v2/ledger/transactions/{entry}")).await);
    checker.check("get", "/v2/orders", &app.call_raw(Method::GET, "/v2/orders", None, "").await);
    assert_eq!(checker.seen.len(), 20, "{:?}", checker.seen);
}

#[tokio::test]
async fn coingates_public_answers_are_as_documented() {
    let app = TestApp::new(Engine::Sqlite).await;
    let mut checker = checker();
    let get = async |path: &str| app.call_raw(Method::GET, path, None, "").await;
    for path in ["/v2/rates", "/v2/rates/merchant", "/v2/rates/trader", "/v2/currencies", "/v2/platforms", "/v2/ping"] {
        checker.check("get", path, &get(path).await);
    }
    for (path, query) in [("/v2/currencies", "?kind=fiat"), ("/v2/platforms", "?enabled=true")] {
        checker.check("get", path, &get(&format!("{path}{query}")).await);
    }
    checker.check("get", "/v2/rates/trader/{side}", &get("/v2/rates/trader/buy").await);
    checker.check("get", "/v2/rates/trader/{side}", &get("/v2/rates/trader/hold").await);
    assert_eq!(checker.seen.len(), 8, "{:?}", checker.seen);
}
