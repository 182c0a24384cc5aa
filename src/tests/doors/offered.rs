//! A server that is connected to real networks offers only their coins, at every entry point. This one receives and sends
//! US dollars and ether on Base, and only receives on Ethereum, where no account pays.

use super::{EntryPoint, Memo, RefundRequest, at_every_entry_point, by_wizard, statuses};
use crate::support::{Answer, CUSTOMER, Engine, TestApp, hd_wallet::HdWallet, money};
use axum::http::Method;
use requite::{
    chain::{ChainError, deposits::Deposits, sandbox::address_of},
    domain::{
        address::{
            network::Network::{self, Base, Eth as Ethereum, Poly, Sol},
            pairs::{Direction, Pairs},
        },
        error::ErrorCode,
        intents::{
            order::{NewOrder, OrderText},
            payment_intent::PaymentIntent,
        },
        money::currency::Currency::{self, Eth, Eur, Usd, Usdt},
        names::Named,
    },
    service::{intents::order, pairs},
    wire::coingate::platform_id,
};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

const TOKEN: &str = "0x8464135c8F25Da09e49BC8782676a84730C318bC";
const SENDER: &str = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";

/// The server. Its nodes are never asked: what is not offered is refused before that.
async fn connected() -> (TestApp, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (file, wallet) = (folder.path().join("networks.toml"), HdWallet::new().account());
    let network = |code: &str, more: &str| {
        format!(
            "[networks.{code}]\nchain-id = 31337\nrpc = [\"http://127.0.0.1:9\"]\n{more}\n[networks.{code}.tokens]\nUSD = \"{TOKEN}\"\n"
        )
    };
    let sender = format!("sender = \"{SENDER}\"");
    let text =
        [format!("deposits = \"{wallet}\"\nsigner = \"/nowhere\"\n"), network("BASE", &sender), network("ETH", "")];
    std::fs::write(&file, text.concat()).unwrap();
    let options = ["--networks", file.to_str().unwrap(), "--sandbox-rate-drift", "0"];
    let mut app = TestApp::with_options(Engine::Sqlite, &options).await;
    app.requite.chain.as_mut().unwrap().deposits = Arc::new(WithoutNodes);
    app.fund("5000", Usd).await;
    (app, folder)
}

/// Real ones are given out only after a node has said which are used.
struct WithoutNodes;

#[async_trait::async_trait]
impl Deposits for WithoutNodes {
    async fn address(&self, _: Network, index: u32) -> Result<String, ChainError> {
        Ok(alloy_primitives::Address::left_padding_from(&(1_000_000 + index).to_be_bytes()).to_checksum(None))
    }
}

fn request(intent: PaymentIntent, coin: Currency, network: Network) -> RefundRequest {
    RefundRequest {
        intent,
        network,
        address: address_of(network, [7; 32]),
        memo: Memo::Omitted,
        amount: "10",
        coin,
        funding: Usd,
        override_reason: None,
        overrides: None,
    }
}

#[tokio::test]
async fn a_pair_that_is_not_sent_here_is_refused_at_every_entry_point() {
    // Only received; not connected; a token that the settings do not name.
    for (coin, network) in [(Usd, Ethereum), (Usd, Poly), (Usd, Sol), (Usdt, Sol), (Eur, Base)] {
        let (app, _folder) = connected().await;
        let intent = app.paid_intent("100", Usd, Base).await;
        let prepare = |_| -> std::pin::Pin<Box<dyn Future<Output = _> + Send>> {
            let (app, request) = (app.clone(), request(intent.clone(), coin, network));
            Box::pin(async move { (app, request) })
        };
        let answers = at_every_entry_point(&EntryPoint::ALL, prepare).await;
        // Another network would help only for a coin that is sent on one.
        let wrong = if coin == Usd { ErrorCode::PairUnsupported } else { ErrorCode::CurrencyUnknown };
        let refused = Err(wrong);
        assert_eq!(statuses(&answers), [refused, refused, refused], "{coin} on {network}: {answers:?}");
        for (path, body) in [
            ("/v1/refunds", native(&intent, coin, network)),
            ("/v1/refunds?preview=true", native(&intent, coin, network)),
            ("/v1/quotes", quote(&intent, coin, network)),
        ] {
            let answer = app.call(Method::POST, path, Some(body)).await;
            assert_eq!(
                (answer.status.as_u16(), &answer.json()["code"]),
                (400, &json!(wrong.as_str())),
                "{path}: {}",
                answer.text()
            );
        }
    }
}

