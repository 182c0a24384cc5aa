//! Lists of orders, and the details of one order.

use super::{ORDER, get, intent_of, paid_order, post, refund, refund_fields, refused};
use crate::support::TestApp;
use axum::http::Method;
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        intents::{order::OrderStatus, payment::PaymentStatus},
        money::{
            Money,
            currency::Currency::{Btc, Eth, Eur, Usd},
        },
        names::Named,
    },
    store::intents::orders::{NumberedPage, OrderFilter},
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn new_order(app: &TestApp) -> i64 {
    post(app, "/v2/orders", &ORDER).await["id"].as_i64().unwrap()
}

async fn checked_out(app: &TestApp) -> i64 {
    let number = new_order(app).await;
    post(app, &format!("/v2/orders/{number}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
    number
}

/// Orders in every status except invalid, which no chain produces.
async fn orders_of_each_kind(app: &TestApp) {
    app.fund("5000", Usd).await;
    checked_out(app).await;
    new_order(app).await;
    let canceled = [new_order(app).await, checked_out(app).await];
    for number in canceled {
        let page = app.requite.store.order(app.merchant, number).await.unwrap().page;
        requite::service::intents::pay_page::cancel(app.store(), &app.context(), page, None).await.unwrap();
    }
    app.advance(Duration::hours(3));
    app.work().await;
    new_order(app).await;
    checked_out(app).await;
    let confirming = checked_out(app).await;
    app.pay(&intent_of(app, confirming).await, None, PaymentStatus::Pending).await.unwrap();
    let underpaid = checked_out(app).await;
    let intent = intent_of(app, underpaid).await;
    let part = Money::parse("0.001", intent.currency()).unwrap();
    app.pay(&intent, Some(part), PaymentStatus::Paid).await.unwrap();
    paid_order(app).await;
    for amounts in [&["40"][..], &["100"]] {
        let number = paid_order(app).await;
        for amount in amounts {
            refund(app, number, &refund_fields(app, amount, Eth, Network::Base, Usd)).await;
        }
        app.settle().await;
    }
    // Partly paid, and refunded before or after the payment arrived: the order was never paid.
    let part = Money::parse("0.01", Eth).unwrap();
    for arrives in [false, true] {
        let number = checked_out(app).await;
        app.pay(&intent_of(app, number).await, Some(part), PaymentStatus::Paid).await.unwrap();
        let made = refund(app, number, &refund_fields(app, "10", Eth, Network::Base, Usd)).await;
        if arrives {
            app.settle().await;
        } else {
            let path = format!("/v2/orders/{number}/refunds/{}/mark-as-rejected", made["id"]);
            app.call_coingate(Method::PATCH, &path, &[]).await.json();
            assert_eq!(get(app, &format!("/v2/orders/{number}")).await["status"], "expired");
        }
    }
    let on_its_way = paid_order(app).await;
    refund(app, on_its_way, &refund_fields(app, "10", Eth, Network::Base, Usd)).await;
}

fn numbers(orders: &Value) -> BTreeSet<i64> {
    orders["orders"].as_array().unwrap().iter().map(|order| order["id"].as_i64().unwrap()).collect()
}

/// An order of 100 euros that is credited in bitcoin, paid in ether.
async fn order_for_bitcoin(app: &TestApp) -> i64 {
    let mut fields = ORDER.to_vec();
    fields.retain(|(name, _)| *name != "receive_currency");
    fields.push(("receive_currency", "BTC"));
    let number = post(app, "/v2/orders", &fields).await["id"].as_i64().unwrap();
    post(app, &format!("/v2/orders/{number}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
    number
}

on_both_engines! {
    async fn the_received_amount_is_the_credited_amount(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = order_for_bitcoin(app).await;
        let received = async || get(app, &format!("/v2/orders/{number}")).await["receive_amount"].as_str().unwrap().to_owned();
        assert_eq!(received().await, "0");
        let intent = intent_of(app, number).await;
        let pending = app.pay(&intent, None, PaymentStatus::Pending).await.unwrap();
        assert_eq!(received().await, "0", "nothing is credited yet");
        let first = app.finish(pending.id, PaymentStatus::Paid).await.unwrap();
        assert_eq!(first.settlement.currency(), Btc);
        assert_eq!(received().await, first.settlement.number());
        // An overpayment is credited too.
        let more = Money::parse("0.01", Eth).unwrap();
        let second = app.pay(&intent, Some(more), PaymentStatus::Paid).await.unwrap();
        let both = first.settlement.plus(second.settlement).unwrap();
        assert_eq!(received().await, both.number());
        // Refunds do not reduce it, and later payments are not credited.
        refund(app, number, &refund_fields(app, "40", Eth, Network::Base, Usd)).await;
        app.settle().await;
        app.pay(&intent, Some(more), PaymentStatus::Paid).await.unwrap();
        let order = get(app, &format!("/v2/orders/{number}")).await;
        assert_eq!((&order["status"], &order["receive_currency"]), (&json!("partially_refunded"), &json!("BTC")));
        assert_eq!(order["receive_amount"], both.number());
        post(app, "/v2/orders", &ORDER).await;
        let listed = get(app, "/v2/orders?sort=created_at_asc").await;
        let listed: Vec<_> = listed["orders"].as_array().unwrap().iter().map(|order| &order["receive_amount"]).collect();
        assert_eq!(listed, [&json!(both.number()), &json!("0")]);
    }

    /// The plugins for WooCommerce, PrestaShop, Magento and WHMCS send no `receive_currency`.
    async fn without_a_receive_currency_nothing_is_converted(app: &TestApp) {
        let fields = [("price_amount", "10.50"), ("price_currency", "EUR"), ("title", "Shop Order #7")];
        let order = post(app, "/v2/orders", &fields).await;
        assert_eq!((&order["do_not_convert"], &order["receive_currency"]), (&json!(true), &json!("DO_NOT_CONVERT")));
        let path = format!("/v2/orders/{}", order["id"]);
        post(app, &format!("{path}/checkout"), &[("pay_currency", "ETH"), ("platform_id", "4")]).await;
        let intent = intent_of(app, order["id"].as_i64().unwrap()).await;
        assert_eq!(intent.settlement_currency, Eth);
    }

    async fn a_coin_is_chosen_with_an_address_and_without_lightning(app: &TestApp) {
        let number = new_order(app).await;
        let path = format!("/v2/orders/{number}/checkout");
        let choose = |more: &'static [(&'static str, &'static str)]| {
            let mut fields = vec![("pay_currency", "BTC")];
            fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
            fields.extend(more);
            let path = path.clone();
            async move { app.call_coingate(Method::POST, &path, &fields).await }
        };
        let purchaser = async || app.requite.store.order(app.merchant, number).await.unwrap().text.purchaser_email;
        refused(&choose(&[("lightning_network", "true")]).await, (422, "OrderIsNotValid", "network_unknown"));
        refused(&choose(&[("purchaser_email", "nobody")]).await, (422, "OrderIsNotValid", "email_invalid"));
        // EUR and USD are price currencies, not coins.
        for (fiat, coin) in [("EUR", "EURC"), ("usd", "USDC")] {
            let fields: &[_] = if fiat == "EUR" { &[("pay_currency", "EUR")] } else { &[("pay_currency", "usd")] };
            let body = refused(&choose(fields).await, (422, "OrderIsNotValid", "currency_unknown"));
            assert!(body["message"].as_str().unwrap().contains(coin), "{body}");
        }
        refused(&choose(&[("pay_currency", "DOGE")]).await, (422, "OrderIsNotValid", "currency_unknown"));
        assert_eq!((get(app, &format!("/v2/orders/{number}")).await["status"].clone(), purchaser().await), (json!("new"), None));
        let order = choose(&[("lightning_network", "false"), ("purchaser_email", "ann@example.com")]).await.json();
        assert_eq!((&order["status"], &order["lightning_network"]), (&json!("pending"), &json!(false)));
        assert_eq!(purchaser().await.as_deref(), Some("ann@example.com"));
        // A refused second choice does not change it.
        assert_eq!(choose(&[("purchaser_email", "eve@example.com")]).await.status, 422);
        assert_eq!(purchaser().await.as_deref(), Some("ann@example.com"));
        let euros = new_order(app).await;
        let order = post(app, &format!("/v2/orders/{euros}/checkout"), &[("pay_currency", "eurc")]).await;
        assert_eq!(order["pay_currency"], "EURC");
    }

    async fn a_status_filter_matches_the_status_that_orders_show(app: &TestApp) {
        orders_of_each_kind(app).await;
        let mut seen = BTreeSet::new();
        for later in [Duration::zero(), Duration::minutes(21), Duration::hours(3)] {
            app.advance(later);
            let now = app.requite.context().now;
            let page = NumberedPage { number: 1, size: 100, oldest_first: false };
            let (all, _) = app.requite.store.orders(app.merchant, &OrderFilter::default(), page).await.unwrap();
            for status in OrderStatus::all() {
                let expected: BTreeSet<_> =
                    all.iter().filter(|order| order.status(now) == status).map(|order| order.number).collect();
                let found = get(app, &format!("/v2/orders?status={}", status.as_str())).await;
                assert_eq!(numbers(&found), expected, "{} at {now}", status.as_str());
                assert_eq!(found["total_orders"], json!(expected.len()));
                if !expected.is_empty() {
                    seen.insert(status.as_str());
                }
            }
        }
        let kinds = ["new", "pending", "confirming", "paid", "expired", "canceled", "refunded", "partially_refunded"];
        assert_eq!(seen, BTreeSet::from(kinds));
        let wrong = app.call_coingate(Method::GET, "/v2/orders?status=lost", &[]).await;
        refused(&wrong, (422, "OrderIsNotValid", "filter_invalid"));
    }

    async fn orders_are_filtered_by_payment_time(app: &TestApp) {
        let first = paid_order(app).await;
        checked_out(app).await;
        app.advance(Duration::days(2));
        let second = paid_order(app).await;
        let paid_at = |order: &Value| order["paid_at"].as_str().map(str::to_owned);
        let order = get(app, &format!("/v2/orders/{first}")).await;
        let context = paid_at(&order).unwrap();
        let escaped = context.replace('+', "%2B");
        let from = get(app, &format!("/v2/orders?paid_at[from]={escaped}")).await;
        assert_eq!(numbers(&from), BTreeSet::from([first, second]));
        let to = get(app, &format!("/v2/orders?paid_at[to]={escaped}")).await;
        assert_eq!(numbers(&to), BTreeSet::from([first]));
        assert!(to["orders"].as_array().unwrap().iter().all(|order| paid_at(order).is_some()));
    }

    async fn an_order_shows_its_payments_and_status_changes(app: &TestApp) {
        let number = paid_order(app).await;
        let order = get(app, &format!("/v2/orders/{number}")).await;
        let deposit = &order["blockchain_transactions"][0];
        assert_eq!((&deposit["amount"], &deposit["status"]), (&order["pay_amount"], &json!("confirmed")));
        assert_eq!((&deposit["currency"]["symbol"], &deposit["network_confirmations"]), (&json!("ETH"), &json!(1)));
        assert_eq!(deposit["currency"]["platform"], json!({ "id": 4, "title": "Base" }));
        assert!(deposit["id"].as_i64().is_some_and(|id| id > 0 && id < 1 << 53), "{deposit}");
        let changes = order["ledger_transactions"].as_array().unwrap();
        let listed = get(app, &format!("/v2/ledger/transactions?source_type=Order&source_id={number}&sort=created_at_asc")).await;
        let listed = listed["entries"].as_array().unwrap();
        assert!(!changes.is_empty() && changes.len() == listed.len(), "{order}");
        for (change, entry) in changes.iter().zip(listed) {
            for name in ["id", "type", "credited_amount", "debited_amount", "purpose"] {
                assert_eq!(change[name], entry[name], "{name}");
            }
        }
        let fresh = post(app, "/v2/orders", &ORDER).await;
        assert_eq!((&fresh["paid_at"], &fresh["conversion_rate"], &fresh["payment_gateway"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!((&fresh["blockchain_transactions"], &fresh["ledger_transactions"]), (&json!([]), &json!([])));
    }

    /// The members that the clients read, with the values that CoinGate's document shows for each status.
    async fn an_order_says_what_coingates_document_says(app: &TestApp) {
        app.fund("500", Eur).await;
        let fields = [("price_amount", "100"), ("price_currency", "EUR"), ("receive_currency", "EUR"), ("title", "Two chairs")];
        let order = post(app, "/v2/orders", &fields).await;
        let path = format!("/v2/orders/{}", order["id"]);
        let amounts = |order: &Value| ["receive_amount", "underpaid_amount", "overpaid_amount"].map(|name| order[name].as_str().unwrap().to_owned());
        assert_eq!(amounts(&order), ["0", "0", "0"]);
        assert!(order["payment_url"].as_str().unwrap().ends_with(order["uuid"].as_str().unwrap()));
        let pending = post(app, &format!("{path}/checkout"), &[("pay_currency", "BTC")]).await;
        let asked = pending["pay_amount"].as_str().unwrap();
        assert_eq!(amounts(&pending), ["0", asked, "0"], "the whole amount is missing");
        assert_eq!((&pending["uuid"], &pending["payment_gateway"]), (&order["uuid"], &json!("coingate")));
        let uri = format!("bitcoin:{}?amount={asked}", pending["payment_address"].as_str().unwrap());
        assert_eq!(pending["payment_request_uri"], uri);
        // A bitcoin costs 97,250 dollars and a euro 1.08. What is asked was rounded up to a whole satoshi.
        let rate: Decimal = pending["conversion_rate"].as_str().unwrap().parse().unwrap();
        assert!((rate - Decimal::new(9_004_629, 2)).abs() < Decimal::ONE, "{rate}");
        let number = order["id"].as_i64().unwrap();
        let more = Money::parse(asked, Btc).unwrap().plus(Money::parse("0.001", Btc).unwrap()).unwrap();
        app.pay(&intent_of(app, number).await, Some(more), PaymentStatus::Paid).await.unwrap();
        let paid = get(app, &path).await;
        assert_eq!(amounts(&paid), ["188.335893", "0", "0.001"]);
        assert!(paid["payment_request_uri"].is_null(), "nobody is asked to pay again");
        // Its refunds are complete, as in the list of refunds.
        refund(app, number, &refund_fields(app, "40", Eth, Network::Base, Eur)).await;
        app.settle().await;
        refund(app, number, &refund_fields(app, "10", Eth, Network::Base, Eur)).await;
        let listed = get(app, &format!("{path}/refunds")).await;
        let mut listed = listed["refunds"].as_array().unwrap().clone();
        listed.reverse();
        assert_eq!((listed.len(), &get(app, &path).await["refunds"]), (2, &json!(listed)));
        assert_eq!(get(app, "/v2/orders").await["orders"][0]["refunds"], json!(listed));
        for member in ["id", "request_amount", "refund_amount", "address", "memo", "status", "created_at", "order", "refund_currency", "transactions", "ledger_account"] {
            assert!(listed[0].get(member).is_some(), "{member}");
        }
    }
}
