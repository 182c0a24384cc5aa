//! Orders with prices in any currency of the world, and their refunds.

use super::{borrowed, get, intent_of, post, refund, refund_fields, refused};
use crate::support::{Engine, TestApp, asked, money};
use axum::http::Method;
use requite::{
    domain::{
        address::network::Network,
        intents::payment::PaymentStatus,
        money::{
            Money,
            currency::Currency::{self, Eth, Usd},
            fiat::FiatCurrency,
        },
    },
    wire::coingate::CoinGateCurrency,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn price_in(code: &str, amount: &str) -> Money {
    Money::parse(amount, Currency::parse_of_price(code).unwrap()).unwrap()
}

async fn order_in(app: &TestApp, code: &str, amount: &str) -> Value {
    post(app, "/v2/orders", &[("price_amount", amount), ("price_currency", code), ("title", "Two chairs")]).await
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}

on_both_engines! {
    async fn a_price_in_francs_is_paid_and_refunded_in_coins(app: &TestApp) {
        app.fund("500", Usd).await;
        let order = order_in(app, "chf", "100.50").await;
        assert_eq!((&order["price_currency"], &order["price_amount"]), (&json!("CHF"), &json!("100.50")));
        let number = order["id"].as_i64().unwrap();
        let path = format!("/v2/orders/{number}");
        let pending = post(app, &format!("{path}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
        // A franc costs a dollar divided by 0.885, and an ether 3,711 dollars.
        let worth = Decimal::new(10_050, 2) / Decimal::new(885, 3) / Decimal::new(3_711, 0);
        assert!((decimal(&pending["pay_amount"]) - worth).abs() < Decimal::new(1, 12), "{pending}");
        assert!((decimal(&pending["conversion_rate"]) - Decimal::new(3_284_235, 3)).abs() < Decimal::new(1, 3), "{pending}");
        let intent = intent_of(app, number).await;
        assert_eq!((intent.price(), intent.settlement_currency), (Some(price_in("CHF", "100.5")), Eth));
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();

        let made = refund(app, number, &refund_fields(app, "40.25", Usd, Network::Base, Usd)).await;
        assert_eq!((&made["request_amount"], &made["order"]["price_currency"]["symbol"]), (&json!("40.25"), &json!("CHF")));
        // In dollars, rounded down to the smallest unit of the coin.
        assert_eq!(made["refund_amount"], "45.480225");
        let stored = app.requite.store.refund_by_number(app.merchant, made["id"].as_i64().unwrap()).await.unwrap();
        assert_eq!((stored.terms.value, stored.terms.send), (price_in("CHF", "40.25"), money("45.480225", Usd)));
        let native = app.call(Method::GET, &format!("/v1/refunds/{}", stored.id), None).await.json();
        assert_eq!(native["data"]["value"], json!({ "amount": "40.25", "currency": "CHF" }));
        app.settle().await;
        let more = app.call_coingate(Method::POST, &format!("{path}/refunds"), &borrowed(&refund_fields(app, "60.26", Usd, Network::Base, Usd))).await;
        let body = refused(&more, (422, "RefundIsNotValid", "amount_exceeds_refundable"));
        assert!(body["message"].as_str().unwrap().contains("60.25 CHF"), "{body}");
        refund(app, number, &refund_fields(app, "60.25", Eth, Network::Base, Usd)).await;
        app.settle().await;
        let order = get(app, &path).await;
        assert_eq!((&order["status"], order["refunds"].as_array().unwrap().len()), (&json!("refunded"), 2));
        assert!(app.reload(intent).await.left().is_zero(), "nothing stays behind");
    }

    /// Yen have no cents, and dinars have three decimals.
    async fn parts_of_a_price_are_written_as_its_currency_is(app: &TestApp) {
        app.fund("500", Usd).await;
        for (code, whole, written, parts) in [
            ("JPY", "10000", "10000", ["3333", "6667"]),
            ("KWD", "10.5", "10.500", ["3.333", "7.167"]),
        ] {
            let order = order_in(app, code, whole).await;
            assert_eq!(order["price_amount"], written);
            let number = order["id"].as_i64().unwrap();
            let path = format!("/v2/orders/{number}");
            post(app, &format!("{path}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
            let intent = intent_of(app, number).await;
            app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
            for part in parts {
                let made = refund(app, number, &refund_fields(app, part, Eth, Network::Base, Usd)).await;
                assert_eq!(made["request_amount"], part);
            }
            app.settle().await;
            assert_eq!(get(app, &path).await["status"], "refunded");
            assert_eq!(app.reload(intent.clone()).await.refunded, asked(&intent).amount);
        }
    }
}

/// The sandbox knows the rate of each, so it can be tried out in any shop.
#[tokio::test]
async fn every_currency_of_the_world_can_be_a_price() {
    let app = TestApp::new(Engine::Sqlite).await;
    let all: Vec<_> = CoinGateCurrency::all().map(CoinGateCurrency::symbol).collect();
    for code in ["USD", "EUR", "GBP", "CHF", "PLN", "CAD", "JPY", "AUD", "CZK", "INR", "BTC", "USDC"] {
        assert!(all.contains(&code), "{code}");
    }
    for fiat in FiatCurrency::all() {
        let order = order_in(&app, fiat.code(), "5000").await;
        let path = format!("/v2/orders/{}/checkout", order["id"]);
        let pending = post(&app, &path, &[("pay_currency", "BTC")]).await;
        assert!(decimal(&pending["pay_amount"]) > Decimal::ZERO, "{}: {pending}", fiat.code());
    }
    // Gold, a code for tests, and a currency that has gone are none.
    for code in ["XAU", "XTS", "HRK", "ZZZ"] {
        let fields = [("price_amount", "10"), ("price_currency", code), ("title", "Two chairs")];
        let body = refused(
            &app.call_coingate(Method::POST, "/v2/orders", &fields).await,
            (422, "OrderIsNotValid", "currency_unknown"),
        );
        assert!(body["message"].as_str().unwrap().starts_with("price_currency is not supported"), "{body}");
    }
    // A merchant has no balance in francs.
    let fields = [("price_amount", "10"), ("price_currency", "CHF"), ("receive_currency", "CHF")];
    let body = refused(
        &app.call_coingate(Method::POST, "/v2/orders", &fields).await,
        (422, "OrderIsNotValid", "currency_unknown"),
    );
    assert!(body["message"].as_str().unwrap().starts_with("receive_currency is not supported"), "{body}");
}

#[tokio::test]
async fn a_currency_without_a_rate_is_refused_at_once() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), r#"{"asOf": "2026-11-23T08:00:00Z", "dollars": {"CHF": "1.13", "BTC": 97250}}"#)
        .unwrap();
    let path = file.path().to_str().unwrap();
    let app = TestApp::with_options(Engine::Sqlite, &["--rates", "file", "--rates-file", path]).await;
    let order = order_in(&app, "CHF", "97250").await;
    let pending = post(&app, &format!("/v2/orders/{}/checkout", order["id"]), &[("pay_currency", "BTC")]).await;
    // Rounded up like every debit.
    assert_eq!(pending["pay_amount"], "1.13000001");
    let fields = [("price_amount", "10"), ("price_currency", "PLN"), ("title", "Two chairs")];
    let body = refused(
        &app.call_coingate(Method::POST, "/v2/orders", &fields).await,
        (422, "OrderIsNotValid", "currency_unknown"),
    );
    assert_eq!(
        body["errors"],
        json!(["price_currency: has no exchange rate on this server, so no order can be priced in it"])
    );
    // A dollar is worth its coin without a rate.
    order_in(&app, "USD", "10").await;
    let listed = get(&app, "/v2/currencies").await;
    let can_be_a_price = |symbol: &str| {
        let mut listed = listed.as_array().unwrap().iter();
        listed.find(|one| one["symbol"] == symbol).unwrap()["merchant"].clone()
    };
    assert_eq!(can_be_a_price("CHF"), json!({ "price": true, "pay": false, "receive": false }));
    assert_eq!(can_be_a_price("PLN"), json!({ "price": false, "pay": false, "receive": false }));
    assert_eq!(can_be_a_price("EUR"), json!({ "price": true, "pay": false, "receive": true }));
    assert_eq!(get(&app, "/v2/rates/merchant").await["BTC"]["CHF"], "86061.946902654867256638");
}