fn native(intent: &PaymentIntent, coin: Currency, network: Network) -> Value {
    json!({
        "paymentIntentId": intent.id, "amount": { "amount": "10", "currency": "USD" }, "coin": coin,
        "destination": { "network": network, "address": address_of(network, [7; 32]) },
    })
}

fn quote(intent: &PaymentIntent, coin: Currency, network: Network) -> Value {
    json!({ "paymentIntentId": intent.id, "coin": coin, "destination": { "network": network }, "fundingCurrency": "USD" })
}

#[tokio::test]
async fn the_message_names_what_is_offered() {
    let (app, _folder) = connected().await;
    let intent = app.paid_intent("100", Usd, Base).await;
    let answer = app.call(Method::POST, "/v1/quotes", Some(quote(&intent, Usd, Sol))).await;
    assert!(
        answer.text().contains("This server does not send USDC on Solana, only on Base. Choose a network"),
        "{}",
        answer.text()
    );
    let answer = app.call(Method::POST, "/v1/quotes", Some(quote(&intent, Usdt, Sol))).await;
    let (told, place) = (answer.json()["detail"].clone(), answer.json()["errors"][0]["pointer"].clone());
    let expected = "This server does not send USDT on any network. Use one of USD (USDC), ETH (Ether). Choose a supported currency.";
    assert_eq!((told, place), (json!(expected), json!("#/coin")));
    let mut unknown = native(&intent, Usd, Base);
    unknown["coin"] = json!("XXX");
    let answer = app.call(Method::POST, "/v1/refunds", Some(unknown)).await;
    assert!(
        answer.text().contains("This currency is not supported. Use one of USD (USDC), ETH (Ether)."),
        "{}",
        answer.text()
    );
    // Also if the address is wrong.
    let mut body = native(&intent, Usdt, Sol);
    body["destination"]["address"] = json!("nowhere");
    let answer = app.call(Method::POST, "/v1/refunds", Some(body)).await.json();
    assert_eq!(
        (&answer["code"], &answer["errors"][0]["pointer"]),
        (&json!("currency_unknown"), &json!("#/coin")),
        "{answer}"
    );
    // The network is told before the address: one of another network is not valid on it.
    for wrong in ["nowhere", CUSTOMER] {
        let mut body = native(&intent, Usd, Sol);
        body["destination"]["address"] = json!(wrong);
        let answer = app.call(Method::POST, "/v1/refunds", Some(body.clone())).await.json();
        assert_eq!(
            (&answer["code"], &answer["errors"][0]["pointer"]),
            (&json!("pair_unsupported"), &json!("#/destination/network")),
            "{answer}"
        );
        body["destination"]["network"] = json!("BSC");
        let answer = app.call(Method::POST, "/v1/refunds", Some(body)).await;
        assert!(answer.text().contains("This network is not supported. Use one of BASE."), "{}", answer.text());
    }
    let body = json!({
        "idempotencyKey": Uuid::new_v4(), "amount": { "amount": "5", "currency": "USD" }, "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "BSC" }],
    });
    let answer = app.call(Method::POST, "/v1/paymentIntents", Some(body)).await;
    assert!(answer.text().contains("Use one of ETH, BASE."), "{}", answer.text());
    let body = json!({ "idempotencyKey": Uuid::new_v4(), "chain": "SOL", "address": CUSTOMER, "metadata": {} });
    let answer = app.call(Method::POST, "/v1/addressBook/recipients", Some(body)).await;
    assert!(
        answer.text().contains("This server does not send anything on Solana. It sends on Base."),
        "{}",
        answer.text()
    );
    let wrong = RefundRequest { address: "nowhere".to_owned(), ..request(intent.clone(), Usd, Sol) };
    for entry_point in EntryPoint::ALL {
        assert_eq!(entry_point.ask(&app, &wrong).await.unwrap_err(), ErrorCode::PairUnsupported, "{entry_point:?}");
    }
    // A pair that is sent passes this check; here its fee cannot be read, since there is no node.
    let answer = app.call(Method::POST, "/v1/quotes", Some(quote(&intent, Usd, Base))).await;
    assert!(!answer.text().contains("pair_unsupported") && !answer.status.is_success(), "{}", answer.text());
}

