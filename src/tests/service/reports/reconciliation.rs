//! A day's reconciliation report against a real ledger and the sandbox chain, with and without damage to either.

use crate::support::{CUSTOMER, Engine, TestApp, money};
use axum::http::StatusCode;
use chrono::{Duration, NaiveDate};
use requite::{
    domain::{
        address::network::Network,
        money::currency::Currency::{Eth, Eur, Usd},
        reports::reconciliation::{ComparedSum, Reconciliation},
    },
    languages::Language,
    service::reports::reconciliation,
    texts::reconciliation::of_finding,
};
use rust_decimal::Decimal;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

async fn report(app: &TestApp, day: NaiveDate) -> Reconciliation {
    reconciliation::of_day(app.store(), &app.context(), app.requite.payouts(), &app.viewer, day).await.unwrap()
}

async fn findings(app: &TestApp, day: NaiveDate) -> Vec<String> {
    let differences = report(app, day).await.differences;
    differences.iter().map(|difference| of_finding(Language::english(), &difference.finding)).collect()
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

on_both_engines! {
    async fn a_day_without_faults_reconciles_to_the_last_unit(app: &TestApp) {
        app.fund("1000", Usd).await;
        let dollars = app.paid_intent("100", Usd, Network::Base).await;
        let ether = app.paid_intent("0.5", Eth, Network::Base).await;
        app.refund(&app.order(&dollars, "40")).await.unwrap();
        let mut converted = app.order(&ether, "0.01");
        converted.funding = Usd;
        let converted = app.refund(&converted).await.unwrap();
        app.settle().await;
        let waiting = app.refund(&app.order(&dollars, "10")).await.unwrap();
        let today = report(app, TODAY).await;
        assert_eq!(today.differences, []);
        assert!(today.comparisons.iter().all(requite::domain::reports::reconciliation::Comparison::is_balanced));
        let sums: Vec<_> = today.comparisons.iter().map(|line| (line.what, line.currency, line.records)).collect();
        let taken = decimal("40.02") + converted.terms.total.amount();
        assert_eq!(sums, [
            (ComparedSum::Credited, Usd, decimal("99.1")),
            (ComparedSum::Taken, Usd, taken.normalize()),
            (ComparedSum::Sent, Usd, decimal("40")),
            (ComparedSum::Credited, Eth, decimal("0.4955")),
            (ComparedSum::Sent, Eth, decimal("0.01")),
        ]);
        let held = today.holdings.iter().find(|line| line.currency == Usd).unwrap();
        let closing = decimal("1099.1") - taken;
        assert_eq!((held.opening, held.funding, held.closing), (decimal("0"), decimal("1000"), closing.normalize()));

        // The next day opens with this day's closing balances, and this day's report does not change.
        app.advance(Duration::days(1));
        app.settle().await;
        assert_eq!(report(app, TODAY).await, today);
        let tomorrow = report(app, TODAY.succ_opt().unwrap()).await;
        let next = tomorrow.holdings.iter().find(|line| line.currency == Usd).unwrap();
        assert_eq!((next.opening, next.refunds), (held.closing, waiting.terms.total.amount().normalize()));
        assert_eq!(tomorrow.differences, []);
        let before = report(app, TODAY.pred_opt().unwrap()).await;
        assert_eq!((before.comparisons, before.differences), (vec![], vec![]));
    }

    async fn a_transfer_completed_after_midnight_is_not_a_difference(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.advance(Duration::hours(16) - Duration::seconds(2));
        app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        assert_eq!(findings(app, TODAY).await, Vec::<String>::new());
        let tomorrow = report(app, TODAY.succ_opt().unwrap()).await;
        assert_eq!(tomorrow.differences, []);
        assert_eq!(tomorrow.comparisons.len(), 2);
    }

    async fn transfers_of_another_merchant_are_ignored(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let other =
            requite::service::people::team::merchant_named(app.store(), &app.context(), "Other").await.unwrap().id;
        let actor = requite::domain::people::actor::Actor::System { merchant: other };
        let theirs = reconciliation::of_day(app.store(), &app.context(), app.requite.payouts(), &actor, TODAY)
            .await
            .unwrap();
        assert_eq!((theirs.differences, theirs.comparisons), (vec![], vec![]));
    }
}

/// A day with a payment and a completed refund, damaged by the statement.
async fn day_with_damage(engine: Engine, table: &str, sql: &str) -> Vec<String> {
    let app = TestApp::new(engine).await;
    app.fund("10", Eur).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    assert_eq!(findings(&app, TODAY).await, Vec::<String>::new());
    app.unprotect(table).await;
    assert!(app.tamper(sql).await.unwrap() > 0, "{sql}");
    findings(&app, TODAY).await
}

on_each_engine! {
    async fn each_kind_of_difference_is_an_item(engine: Engine) {
        let forty = if engine == Engine::Sqlite { "'0000000041.000000000000000000'" } else { "41" };
        let other = "'00000000-0000-7000-8000-000000000000'";
        let cases = [
            (
                "ledger_transactions",
                format!("update ledger_transactions set subject_id = {other} where movement = 'payment_settled'"),
                vec!["was not booked", "credits a payment that was not paid"],
            ),
            (
                "ledger_transactions",
                format!("update ledger_transactions set subject_id = {other} where movement = 'refund_completed'"),
                vec!["The refund of 40.00 USD was not booked", "pays out a refund that was not completed"],
            ),
            (
                "ledger_postings",
                format!("update ledger_postings set amount = {forty} where kind = 'paid_out'"),
                vec!["booked on terms other than its own"],
            ),
            ("payments", format!("update payments set amount = {forty}"), vec!["was booked as 100"]),
            (
                "sandbox_transfers",
                format!("update sandbox_transfers set amount = {forty}"),
                vec!["the chain sent 41.00 USD"],
            ),
            (
                "sandbox_transfers",
                "update sandbox_transfers set address = '0x0'".to_owned(),
                vec!["to another address"],
            ),
            (
                "sandbox_transfers",
                "update sandbox_transfers set transaction_hash = '0x0'".to_owned(),
                vec!["a different transaction"],
            ),
            ("sandbox_transfers", "update sandbox_transfers set outcome = 'reject'".to_owned(), vec!["it was rejected"]),
            (
                "sandbox_transfers",
                format!("update sandbox_transfers set transfer_id = {other}"),
                vec!["the chain has no transfer for it", "there is no such refund"],
            ),
            (
                "refunds",
                "update refunds set status = 'processing'".to_owned(),
                vec!["the refund is processing", "pays out a refund that was not completed"],
            ),
        ];
        for (table, sql, expected) in cases {
            let found = day_with_damage(engine, table, &sql).await;
            assert_eq!(found.len(), expected.len(), "{sql}: {found:?}");
            for words in expected {
                assert!(found.iter().any(|finding| finding.contains(words)), "{sql}: {found:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_report_is_available_as_a_page_and_a_file() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    assert_eq!(app.reload(intent).await.refunded, money("40", Usd));
    let console = app.sign_in("viewer@example.com").await;
    let page = console.get("/reconciliation").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("Everything is explained") && page.text().contains("Reconciliation of 23 November 2026")
    );
    let file = console.get("/reconciliation.csv?day=2026-11-23").await.text();
    assert!(file.contains("agree,Sent to customers,USD,40,40,40,"), "{file}");
    assert!(file.contains("held,held at the end,USD,,59.08,,"), "{file}");
    assert!(!file.contains(CUSTOMER));
    app.tamper("update sandbox_transfers set address = '0x0'").await.unwrap();
    assert!(console.get("/reconciliation?day=2026-11-23").await.text().contains("to another address"));
    let file = console.get("/reconciliation.csv?day=2026-11-23").await.text();
    assert!(file.contains("not explained,The chain sent it to another address."), "{file}");
    assert_eq!(console.get("/reconciliation?day=+262142-12-31").await.status, StatusCode::OK);
}
