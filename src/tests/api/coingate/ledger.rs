//! Account statements: balance changes and the balances after them.

use super::{get, paid_order, refund, refund_fields, refused};
use crate::support::money;
use axum::http::Method;
use chrono::Duration;
use requite::{
    chain::sandbox::rejecting_address,
    domain::{
        address::network::Network,
        intents::payment::PaymentStatus,
        money::currency::Currency::{Eur, Usd},
    },
    wire::coingate::account_id,
};
use serde_json::{Value, json};

fn rows(list: &Value) -> Vec<(String, String, String, String)> {
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let entries = list["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            (
                text(entry, "type"),
                text(entry, "debited_amount"),
                text(entry, "credited_amount"),
                text(entry, "closing_balance"),
            )
        })
        .collect()
}

fn row(kind: &str, incoming: &str, outgoing: &str, closing: &str) -> (String, String, String, String) {
    (kind.to_owned(), incoming.to_owned(), outgoing.to_owned(), closing.to_owned())
}

on_both_engines! {
    async fn changes_without_an_order_affect_balances_and_are_not_listed_as_orders(app: &TestApp) {
        let intent = app.continuous_intent(Usd, Network::Base).await;
        app.pay(&intent, Some(money("100", Usd)), PaymentStatus::Paid).await.unwrap();
        app.advance(Duration::minutes(1));
        app.refund(&app.order(&intent, "40")).await.unwrap();
        let next = paid_order(app).await;
        assert_eq!(next, intent.order_number + 1, "one sequence of numbers");
        assert_eq!(get(app, "/v2/orders").await["total_orders"], 1);
        let missing = app.call_coingate(Method::GET, &format!("/v2/orders/{}", intent.order_number), &[]).await;
        assert_eq!(missing.status.as_u16(), 404, "{}", missing.text());
        let refunds = get(app, "/v2/refunds").await;
        assert_eq!((&refunds["total_refunds"], &refunds["refunds"]), (&json!(0), &json!([])));
        let list = get(app, "/v2/ledger/transactions?sort=created_at_asc&currency=USDC").await;
        let rows: Vec<_> = list["entries"].as_array().unwrap().iter().take(3).map(|entry| {
            (entry["purpose"].as_str().unwrap().to_owned(), entry["source_type"].clone(), entry["source_id"].clone())
        }).collect();
        let number = intent.order_number;
        let refund = format!("Refund 1 of continuous payment intent {number}");
        assert_eq!(rows, [
            (format!("Payment of continuous payment intent {number}"), Value::Null, Value::Null),
            (format!("Processing fee of continuous payment intent {number}"), Value::Null, Value::Null),
            (refund, json!("MerchantRefund"), json!("1")),
        ]);
        let of_order = get(app, &format!("/v2/ledger/transactions?source_type=Order&source_id={number}")).await;
        assert_eq!(of_order["entries"], json!([]));
    }

    async fn a_statement_lists_every_change_with_the_balance_after_it(app: &TestApp) {
        app.fund("500", Usd).await;
        app.advance(Duration::hours(1));
        // A hundred euros, less a fee of 0.9 percent.
        let number = paid_order(app).await;
        app.advance(Duration::hours(1));
        let done = refund(app, number, &refund_fields(app, "40", Usd, Network::Base, Usd)).await;
        app.settle().await;
        app.advance(Duration::hours(1));
        let mut fields = refund_fields(app, "10", Usd, Network::Base, Usd);
        for (name, value) in &mut fields {
            if *name == "address" {
                *value = rejecting_address(Network::Base);
            }
        }
        let failed = refund(app, number, &fields).await;
        app.advance(Duration::minutes(1));
        app.settle().await;

        let list = get(app, "/v2/ledger/transactions?sort=created_at_asc&currency=USDC").await;
        let fee = "0.02";
        let expected = vec![
            row("deposit", "500.00", "0.00", "500.00"),
            row("merchant_refund", "0.00", "43.20", "456.80"),
            row("fee", "0.00", fee, "456.78"),
            row("merchant_refund", "0.00", "10.80", "445.98"),
            row("fee", "0.00", fee, "445.96"),
            row("merchant_refund", "10.80", "0.00", "456.76"),
            row("fee", fee, "0.00", "456.78"),
        ];
        assert_eq!(rows(&list), expected);
        assert_eq!((&list["total_entries"], &list["total_pages"], &list["sort"], &list["currency"]), (&json!(7), &json!(1), &json!("created_at_asc"), &json!("USDC")));
        let balances = app.requite.store.balances(app.merchant).await.unwrap();
        let dollars = balances.iter().find(|balance| balance.available.currency() == Usd).unwrap();
        assert_eq!(dollars.available, money("456.78", Usd), "the last line is what there is");

        // Pages are parts of the same statement, newest first unless requested otherwise.
        let mut paged = Vec::new();
        for page in 1..=3 {
            paged.extend(rows(&get(app, &format!("/v2/ledger/transactions?currency=USDC&per_page=3&page={page}")).await));
        }
        paged.reverse();
        assert_eq!(paged, expected);

        // Filtered by subject.
        let of_order = get(app, &format!("/v2/ledger/transactions?source_type=Order&source_id={number}&sort=created_at_asc")).await;
        let types: Vec<_> = rows(&of_order).into_iter().map(|entry| entry.0).collect();
        assert_eq!(types, ["merchant_order", "fee"]);
        let entry = &of_order["entries"][0];
        assert_eq!((&entry["source_type"], &entry["source_id"], &entry["currency"]["symbol"]), (&json!("Order"), &json!(number.to_string()), &json!("EURC")));
        assert_eq!(entry["account"]["id"], account_id(app.merchant, Eur));
        assert_eq!(entry["purpose"], format!("Payment of order {number}"));
        let of_refund = get(app, &format!("/v2/ledger/transactions?source_type=MerchantRefund&source_id={}", failed["id"])).await;
        assert_eq!(of_refund["total_entries"], 4);
        assert_eq!(of_refund["entries"][0]["purpose"], format!("Fee of refund {} of order {number}, given back because it was not sent", failed["id"]));
        let of_done = get(app, &format!("/v2/ledger/transactions?source_type=MerchantRefund&source_id={}", done["id"])).await;
        assert_eq!(of_done["total_entries"], 2);
        let all = get(app, "/v2/ledger/transactions?currency=all").await;
        assert_eq!((&all["currency"], &all["date_from"], &all["date_to"]), (&json!("all"), &json!(""), &json!("")));
        assert_eq!(get(app, "/v2/ledger/transactions").await, all);
        // Filtered by time.
        let early = get(app, "/v2/ledger/transactions?date_to=2026-11-23T08:30:00Z").await;
        assert_eq!((&early["total_entries"], &early["entries"][0]["type"]), (&json!(1), &json!("deposit")));
        let later = get(app, "/v2/ledger/transactions?date_from=2026-11-23T10:30:00Z").await;
        assert_eq!(later["total_entries"], 4);

        // Filtered by account, also in the spelling of the official client.
        for entry in list["entries"].as_array().unwrap() {
            let id = entry["id"].as_str().unwrap();
            assert_eq!(&get(app, &format!("/v2/ledger/transactions/{id}")).await, entry);
            assert_eq!(&get(app, &format!("/v2/ledger/transactions/{}", id.to_lowercase())).await, entry);
        }
    }

    async fn entries_are_in_the_order_of_the_balances_whatever_clocks_say(app: &TestApp) {
        app.fund("500", Usd).await;
        // The clock of another server is behind.
        app.clock.jump(-Duration::minutes(1));
        app.fund("20", Eur).await;
        app.fund("1", Usd).await;
        app.clock.jump(Duration::minutes(2));
        let list = get(app, "/v2/ledger/transactions?sort=created_at_asc").await;
        let closings: Vec<_> = rows(&list).into_iter().map(|entry| entry.3).collect();
        assert_eq!(closings, ["500.00", "20.00", "501.00"]);
        let times: Vec<_> = list["entries"].as_array().unwrap().iter().map(|entry| &entry["created_at"]).collect();
        assert_eq!(times, [times[0]; 3], "none is earlier than the one before it");
        app.fund("2", Usd).await;
        for (query, closings, total) in [
            ("currency=USDC", vec!["503.00", "501.00", "500.00"], 3),
            ("currency=USDC&per_page=2&page=2", vec!["500.00"], 3),
            ("currency=USDC&per_page=2&page=2&sort=created_at_asc", vec!["503.00"], 3),
            ("currency=USDC&per_page=2&page=3", vec![], 3),
            ("per_page=3&page=2&sort=created_at_asc", vec!["503.00"], 4),
            ("per_page=3&page=2147483647", vec![], 4),
            ("date_from=2026-11-23T08:00:30Z", vec!["503.00"], 1),
            ("date_to=2026-11-23T08:00:30Z&currency=EURC", vec!["20.00"], 1),
            ("date_from=2026-11-23T08:00:10Z&date_to=2026-11-23T08:00:30Z", vec![], 0),
            ("date_to=2026-11-23T07:59:30Z", vec![], 0),
            ("currency=ETH", vec![], 0),
        ] {
            let list = get(app, &format!("/v2/ledger/transactions?{query}")).await;
            let found: Vec<_> = rows(&list).into_iter().map(|entry| entry.3).collect();
            assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>(), &list["total_entries"]), (closings, &json!(total)), "{query}");
        }
    }

    async fn a_statement_reports_invalid_filters_and_hides_other_merchants(app: &TestApp) {
        app.fund("500", Usd).await;
        let id = get(app, "/v2/ledger/transactions").await["entries"][0]["id"].as_str().unwrap().to_owned();
        for query in ["source_type=Order", "source_id=1", "source_type=Fee", "source_type=Trade&source_id=1", "source_type=Order&source_id=x", "currency=XXX", "sort=amount_asc", "date_from=never"] {
            let answer = app.call_coingate(Method::GET, &format!("/v2/ledger/transactions?{query}"), &[]).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["reason"]), (422, &json!("UnprocessableEntity")), "{query}");
        }
        for kind in ["Fee", "Withdrawal"] {
            let list = get(app, &format!("/v2/ledger/transactions?source_type={kind}&source_id=1")).await;
            assert_eq!((&list["total_entries"], &list["total_pages"], &list["entries"]), (&json!(0), &json!(0), &json!([])), "{kind}");
        }
        for unknown in ["x", "00000000000000000000000000", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ"] {
            let answer = app.call_coingate(Method::GET, &format!("/v2/ledger/transactions/{unknown}"), &[]).await;
            refused(&answer, (404, "RecordNotFound", "not_found"));
        }
        let other =
            requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let mut stranger = app.clone();
        stranger.api_key = app.key_of(other, "theirs").await;
        assert_eq!(get(&stranger, "/v2/ledger/transactions").await["total_entries"], 0);
        let answer = stranger.call_coingate(Method::GET, &format!("/v2/ledger/transactions/{id}"), &[]).await;
        refused(&answer, (404, "RecordNotFound", "not_found"));
    }
}
