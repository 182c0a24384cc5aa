//! CoinGate's public endpoints.

use crate::support::{Answer, Engine, TestApp};
use axum::{body::Body, http::Request};
use requite::{
    domain::{address::network::Network, names::Named},
    wire::coingate::CoinGateCurrency,
};
use serde_json::json;

/// Without a key.
async fn ask(app: &TestApp, path: &str) -> Answer {
    let answer = app.send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn rates_are_available_one_by_one_and_all_together() {
    let app = TestApp::new(Engine::Sqlite).await;
    assert_eq!(ask(&app, "/v2/rates/merchant/EUR/USD").await.text(), "1.08");
    assert_eq!(ask(&app, "/v2/rates/merchant/eth/usdc").await.text(), "3711");
    assert_eq!(ask(&app, "/api/v2/rates/trader/buy/usdc/usd").await.text(), "1");
    assert_eq!(ask(&app, "/v2/rates/merchant/NAN/NAN").await.text(), "", "no rate is an empty answer");
    let all = ask(&app, "/v2/rates").await.json();
    let merchant = ask(&app, "/v2/rates/merchant").await.json();
    assert_eq!((&all["merchant"], &all["trader"]["buy"], &all["trader"]["sell"]), (&merchant, &merchant, &merchant));
    assert_eq!(ask(&app, "/v2/rates/trader").await.json(), all["trader"]);
    assert_eq!(ask(&app, "/v2/rates/trader/sell").await.json(), merchant);
    assert_eq!(merchant["BTC"]["USD"], "97250");
    assert_eq!(ask(&app, "/v2/rates/merchant/USD/JPY").await.text(), "154.500000000000000001");
    assert_eq!((&merchant["USD"]["JPY"], &merchant["CHF"]["JPY"]), (&json!("154.500000000000000001"), &json!(null)));
    assert_eq!(merchant.as_object().unwrap().len(), CoinGateCurrency::all().count());
    let nobody = app.send(Request::get("/v2/rates/trader/steal").body(Body::empty()).unwrap()).await;
    assert_eq!((nobody.status.as_u16(), &nobody.json()["reason"]), (404, &json!("PageNotFound")));
}

#[tokio::test]
async fn without_a_rate_source_there_are_no_rates() {
    let app = TestApp::with_options(Engine::Sqlite, &["--rates", "none"]).await;
    assert_eq!(ask(&app, "/v2/rates/merchant/ETH/USD").await.text(), "");
    let known = ask(&app, "/v2/rates/merchant").await.json();
    assert_eq!((&known["ETH"], &known["USDC"]), (&json!({}), &json!({ "USD": "1" })));
}

#[tokio::test]
async fn currencies_and_platforms_match_the_domain() {
    let app = TestApp::new(Engine::Sqlite).await;
    let symbols = |answer: Answer| {
        let list = answer.json();
        list.as_array().unwrap().iter().map(|one| one["symbol"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let listed = ask(&app, "/v2/currencies").await;
    let named = |symbol: &str, title: &str| {
        listed.json().as_array().unwrap().iter().any(|one| one["symbol"] == symbol && one["title"] == title)
    };
    assert!(named("USD", "US Dollar") && named("CHF", "Swiss franc") && named("ETH", "Ether"), "{}", listed.text());
    let all = symbols(listed);
    assert_eq!(all.len(), CoinGateCurrency::all().count());
    let fiat = symbols(ask(&app, "/v2/currencies?kind=fiat").await);
    assert_eq!((&fiat[..2], fiat.contains(&"CHF".to_owned())), (&["USD".to_owned(), "EUR".to_owned()][..], true));
    assert_eq!(symbols(ask(&app, "/v2/currencies?kind=fiat&merchant_receive=true").await), ["USD", "EUR"]);
    assert_eq!(symbols(ask(&app, "/v2/currencies?kind=fiat&merchant_pay=True").await), Vec::<String>::new());
    let native = symbols(ask(&app, "/v2/currencies?native=true&enabled=true&kind=crypto").await);
    assert!(native.contains(&"BTC".to_owned()) && !native.contains(&"USDT".to_owned()));
    let platforms = ask(&app, "/v2/platforms?enabled=True").await.json();
    assert_eq!(platforms.as_array().unwrap().len(), Network::all().len());
    let base = platforms.as_array().unwrap().iter().find(|one| one["id_name"] == "base").unwrap();
    assert!(
        base["currencies"].as_array().unwrap().iter().any(|coin| coin["symbol"] == "USDC" && coin["enabled"] == true)
    );
    let wrong = app.send(Request::get("/v2/platforms?enabled=perhaps").body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn ping_and_callback_source_addresses_are_public() {
    let options = ["--callback-ips", "198.51.100.7,2001:db8::7,198.51.100.8"];
    let app = TestApp::with_options(Engine::Sqlite, &options).await;
    assert_eq!(ask(&app, "/v2/ping").await.json(), json!({ "ping": "pong", "time": "2026-11-23T08:00:00+00:00" }));
    assert_eq!(ask(&app, "/v2/ips-v4").await.text(), "198.51.100.7\n198.51.100.8");
    assert_eq!(ask(&app, "/v2/ips-v4?separator=%7C").await.text(), "198.51.100.7|198.51.100.8");
    assert_eq!(ask(&app, "/v2/ips-v6").await.text(), "2001:db8::7");
}
