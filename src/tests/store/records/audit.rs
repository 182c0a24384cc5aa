//! The hash chain of the audit log.

use crate::support::TestApp;
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    store::records::audit_chain::AuditChainProblem,
};

/// Creates entries through a few refunds, and returns the number of the first.
async fn fill(app: &TestApp) {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    for _ in 0..3 {
        app.refund(&app.order(&intent, "1")).await.unwrap();
    }
}

async fn problems(app: &TestApp) -> Vec<AuditChainProblem> {
    let reports = app.requite.store.verify_audit().await.unwrap();
    reports.into_iter().flat_map(|report| report.problems).collect()
}

fn numbers(problems: &[AuditChainProblem]) -> Vec<i64> {
    problems
        .iter()
        .map(|problem| match problem {
            AuditChainProblem::Changed { number, .. } => *number,
            other => panic!("{other}"),
        })
        .collect()
}

on_both_engines! {
    async fn an_untouched_chain_is_valid_and_counts_every_entry(app: &TestApp) {
        fill(app).await;
        app.settle().await;
        let reports = app.requite.store.verify_audit().await.unwrap();
        let report = reports.iter().find(|report| report.merchant == app.merchant).unwrap();
        assert_eq!(report.problems, []);
        assert_eq!(report.unchained, 0);
        assert_eq!(report.length, app.row_counts().await["audit_entries"]);
        assert_eq!(report.head.len(), 64);
    }
}

// These do not use `on_both_engines`, whose final check would fail on the damage.

on_each_engine! {
    async fn each_member_of_an_entry_is_covered(engine: Engine) {
        let app = &TestApp::new(engine).await;
        fill(app).await;
        app.unprotect("audit_entries").await;
        let other = "'00000000-0000-7000-8000-000000000000'";
        for (column, value) in [
            ("actor_kind", "'api_key'"),
            ("actor_id", other),
            ("action", "'refund.rejected'"),
            ("subject_id", other),
            ("detail", "'{\"status\":\"nothing\"}'"),
            ("origin", "'203.0.113.9'"),
            ("at", "'2026-01-01T00:00:00.000000Z'"),
            ("id", other),
        ] {
            let keep = format!("create table kept as select {column} as value from audit_entries where number = 3");
            app.tamper(&keep).await.unwrap();
            app.tamper(&format!("update audit_entries set {column} = {value} where number = 3")).await.unwrap();
            assert_eq!(numbers(&problems(app).await), [3], "{column}");
            app.tamper(&format!("update audit_entries set {column} = (select value from kept) where number = 3"))
                .await
                .unwrap();
            app.tamper("drop table kept").await.unwrap();
            assert_eq!(problems(app).await, [], "{column}");
        }
    }

    async fn a_removed_entry_is_named_in_the_middle_and_at_the_end(engine: Engine) {
        let app = &TestApp::new(engine).await;
        fill(app).await;
        app.unprotect("audit_entries").await;
        let last = app.row_counts().await["audit_entries"];
        app.tamper("delete from audit_entries where number = 2").await.unwrap();
        assert_eq!(problems(app).await, [AuditChainProblem::Missing { number: 2 }]);
        app.tamper(&format!("delete from audit_entries where number = {last}")).await.unwrap();
        assert_eq!(problems(app).await, [AuditChainProblem::Missing { number: 2 }, AuditChainProblem::Missing { number: last }]);
    }

    async fn entries_that_changed_places_are_named(engine: Engine) {
        let app = &TestApp::new(engine).await;
        fill(app).await;
        app.unprotect("audit_entries").await;
        for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
            app.tamper(&format!("update audit_entries set number = {to} where number = {from}")).await.unwrap();
        }
        // The entry after them is linked to the hash of another entry now.
        assert_eq!(numbers(&problems(app).await), [3, 4, 5]);
    }

    async fn an_entry_behind_the_end_is_named(engine: Engine) {
        let app = &TestApp::new(engine).await;
        fill(app).await;
        app.tamper("update audit_chains set length = length - 1").await.unwrap();
        assert!(matches!(problems(app).await[..], [AuditChainProblem::Surplus { .. }]));
        app.tamper("update audit_chains set length = length + 1, head = 'x'").await.unwrap();
        assert_eq!(problems(app).await, [AuditChainProblem::HeadDiffers]);
    }
}