#[tokio::test]
async fn payment_intents_and_orders_are_made_only_where_they_can_be_paid() {
    let (app, _folder) = connected().await;
    let create = async |coin: Currency, networks: &[Network]| -> Answer {
        let methods: Vec<_> =
            networks.iter().map(|network| json!({ "type": "blockchain", "chain": network })).collect();
        let body = json!({
            "idempotencyKey": Uuid::new_v4(), "amount": { "amount": "5", "currency": coin }, "settlementCurrency": coin,
            "paymentMethods": methods,
        });
        app.call(Method::POST, "/v1/paymentIntents", Some(body)).await
    };
    for networks in [vec![Base], vec![Ethereum], vec![Ethereum, Base]] {
        assert_eq!(create(Usd, &networks).await.status, 201, "{networks:?}");
    }
    let (network, currency) = (("pair_unsupported", "paymentMethods."), ("currency_unknown", "amount.currency"));
    for (coin, networks, (code, place)) in [
        (Usd, vec![Sol], network),
        (Usd, vec![Base, Poly], network),
        (Usdt, vec![Ethereum], currency),
        (Eur, vec![Base], currency),
    ] {
        let answer = create(coin, &networks).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["requiteCode"]), (400, &json!(code)), "{}", answer.text());
        let location = answer.json()["errors"][0]["location"].clone();
        assert!(location.as_str().unwrap().starts_with(place), "{location}");
    }
    // Nothing could be refunded from a balance in a coin that this server does not have.
    let body = json!({
        "idempotencyKey": Uuid::new_v4(), "amount": { "amount": "5", "currency": "USD" }, "settlementCurrency": "BTC",
        "paymentMethods": [{ "type": "blockchain", "chain": "BASE" }],
    });
    let answer = app.call(Method::POST, "/v1/paymentIntents", Some(body)).await;
    assert_eq!(answer.json()["requiteCode"], "currency_unknown", "{}", answer.text());
    assert!(answer.text().contains("settlementCurrency"), "{}", answer.text());
    assert_eq!(app.count("select count(*) from payment_intents").await, 3);
    let order = [("order_id", "1"), ("price_amount", "5"), ("price_currency", "USD"), ("receive_currency", "BTC")];
    let answer = app.call_coingate(Method::POST, "/v2/orders", &order).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["requite_code"]),
        (422, &json!("currency_unknown")),
        "{}",
        answer.text()
    );

    let new = NewOrder { price: money("100", Usd), receive: None, text: OrderText::default() };
    let context = app.context();
    let made =
        order::create(app.store(), app.requite.rates.as_ref(), app.requite.chain.as_ref(), &context, &app.owner, &new)
            .await
            .unwrap();
    let page = app.browser("").get(&format!("/pay/{}", made.page)).await.text();
    for offered in ["ETH-BASE", "USD-BASE", "ETH-ETH", "USD-ETH"] {
        assert!(page.contains(&format!("value=\"{offered}\"")), "{offered}: {page}");
    }
    for (coin, network) in
        Currency::all().flat_map(|coin| Network::supporting(coin).map(move |network| (coin, network)))
    {
        let choice = format!("value=\"{}-{}\"", coin.code(), network.code());
        let offered = [Base, Ethereum].contains(&network) && [Eth, Usd].contains(&coin);
        assert_eq!(page.contains(&choice), offered, "{choice}");
    }
    let checkout = format!("/v2/orders/{}/checkout", made.number);
    let platform = platform_id(Sol).to_string();
    let answer =
        app.call_coingate(Method::POST, &checkout, &[("pay_currency", "USDC"), ("platform_id", &platform)]).await;
    assert_eq!(answer.json()["requite_code"], "pair_unsupported", "{}", answer.text());
    let chosen =
        app.browser("").post("/do/pay/choose", &[("page", &made.page.to_string()), ("choice", "USDT-TRX")]).await;
    assert_eq!(chosen.notice().unwrap().code, ErrorCode::CurrencyUnknown);
    // Without a network it is the first on which the coin is received.
    let answer = app.call_coingate(Method::POST, &checkout, &[("pay_currency", "ETH")]).await;
    assert!(answer.status.is_success(), "{}", answer.text());
}

