//! What the vendor's other clients send, recorded from their own source against a running server, and what they read in
//! the responses. They are no packages of a registry: coingate-php 4.1.0, coingate-node 1.1.2, coingate-ruby 2.0.0, the
//! WooCommerce gateway 2.3.0, and the connector of Hyperswitch (the structs of its source).

use super::{intent_of, refund_fields};
use crate::support::{Answer, Engine, TestApp};
use axum::{
    body::Body,
    http::{Method, Request},
};
use requite::domain::{
    address::network::Network,
    intents::payment::PaymentStatus,
    money::currency::Currency::{Eth, Eur},
};
use serde_json::{Value, json};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const PHP: &str = "CoinGate/v2 (PHP Library v4.1.0, Coingate For Woocommerce v2.3.0)";
const NODE: &str = "Coingate/v2 (Node.js library v 1.1.2, shop v 1)";

struct Client<'a> {
    app: &'a TestApp,
    name: &'static str,
}

impl Client<'_> {
    async fn send(&self, method: Method, path: &str, content_type: &str, body: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header("user-agent", self.name);
        let request = request.header("authorization", format!("Bearer {}", self.app.api_key));
        let request = if content_type.is_empty() { request } else { request.header("content-type", content_type) };
        self.app.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn get(&self, path: &str) -> Value {
        self.expect(Method::GET, path, "", "").await
    }

    async fn expect(&self, method: Method, path: &str, content_type: &str, body: &str) -> Value {
        let answer = self.send(method, path, content_type, body).await;
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text());
        answer.json()
    }

    async fn refused(&self, method: Method, path: &str, content_type: &str, body: &str) -> (u16, String) {
        let answer = self.send(method, path, content_type, body).await;
        (answer.status.as_u16(), answer.json()["reason"].as_str().unwrap().to_owned())
    }
}

/// It sends no title, `Authorization: Token`, and a form.
#[tokio::test]
async fn the_ruby_client_is_understood() {
    let app = TestApp::new(Engine::Sqlite).await;
    let order = [
        ("order_id", "ORDER-1412759367"),
        ("price_amount", "1050.99"),
        ("price_currency", "USD"),
        ("receive_currency", "EUR"),
        ("callback_url", "https://example.com/payments/callback?token=6tCENGUYI62ojkuzDPX7Jg"),
        ("cancel_url", "https://example.com/cart"),
        ("success_url", "https://example.com/account/orders"),
        ("description", "Apple Iphone 6s"),
    ];
    let created = app.call_coingate(Method::POST, "/v2/orders", &order).await;
    assert_eq!((created.status.as_u16(), &created.json()["status"]), (200, &json!("new")));
    let found = app.call_coingate(Method::GET, &format!("/v2/orders/{}", created.json()["id"]), &[]).await;
    assert_eq!((found.status.as_u16(), &found.json()["order_id"]), (200, &json!("ORDER-1412759367")));
    for (method, path, status, reason) in
        [(Method::POST, "/v2/orders", 422, "OrderIsNotValid"), (Method::GET, "/v2/orders/0", 404, "OrderNotFound")]
    {
        let refused = app.call_coingate(method, path, &[]).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["reason"]), (status, &json!(reason)));
    }
}

#[tokio::test]
async fn the_node_client_is_understood() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("50", Eur).await;
    let node = Client { app: &app, name: NODE };
    assert_eq!(node.get("/v2/ping/").await["ping"], "pong");
    assert!(node.get("/v2/rates/").await["merchant"]["BTC"]["EUR"].is_string());
    assert_eq!(node.send(Method::GET, "/v2/ips-v4/?separator=,", "", "").await.status, 200);
    let coins = node.get("/v2/currencies/?kind=crypto&native=true&merchant_pay=true&enabled=true").await;
    assert!(coins.as_array().unwrap().iter().any(|coin| coin["symbol"] == "BTC"));
    let payout = node.get("/v2/currencies/?kind=fiat&native=false&merchant_pay=false&merchant_receive=true").await;
    assert_eq!(payout.as_array().unwrap().len(), 2);
    let body = r##"{"order_id":"N-1","price_amount":1050.99,"price_currency":"GBP","receive_currency":"EUR","title":"Order #112","description":"Apple Iphone 6","callback_url":"https://example.com/payments?token=6t","cancel_url":"https://example.com/cart","success_url":"https://example.com/account/orders","purchaser_email":"a@example.com"}"##;
    let order = node.expect(Method::POST, "/v2/orders/", JSON, body).await;
    assert_eq!((&order["price_amount"], &order["price_currency"]), (&json!("1050.99"), &json!("GBP")));
    let path = format!("/v2/orders/{}", order["id"]);
    let body = r#"{"pay_currency":"ETH","platform_id":"4","lightning_network":false}"#;
    let checkout = node.expect(Method::POST, &format!("{path}/checkout"), JSON, body).await;
    for member in ["pay_currency", "pay_amount", "expire_at", "payment_address", "payment_request_uri", "uuid"] {
        assert!(checkout[member].is_string(), "{member}: {checkout}");
    }
    let number = order["id"].as_i64().unwrap();
    app.pay(&intent_of(&app, number).await, None, PaymentStatus::Paid).await.unwrap();
    assert_eq!(node.get(&format!("{path}/")).await["status"], "paid");
    assert_eq!(node.get("/v2/orders/?per_page=5&page=1&sort=created_at_desc").await["total_orders"], 1);
    // It sends the page of a list in the body of a GET.
    let form = "application/x-www-form-urlencoded;charset=utf-8";
    let accounts = node.expect(Method::GET, "/v2/ledger/accounts", form, "page=1&per_page=10").await;
    assert_eq!((&accounts["per_page"], &accounts["current_page"]), (&json!(10), &json!(1)));
    let fields = refund_fields(&app, "10.5", Eth, Network::Base, Eur);
    let value = |name: &str| &fields.iter().find(|(field, _)| *field == name).unwrap().1;
    let (address, account) = (value("address"), value("ledger_account_id"));
    let body = format!(
        r#"{{"amount":10.5,"address":"{address}","currency_id":3,"platform_id":4,"reason":"broken","email":"a@example.com","ledger_account_id":"{account}"}}"#
    );
    // It does not skip the customer's confirmation, and a sandbox shows the mails instead of sending them.
    let refund = node.expect(Method::POST, &format!("{path}/refunds"), JSON, &body).await;
    assert_eq!((&refund["request_amount"], &refund["status"]), (&json!("10.50"), &json!("pending")));
    assert_eq!(node.get(&format!("{path}/refunds/{}", refund["id"])).await, refund);
    let missing = |reason: &str| (404, reason.to_owned());
    assert_eq!(node.refused(Method::GET, "/v2/orders/0/", "", "").await, missing("OrderNotFound"));
    let unpaid = node.refused(Method::POST, "/v2/orders/", JSON, "{}").await;
    assert_eq!(unpaid, (422, "OrderIsNotValid".to_owned()));
}

