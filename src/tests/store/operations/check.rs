//! `requite check` finds each kind of damage and names the violated invariant.

use crate::support::{Engine, TestApp};
use requite::domain::{
    address::network::Network,
    money::currency::Currency::Usd,
    refunds::{confirmation::Answer, refund::Refund},
    reports::month::Month,
};

/// One completed refund and one that is processing.
async fn app_with_refunds(engine: Engine) -> TestApp {
    let app = TestApp::new(engine).await;
    app.continuous_intent(Usd, Network::Base).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    app.refund(&app.order(&intent, "40")).await.unwrap();
    app.settle().await;
    app.refund(&app.order(&intent, "5")).await.unwrap();
    app.work().await;
    app.assert_invariants().await;
    app
}

/// Damages the database by force and returns the violated invariants.
async fn damage(app: &TestApp, sql: &str) -> Vec<u8> {
    assert!(app.tamper(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}")) > 0, "{sql} changed nothing");
    let findings = app.check().await;
    let mut found: Vec<u8> = findings.violations.iter().map(|violation| violation.invariant).collect();
    found.dedup();
    found
}

async fn finds_every_damage(engine: Engine) {
    // A number in the storage format of each engine.
    let number = |text: &str| match engine {
        Engine::Sqlite => format!("'{text:0>10}.000000000000000000'"),
        Engine::Postgres => text.to_owned(),
    };
    let seven = number("7");
    let another = "'00000000-0000-7000-8000-000000000000'";
    let cases = [
        (1, format!("update payments set amount = {seven}")),
        (2, format!("update ledger_accounts set balance = {seven} where kind = 'fees'")),
        (2, format!("update ledger_accounts set balance = {seven} where kind = 'reserved'")),
        (2, format!("update balance_entries set closing = {seven} where number = 2")),
        (2, "update balance_entries set number = 9 where number = 2".to_owned()),
        (2, "update balance_entries set currency_number = 9 where number = 2".to_owned()),
        (2, "update balance_entries set movement = 'sandbox_funding' where number = 1".to_owned()),
        (2, "delete from balance_entries where number = (select max(number) from balance_entries)".to_owned()),
        (4, format!("update idempotency_records set resource_id = {another} where operation = 'refund.create'")),
        (5, "update refund_timeline set seq = 9 where status = 'pending'".to_owned()),
        (5, "update intent_timeline set status = 'active' where status = 'complete'".to_owned()),
        (6, "update payment_intents set status = 'complete', context = 'paid' where status = 'refunded'".to_owned()),
        (6, "update payment_intents set last_paid_at = created_at where last_paid_at is null".to_owned()),
        (6, "update payment_intents set last_paid_at = null".to_owned()),
        (6, "delete from outbox_events where type = 'refund.completed'".to_owned()),
        (6, "delete from intent_timeline where status = 'created'".to_owned()),
        (9, "update payments set network = 'POLY'".to_owned()),
        (9, "update payment_methods set address = null".to_owned()),
        (0, format!("update sandbox_transfers set amount = {seven}")),
        (0, "delete from sandbox_transfers".to_owned()),
    ];
    for (invariant, sql) in cases {
        let app = app_with_refunds(engine).await;
        for table in ["refund_timeline", "intent_timeline", "balance_entries"] {
            app.unprotect(table).await;
        }
        let found = damage(&app, &sql).await;
        assert!(found.contains(&invariant), "{sql} should violate {invariant}, found {found:?}");
    }
}

#[tokio::test]
async fn every_damage_is_found_on_sqlite() {
    finds_every_damage(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_damage_is_found_on_postgres() {
    finds_every_damage(Engine::Postgres).await;
}

#[tokio::test]
async fn an_unbalanced_posting_is_found() {
    let app = app_with_refunds(Engine::Sqlite).await;
    app.unprotect("ledger_postings").await;
    let found =
        damage(&app, "update ledger_postings set amount = '0000000007.000000000000000000' where kind = 'fees'").await;
    assert!(found.contains(&3) && found.contains(&2), "{found:?}");
}

on_each_engine! {
    async fn a_refund_that_goes_on_without_the_word_of_somebody_else_is_found(engine: Engine) {
        for sql in [
            "delete from refund_decisions",
            "update refund_decisions set decision = 'declined'",
            "update refund_decisions set actor_kind = (select r.author_kind from refunds r where r.id = refund_id),
                actor_id = (select r.author_id from refunds r where r.id = refund_id)",
        ] {
            let app = TestApp::new(engine).await;
            app.decide(|policy| policy.approval_from = "1".to_owned()).await;
            let intent = app.paid_intent("100", Usd, Network::Base).await;
            let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
            app.approve(&refund).await.unwrap();
            app.settle().await;
            app.assert_invariants().await;
            app.unprotect("refund_decisions").await;
            assert_eq!(damage(&app, sql).await, [7], "{sql}");
        }
    }

    async fn a_refund_that_goes_on_without_its_customers_word_is_found(engine: Engine) {
        let app = TestApp::new(engine).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let (confirmed, awaiting) = (app.asked_refund(&intent, "40").await, app.asked_refund(&intent, "5").await);
        app.answer(&confirmed, Answer::Confirmed).await.unwrap();
        app.settle().await;
        app.assert_invariants().await;
        app.unprotect("refund_confirmations").await;
        let answer = |refund: &Refund, answer: &str| {
            format!("update refund_confirmations set answer = {answer} where refund_id = '{}'", refund.id)
        };
        let deadline = "update refunds set confirm_until = null where status = 'awaiting_confirmation'";
        let mended = "update refunds set confirm_until = updated_at where status = 'awaiting_confirmation'";
        // Damage, and its repair.
        for (sql, repair) in [
            (answer(&confirmed, "null"), answer(&confirmed, "'confirmed'")),
            (answer(&confirmed, "'refused'"), answer(&confirmed, "'confirmed'")),
            (answer(&awaiting, "'confirmed'"), answer(&awaiting, "null")),
            (answer(&awaiting, "'refused'"), answer(&awaiting, "null")),
            (deadline.to_owned(), mended.to_owned()),
            (format!("delete from refund_confirmations where refund_id = '{}'", awaiting.id), String::new()),
        ] {
            let found = damage(&app, &sql).await;
            assert!(found.contains(&8), "{sql}: {found:?}");
            if !repair.is_empty() {
                app.tamper(&repair).await.unwrap();
                app.assert_invariants().await;
            }
        }
    }

    async fn a_closed_month_that_is_not_its_bookings_is_found(engine: Engine) {
        for (table, sql) in [
            ("closed_month_totals", "update closed_month_totals set closing = received"),
            ("closed_month_totals", "delete from closed_month_totals where currency = 'USD'"),
            ("closed_months", "update closed_months set bookings = 9"),
            ("closed_months", "update closed_months set last_transaction_id = null"),
            ("closed_months", "update closed_months set month = '2026-10' where month = '2026-11'"),
            ("ledger_periods", "update ledger_periods set closed_until = null"),
        ] {
            let app = TestApp::new(engine).await;
            let intent = app.paid_intent("100", Usd, Network::Base).await;
            app.refund(&app.order(&intent, "40")).await.unwrap();
            app.settle().await;
            for month in ["2026-11", "2026-12"].map(|text| Month::parse(text).unwrap()) {
                app.clock.set(month.closable_from());
                app.store().close_month(&app.context(), &app.owner, month).await.unwrap();
            }
            app.assert_invariants().await;
            app.unprotect(table).await;
            // The totals refer to their month.
            if sql.contains("set month") {
                app.unprotect("closed_month_totals").await;
                app.tamper("delete from closed_month_totals where month = '2026-11'").await.unwrap();
            }
            assert_eq!(damage(&app, sql).await, [15], "{sql}");
        }
    }
}
