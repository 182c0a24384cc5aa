//! CoinGate's surface: an order from creation to its last refund, and the responses to invalid requests.

mod callback_formats;
mod callback_log;
mod callbacks;
mod client;
mod confirmation;
mod ledger;
mod marks;
mod orders;
mod prices;
mod public;
mod reading;
mod recorded;
mod unknown_outcome;
mod wording;

use crate::support::{Answer, Engine, TestApp, asked, money};
use axum::http::{Method, StatusCode};
use chrono::Duration;
use requite::{
    chain::sandbox::address_of,
    domain::{
        address::network::Network,
        intents::{payment::PaymentStatus, payment_intent::PaymentIntent},
        money::currency::Currency::{self, Eth, Eur, Usd, Usdt},
        names::Named,
    },
    wire::coingate::{account_id, currency_id, currency_of_account, platform_id},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

async fn get(app: &TestApp, path: &str) -> Value {
    let answer = app.call_coingate(Method::GET, path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

async fn post(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Value {
    let answer = app.call_coingate(Method::POST, path, fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

const ORDER: [(&str, &str); 6] = [
    ("price_amount", "100"),
    ("price_currency", "EUR"),
    ("receive_currency", "EUR"),
    ("title", "Two chairs"),
    ("order_id", "shop-7"),
    ("token", "secret of the shop"),
];

async fn intent_of(app: &TestApp, number: i64) -> PaymentIntent {
    app.requite.store.order(app.merchant, number).await.unwrap().intent.unwrap()
}

/// An order of 100 euros that was paid in ether on Base.
async fn paid_order(app: &TestApp) -> i64 {
    let number = post(app, "/v2/orders", &ORDER).await["id"].as_i64().unwrap();
    let base = platform_id(Network::Base).to_string();
    post(app, &format!("/v2/orders/{number}/checkout"), &[("pay_currency", "ETH"), ("platform_id", &base)]).await;
    app.pay(&intent_of(app, number).await, None, PaymentStatus::Paid).await.unwrap();
    number
}

fn refund_fields(
    app: &TestApp,
    amount: &str,
    coin: Currency,
    network: Network,
    funding: Currency,
) -> Vec<(&'static str, String)> {
    vec![
        ("amount", amount.to_owned()),
        ("address", address_of(network, [7; 32])),
        ("currency_id", currency_id(coin).to_string()),
        ("platform_id", platform_id(network).to_string()),
        ("reason", "The chairs broke".to_owned()),
        ("email", "customer@example.com".to_owned()),
        ("ledger_account_id", account_id(app.merchant, funding)),
        ("skip_user_address_confirmation", "true".to_owned()),
    ]
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn refund(app: &TestApp, number: i64, fields: &[(&'static str, String)]) -> Value {
    post(app, &format!("/v2/orders/{number}/refunds"), &borrowed(fields)).await
}

fn refused(answer: &Answer, expected: (u16, &str, &str)) -> Value {
    let body = answer.json();
    let found = (answer.status.as_u16(), body["reason"].as_str().unwrap(), body["requite_code"].as_str().unwrap());
    assert_eq!(found, expected, "{body}");
    assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()));
    body
}

on_both_engines! {
    async fn an_order_goes_from_creation_to_its_last_refund(app: &TestApp) {
        app.fund("5000", Usd).await;
        let order = post(app, "/v2/orders", &ORDER).await;
        let number = order["id"].as_i64().unwrap();
        assert_eq!((&order["status"], &order["price_amount"], &order["price_currency"]), (&json!("new"), &json!("100.00"), &json!("EUR")));
        assert_eq!((&order["order_id"], &order["token"], &order["is_refundable"]), (&json!("shop-7"), &json!("secret of the shop"), &json!(false)));
        let order = post(app, &format!("/v2/orders/{number}/checkout"), &[("pay_currency", "eth"), ("platform_id", "4")]).await;
        assert_eq!((&order["status"], &order["pay_currency"], &order["platform"]["id_name"]), (&json!("pending"), &json!("ETH"), &json!("base")));
        assert!(order["payment_address"].as_str().unwrap().starts_with("0x"));
        let intent = intent_of(app, number).await;
        assert_eq!((intent.order_number, intent.price(), intent.settlement_currency), (number, Some(money("100", Eur)), Eur));
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        let order = get(app, &format!("/v2/orders/{number}")).await;
        assert_eq!((&order["status"], &order["is_refundable"]), (&json!("paid"), &json!(true)));

        // 40 euros of it as USDT on Tron, from the dollar balance.
        let made = refund(app, number, &refund_fields(app, "40", Usdt, Network::Trx, Usd)).await;
        assert_eq!((&made["request_amount"], &made["status"], &made["order"]["id"]), (&json!("40.00"), &json!("pending"), &json!(number)));
        assert_eq!((&made["refund_currency"]["symbol"], &made["refund_currency"]["platform"]["title"]), (&json!("USDT"), &json!("Tron")));
        assert_eq!(made["ledger_account"]["currency"]["symbol"], "USDC");
        let stored = app.requite.store.refund_by_number(app.merchant, made["id"].as_i64().unwrap()).await.unwrap();
        assert_eq!((stored.terms.value, stored.terms.send.currency()), (money("40", Eur), Usdt));
        assert_eq!(made["refund_amount"], stored.terms.send.number());
        let share = asked(&intent).amount.percent(40);
        assert!(stored.amount() == share || share.minus(stored.amount()).unwrap().amount() < money("0.000000000000001", Eth).amount());
        app.settle().await;
        let path = format!("/v2/orders/{number}/refunds/{}", made["id"]);
        let done = get(app, &path).await;
        assert_eq!((&done["status"], done["transactions"].as_array().unwrap().len()), (&json!("completed"), 1));
        assert_eq!(get(app, &format!("/v2/orders/{number}")).await["status"], "partially_refunded");

        // The rest, at the current price of ether.
        app.advance(Duration::days(3));
        refund(app, number, &refund_fields(app, "60", Eth, Network::Arb, Usd)).await;
        app.settle().await;
        let order = get(app, &format!("/api/v2/orders/{number}")).await;
        assert_eq!((&order["status"], &order["is_refundable"]), (&json!("refunded"), &json!(false)));
        assert_eq!(order["refunds"].as_array().unwrap().len(), 2);
        assert!(app.reload(intent).await.left().is_zero(), "nothing stays behind");
        let list = get(app, &format!("/v2/orders/{number}/refunds")).await;
        assert_eq!((&list["total_refunds"], &list["total_pages"], &list["current_page"], &list["per_page"]), (&json!(2), &json!(1), &json!(1), &json!(100)));
    }

    async fn orders_and_intents_share_their_numbers(app: &TestApp) {
        app.fund("10", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let number = post(app, "/v2/orders", &ORDER).await["id"].as_i64().unwrap();
        let later = app.intent("100", Usd, Network::Base).await;
        assert_eq!((intent.order_number, number, later.order_number), (1001, 1002, 1003));
        // An intent created elsewhere is an order too, priced in its requested amount.
        let order = get(app, "/v2/orders/1001").await;
        assert_eq!((&order["status"], &order["price_amount"], &order["price_currency"]), (&json!("paid"), &json!("100.00"), &json!("USD")));
        let made = refund(app, 1001, &refund_fields(app, "99.995", Usd, Network::Base, Usd)).await;
        assert_eq!((&made["request_amount"], &made["refund_amount"]), (&json!("99.995"), &json!("99.995")), "to the last unit");
        // A coin can be chosen once.
        let checkout = "/v2/orders/1002/checkout";
        post(app, checkout, &[("pay_currency", "BTC")]).await;
        let again = app.call_coingate(Method::POST, checkout, &[("pay_currency", "ETH")]).await;
        refused(&again, (422, "OrderIsNotValid", "payment_not_possible"));
        let list = get(app, "/v2/orders?sort=created_at_asc&per_page=2").await;
        let ids: Vec<_> = list["orders"].as_array().unwrap().iter().map(|order| order["id"].as_i64().unwrap()).collect();
        assert_eq!((ids, &list["total_orders"], &list["total_pages"]), (vec![1001, 1002], &json!(3), &json!(2)));
    }

    async fn a_repeated_request_with_a_key_creates_one_refund(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        let fields = refund_fields(app, "30", Usd, Network::Base, Usd);
        let key = Uuid::new_v4();
        let send = |fields: Vec<(&'static str, String)>| async move {
            let request = axum::http::Request::post(format!("/v2/orders/{number}/refunds"))
                .header("authorization", format!("Token {}", app.api_key))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("idempotency-key", format!("\"{key}\""));
            app.send(request.body(serde_urlencoded::to_string(&fields).unwrap().into()).unwrap()).await
        };
        let first = send(fields.clone()).await.json();
        app.settle().await;
        app.advance(Duration::minutes(5));
        let second = send(fields.clone()).await.json();
        assert_eq!((&first["id"], &second["status"]), (&second["id"], &json!("completed")));
        let other = refund_fields(app, "31", Usd, Network::Base, Usd);
        refused(&send(other).await, (409, "RefundIsNotValid", "idempotency_key_reused"));
        for (name, value) in [("email", "other@example.com"), ("reason", "Another reason"), ("reason", "duplicate"),
            ("skip_user_address_confirmation", "false"), ("override_reason", "It is right"), ("callback_url", "https://shop.example/new")]
        {
            let mut other: Vec<_> = fields.iter().filter(|(known, _)| *known != name).cloned().collect();
            other.push((name, value.to_owned()));
            refused(&send(other).await, (409, "RefundIsNotValid", "idempotency_key_reused"));
        }
        // Without a key every request is a new refund, even one with the same amount.
        refund(app, number, &fields).await;
        assert_eq!(get(app, "/v2/refunds").await["total_refunds"], 2);
    }

    async fn refunds_are_listed_by_page_time_and_order(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        for _ in 0..5 {
            refund(app, number, &refund_fields(app, "10", Usd, Network::Base, Usd)).await;
            app.advance(Duration::hours(1));
        }
        app.settle().await;
        let ids = |list: &Value| list["refunds"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect::<Vec<_>>();
        assert_eq!(ids(&get(app, "/v2/refunds").await), [5, 4, 3, 2, 1]);
        assert_eq!(ids(&get(app, "/v2/refunds?sort=created_at_asc&per_page=2&page=2").await), [3, 4]);
        assert_eq!(ids(&get(app, "/v2/refunds?created_at[from]=2026-11-23T10:00:00Z&created_at[to]=2026-11-23T11:00:00%2B00:00").await), [4, 3]);
        assert_eq!(ids(&get(app, "/v2/refunds?updated_at[from]=2026-11-24").await), Vec::<i64>::new());
        assert_eq!(ids(&get(app, "/v2/refunds?updated_at[at]=2026-11-24").await).len(), 5);
        // The official client sends the page in the body of a GET.
        let by_form = app.call_coingate(Method::GET, "/v2/refunds", &[("page", "3"), ("per_page", "2")]).await.json();
        assert_eq!((ids(&by_form), &by_form["total_pages"]), (vec![1], &json!(3)));
        for query in ["sort=amount_asc", "page=0", "per_page=2147483648", "per_page=x", "created_at[from]=yesterday"] {
            let answer = app.call_coingate(Method::GET, &format!("/v2/refunds?{query}"), &[]).await;
            refused(&answer, (422, "RefundIsNotValid", if query == "per_page=x" { "request_malformed" } else { "filter_invalid" }));
        }
    }

    async fn errors_have_coingates_format(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        let rows = app.row_counts().await;
        let path = format!("/v2/orders/{number}/refunds");
        let body = refused(&app.call_coingate(Method::POST, &path, &[]).await, (422, "RefundIsNotValid", "required"));
        let blank: BTreeSet<_> = body["errors"].as_array().unwrap().iter().map(|error| error.as_str().unwrap()).collect();
        assert!(blank.contains("amount: can't be blank") && blank.contains("ledger_account_id: can't be blank"), "{body}");
        let send = |change: (&'static str, &'static str)| {
            let mut fields = refund_fields(app, "10", Usd, Network::Base, Usd);
            fields.retain(|(name, _)| *name != change.0);
            fields.push((change.0, change.1.to_owned()));
            let path = path.clone();
            async move { app.call_coingate(Method::POST, &path, &borrowed(&fields)).await }
        };
        // All mistakes are named together.
        let wrong = [("amount", "x"), ("email", "nobody"), ("platform_id", "x")];
        let body = refused(&app.call_coingate(Method::POST, &path, &wrong).await, (422, "RefundIsNotValid", "amount_malformed"));
        let named: BTreeSet<_> = body["errors"].as_array().unwrap().iter().map(|error| error.as_str().unwrap()).collect();
        for name in ["amount: ", "email: ", "platform_id: ", "address: "] {
            assert!(named.iter().any(|error| error.starts_with(name)), "{name}{body}");
        }
        refused(&send(("currency_id", "4711")).await, (422, "RefundIsNotValid", "currency_unknown"));
        refused(&send(("platform_id", "4711")).await, (422, "RefundIsNotValid", "network_unknown"));
        refused(&send(("platform_id", "1")).await, (422, "RefundIsNotValid", "pair_unsupported"));
        refused(&send(("ledger_account_id", "4711")).await, (422, "RefundIsNotValid", "request_malformed"));
        refused(&send(("skip_user_address_confirmation", "perhaps")).await, (422, "RefundIsNotValid", "request_malformed"));
        refused(&send(("email", "nobody")).await, (422, "RefundIsNotValid", "email_invalid"));
        refused(&send(("amount", "100.01")).await, (422, "RefundIsNotValid", "amount_exceeds_refundable"));
        let nothing = app.call_coingate(Method::GET, "/v2/orders/4711", &[]).await;
        refused(&nothing, (404, "OrderNotFound", "not_found"));
        refused(&app.call_coingate(Method::GET, "/v2/orders/x/refunds", &[]).await, (404, "OrderNotFound", "not_found"));
        refused(&app.call_coingate(Method::GET, &format!("{path}/4711"), &[]).await, (404, "RefundNotFound", "not_found"));
        refused(&app.call_coingate(Method::GET, "/v2/ledger/accounts/x", &[]).await, (404, "LedgerAccountNotFound", "not_found"));
        refused(&app.call_coingate(Method::GET, "/v2/nothing", &[]).await, (404, "PageNotFound", "not_found"));
        refused(&app.call_coingate(Method::DELETE, "/v2/orders", &[]).await, (404, "PageNotFound", "not_found"));
        let (long, far) = ("x".repeat(2_001), format!("https://shop.example/{}", "x".repeat(2_000)));
        for (name, value, code) in [
            ("price_currency", "XXX", "currency_unknown"),
            ("price_amount", "0", "amount_not_positive"),
            ("callback_url", "ftp://x", "webhook_url_invalid"),
            ("success_url", "ftp://x", "text_invalid"),
            ("success_url", "https://shop.example/a\nb", "text_invalid"),
            ("cancel_url", "https://shop.example/a b", "text_invalid"),
            ("cancel_url", &far, "text_invalid"),
            ("title", &long, "text_invalid"),
            ("title", "No", "text_invalid"),
            ("description", &long, "text_invalid"),
            ("order_id", &long, "text_invalid"),
            ("token", &long, "text_invalid"),
            ("purchaser_email", "nobody", "email_invalid"),
        ] {
            let mut fields = ORDER.to_vec();
            fields.retain(|(field, _)| *field != name);
            fields.push((name, value));
            refused(&app.call_coingate(Method::POST, "/v2/orders", &fields).await, (422, "OrderIsNotValid", code));
        }
        assert_eq!(app.row_counts().await, rows);
    }

    async fn orders_of_other_merchants_are_not_found(app: &TestApp) {
        let number = paid_order(app).await;
        let other =
            requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let key = app.key_of(other, "theirs").await;
        let mut stranger = app.clone();
        stranger.api_key = key;
        let order = stranger.call_coingate(Method::GET, &format!("/v2/orders/{number}"), &[]).await;
        refused(&order, (404, "OrderNotFound", "not_found"));
        assert_eq!(get(&stranger, "/v2/orders").await["total_orders"], 0);
        assert_eq!(get(&stranger, "/v2/ledger/accounts").await["total_accounts"], 0);
        let mut unknown = app.clone();
        unknown.api_key = "rq_sandbox_x".to_owned();
        let answer = unknown.call_coingate(Method::GET, "/v2/auth/test", &[]).await;
        refused(&answer, (401, "BadAuthToken", "invalid_api_key"));
    }
}

#[tokio::test]
async fn the_coins_that_can_be_sent_are_those_of_the_domain() {
    let app = TestApp::new(Engine::Sqlite).await;
    let all = get(&app, "/v2/refunds/supported-currencies").await;
    let mut pairs = BTreeSet::new();
    for currency in all.as_array().unwrap() {
        for platform in currency["platforms"].as_array().unwrap() {
            pairs.insert((currency["id"].as_i64().unwrap(), platform["id"].as_i64().unwrap()));
        }
    }
    let expected: BTreeSet<_> = Network::all()
        .flat_map(|network| network.coins().iter().map(move |(coin, _)| (currency_id(*coin), platform_id(network))))
        .collect();
    assert_eq!(pairs, expected);
    let numbers: BTreeSet<_> = Currency::all().map(currency_id).collect();
    assert_eq!(numbers.len(), Currency::all().len(), "no number twice");
    let numbers: BTreeSet<_> = Network::all().map(platform_id).collect();
    assert_eq!(numbers.len(), Network::all().len(), "no number twice");
    assert!(get(&app, "/v2/refunds/supported-currencies").await.to_string().contains("\"USDC\""));
}

#[test]
fn each_balance_has_a_unique_name() {
    let merchant = requite::domain::ids::MerchantId(Uuid::now_v7());
    for currency in Currency::all() {
        let id = account_id(merchant, currency);
        assert_eq!((id.len(), currency_of_account(merchant, &id)), (26, Some(currency)));
        assert_eq!(currency_of_account(requite::domain::ids::MerchantId(Uuid::now_v7()), &id), None);
    }
}