#[tokio::test]
async fn the_php_client_and_shops_that_use_it_are_understood() {
    let app = TestApp::new(Engine::Sqlite).await;
    let php = Client { app: &app, name: PHP };
    assert_eq!(php.send(Method::GET, "/v2/auth/test", "", "").await.text(), "OK");
    let coins = php.get("/v2/currencies?kind=crypto&native=1&merchant_pay=1&enabled=1").await;
    assert!(!coins.as_array().unwrap().is_empty());
    for currency in ["GBP", "CHF", "PLN", "CAD", "JPY"] {
        let body = format!(
            "order_id=77&price_amount=149.00&price_currency={currency}\
             &callback_url=https%3A%2F%2Fshop.example%2F%3Fwc-api%3Dwc_gateway_coingate\
             &cancel_url=https%3A%2F%2Fshop.example%2Fcart%2F%3Fcancel_order%3Dtrue%26order_id%3D77%26redirect%26_wpnonce%3D1\
             &success_url=https%3A%2F%2Fshop.example%2Fcheckout%2Forder-received%2F77%2F%3Fkey%3Dwc_order_x\
             &title=Shop+Order+%2377&description=2+%C3%97+Chair%2C+1+%C3%97+Table&shopper%5Btype%5D=business\
             &shopper%5Bemail%5D=a%40example.com&shopper%5Bcompany_details%5D%5Bname%5D=ACME"
        );
        let order = php.expect(Method::POST, "/v2/orders", FORM, &body).await;
        // What the gateway stores, and what it compares when a callback arrives.
        assert!(order["token"].as_str().is_some_and(|token| token.len() > 20 && !token.contains(char::is_whitespace)));
        assert!(order["payment_url"].as_str().is_some_and(|url| url.contains("/pay/")));
        let again = php.get(&format!("/v2/orders/{}", order["id"])).await;
        assert_eq!((&again["order_id"], &again["status"]), (&json!("77"), &json!("new")));
        let path = format!("/v2/orders/{}/checkout", order["id"]);
        let checkout = php.expect(Method::POST, &path, FORM, "pay_currency=BTC").await;
        assert_eq!((&checkout["id"], &checkout["price_currency"]), (&order["id"], &json!(currency)));
    }
    let list = php.get("/v2/orders?created_at%5Bfrom%5D=2022-01-25").await;
    assert_eq!(list["total_orders"], 5);
    let empty = php.refused(Method::POST, "/v2/orders", FORM, "").await;
    assert_eq!(empty, (422, "OrderIsNotValid".to_owned()));
    let unknown = php.refused(Method::POST, "/v2/orders/0/checkout", FORM, "pay_currency=BTC").await;
    assert_eq!(unknown, (404, "OrderNotFound".to_owned()));
}

#[tokio::test]
async fn the_connector_of_hyperswitch_is_understood() {
    let app = TestApp::new(Engine::Sqlite).await;
    let connector = Client { app: &app, name: "Hyperswitch" };
    let body = "price_amount=10.00&price_currency=GBP&receive_currency=DO_NOT_CONVERT\
        &callback_url=https%3A%2F%2Fhyperswitch.example%2Fwebhooks%2Fmerchant%2Fmca_1\
        &success_url=https%3A%2F%2Fhyperswitch.example%2Freturn&cancel_url=https%3A%2F%2Fhyperswitch.example%2Freturn\
        &title=pay_UyYQ8NzqkJzGzUE3OxGb_1&token=merchant-token";
    let order = connector.expect(Method::POST, "/api/v2/orders", FORM, body).await;
    // The members of its response types.
    assert!(order["id"].is_i64() && order["payment_url"].is_string() && order["order_id"].is_string());
    assert_eq!((&order["status"], &order["token"]), (&json!("new"), &json!("merchant-token")));
    // It names the content type of a form, and sends no body.
    let path = format!("/api/v2/orders/{}", order["id"]);
    assert_eq!(connector.expect(Method::GET, &path, FORM, "").await["status"], "new");
    let missing = connector.send(Method::GET, "/api/v2/orders/0", FORM, "").await.json();
    assert!(missing["message"].is_string() && missing["reason"].is_string());
}