#[tokio::test]
async fn coingates_errors_name_only_coins_of_this_server() {
    let (app, _folder) = connected().await;
    let order = [("price_amount", "5"), ("price_currency", "USD"), ("receive_currency", "XXX")];
    let answer = app.call_coingate(Method::POST, "/v2/orders", &order).await.json();
    let message = "receive_currency: is not supported; use DO_NOT_CONVERT, or one of USD, USDC, ETH";
    assert_eq!(answer["errors"], json!([message]));
    let order = app.call_coingate(Method::POST, "/v2/orders", &order[..2]).await.json();
    let checkout = format!("/v2/orders/{}/checkout", order["id"]);
    for (currency, says) in [
        ("XXX", "is not supported; use one of USDC, ETH"),
        ("EUR", "is not a coin; use one of USDC, ETH"),
        ("USD", "is not a coin; use USDC for USD, or another of USDC, ETH"),
    ] {
        let answer = app.call_coingate(Method::POST, &checkout, &[("pay_currency", currency)]).await.json();
        assert_eq!(answer["errors"], json!([format!("pay_currency: {says}")]));
    }
}

#[tokio::test]
async fn lists_contain_what_is_offered() {
    let (app, _folder) = connected().await;
    let data =
        app.call(Method::GET, "/v1/paymentIntents/metadata/supportedCurrencies", None).await.json()["data"].clone();
    assert_eq!(
        data,
        json!([{ "currency": "USD", "blockchains": ["ETH", "BASE"] }, { "currency": "ETH", "blockchains": ["ETH", "BASE"] }])
    );
    let sent = app.call_coingate(Method::GET, "/v2/refunds/supported-currencies", &[]).await.json();
    let platforms = |list: &Value, place: &str| -> Vec<(String, Vec<String>)> {
        let name = |one: &Value, member: &str| one[member].as_str().unwrap().to_owned();
        let names = |one: &Value| {
            one[place]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| name(one, if place == "platforms" { "id_name" } else { "symbol" }))
                .collect()
        };
        let all = list.as_array().unwrap().iter();
        all.map(|one| (name(one, if place == "platforms" { "symbol" } else { "id_name" }), names(one))).collect()
    };
    let on = |coin: &str, networks: &[&str]| {
        (coin.to_owned(), networks.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(platforms(&sent, "platforms"), [on("USDC", &["base"]), on("ETH", &["base"])]);
    let listed = app.call_coingate(Method::GET, "/v2/platforms", &[]).await.json();
    assert_eq!(platforms(&listed, "currencies"), [on("ethereum", &["USDC", "ETH"]), on("base", &["USDC", "ETH"])]);
    for filter in ["merchant_pay=true", "enabled=true&kind=crypto"] {
        let currencies = app.call_coingate(Method::GET, &format!("/v2/currencies?{filter}"), &[]).await.json();
        let expected = [on("USDC", &["ethereum", "base"]), on("ETH", &["ethereum", "base"])];
        assert_eq!(platforms(&currencies, "platforms"), expected, "{filter}");
    }

    let browser = app.sign_in("owner@example.com").await;
    let page = browser.get("/currencies").await.text();
    assert!(page.contains("Base") && page.contains("USDC (not refunded by this server)"), "{page}");
    assert!(!page.contains("Solana") && !page.contains("Test addresses"), "{page}");
    // The wizard offers the networks and coins that are sent.
    let intent = app.paid_intent("100", Usd, Ethereum).await;
    let opened = browser.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await;
    let page = browser.get(opened.location()).await.text();
    assert!(page.contains("value=\"BASE\"") && page.contains("value=\"ETH\""), "{page}");
    for missing in ["value=\"SOL\"", "value=\"POLY\"", "value=\"USDT\"", "value=\"EUR\""] {
        assert!(!page.contains(missing), "{missing}: {page}");
    }
}

#[tokio::test]
async fn the_address_book_takes_only_networks_that_are_sent_on() {
    let (app, _folder) = connected().await;
    let add = async |chain: Network, address: &str| {
        let body = json!({ "idempotencyKey": Uuid::new_v4(), "chain": chain, "address": address, "metadata": {} });
        app.call(Method::POST, "/v1/addressBook/recipients", Some(body)).await
    };
    assert_eq!(add(Base, CUSTOMER).await.status, 201);
    for network in [Ethereum, Sol] {
        let answer = add(network, &address_of(network, [7; 32])).await;
        assert_eq!(answer.json()["requiteCode"], "pair_unsupported", "{}", answer.text());
    }
}

#[tokio::test]
async fn the_sandbox_offers_everything() {
    let app = TestApp::new(Engine::Sqlite).await;
    let chain = app.requite.chain.as_ref();
    assert_eq!(pairs::sent(chain), Pairs::all(Direction::Sent));
    assert_eq!(pairs::received(chain), Pairs::all(Direction::Received));
    let offered = pairs::sent(chain);
    for network in Network::all() {
        let coins: Vec<_> = network.coins().iter().map(|(coin, _)| *coin).collect();
        assert_eq!(offered.coins(network).collect::<Vec<_>>(), coins);
    }
    let page = app.sign_in("owner@example.com").await.get("/currencies").await.text();
    assert!(Network::all().all(|network| page.contains(network.title())) && page.contains("Test addresses"), "{page}");
    // What is offered is refunded: from a page, in a coin of another network.
    app.fund("5000", Usd).await;
    let intent = app.paid_intent("100", Usd, Base).await;
    assert!(by_wizard(&app, &request(intent, Usd, Sol)).await.is_ok());
}

/// Without networks a production server lists nothing, not what a sandbox would have.
#[tokio::test]
async fn a_server_without_networks_offers_nothing() {
    let mut app = TestApp::new(Engine::Sqlite).await;
    app.requite.chain = None;
    let circle = app.call(Method::GET, "/v1/paymentIntents/metadata/supportedCurrencies", None).await;
    assert_eq!(circle.json()["data"], json!([]));
    for path in ["/v2/platforms", "/v2/refunds/supported-currencies", "/v2/currencies?merchant_pay=true"] {
        assert_eq!(app.call_coingate(Method::GET, path, &[]).await.json(), json!([]), "{path}");
    }
    let body = json!({
        "idempotencyKey": Uuid::new_v4(), "amount": { "amount": "5", "currency": "USD" }, "settlementCurrency": "USD",
        "paymentMethods": [{ "type": "blockchain", "chain": "SOL" }],
    });
    let answer = app.call(Method::POST, "/v1/paymentIntents", Some(body)).await;
    assert_eq!(answer.json()["requiteCode"], "pair_unsupported", "{}", answer.text());
    assert!(answer.text().contains("not connected to any network"), "{}", answer.text());
}
