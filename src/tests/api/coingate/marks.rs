//! Requite's sandbox extension: ending a refund at once with a requested outcome.

use super::{confirmation::fields, get, paid_order, refund, refund_fields, refused};
use crate::support::{Answer, Engine, TestApp};
use axum::http::Method;
use chrono::Duration;
use requite::domain::{address::network::Network, money::currency::Currency::Usd};
use serde_json::json;

async fn mark(app: &TestApp, number: i64, refund: &serde_json::Value, as_what: &str) -> Answer {
    let path = format!("/v2/orders/{number}/refunds/{}/mark-as-{as_what}", refund["id"]);
    app.call_coingate(Method::PATCH, &path, &[]).await
}

on_both_engines! {
    async fn a_refund_ends_at_once_with_the_requested_outcome(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        let fields = refund_fields(app, "10", Usd, Network::Base, Usd);
        let first = refund(app, number, &fields).await;
        let done = mark(app, number, &first, "completed").await.json();
        assert_eq!((&done["status"], done["transactions"].as_array().unwrap().len()), (&json!("completed"), 1));
        // Repeating it is not an error, and the outcome cannot change.
        assert_eq!(mark(app, number, &first, "completed").await.json()["status"], "completed");
        refused(&mark(app, number, &first, "rejected").await, (422, "RefundIsNotValid", "refund_not_settleable"));

        // A refund that the worker has already sent.
        let second = refund(app, number, &fields).await;
        requite::worker::run_once(&app.requite).await.unwrap();
        assert_eq!(get(app, &format!("/v2/orders/{number}/refunds/{}", second["id"])).await["status"], "processing");
        let rejected = mark(app, number, &second, "rejected").await.json();
        assert_eq!((&rejected["status"], &rejected["rejection_type"]), (&json!("rejected"), &json!("processing")));
        assert_eq!(get(app, &format!("/v2/orders/{number}")).await["status"], "partially_refunded");
        // The callbacks are the same as for any refund, and no others follow.
        app.advance(Duration::hours(2));
        app.settle().await;
        let refunds = get(app, "/v2/refunds?sort=created_at_asc").await;
        let states: Vec<_> = refunds["refunds"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
        assert_eq!(states, ["completed", "rejected"]);
        let unknown = app.call_coingate(Method::PATCH, &format!("/v2/orders/{number}/refunds/99/mark-as-completed"), &[]).await;
        refused(&unknown, (404, "RefundNotFound", "not_found"));
    }

    /// Programs written for CoinGate's sandbox cannot click on a link in a mail.
    async fn a_mark_answers_for_the_customer(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        let asked = || fields(app, None);
        let first = refund(app, number, &asked()).await;
        assert_eq!(app.count("select count(*) from refunds where status = 'awaiting_confirmation'").await, 1);
        assert_eq!(mark(app, number, &first, "completed").await.json()["status"], "completed");
        let second = refund(app, number, &asked()).await;
        let rejected = mark(app, number, &second, "rejected").await.json();
        assert_eq!((&rejected["status"], &rejected["rejection_type"]), (&json!("rejected"), &json!("shopper")));
        assert!(rejected["rejection_reason"].as_str().unwrap().contains("only a sandbox"), "{rejected}");
        // The actor is recorded.
        let by_customer = app.count("select count(*) from audit_entries where actor_kind = 'customer'").await;
        assert_eq!(by_customer, 0);
        // It replaces only the customer's decision.
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let third = refund(app, number, &asked()).await;
        refused(&mark(app, number, &third, "completed").await, (422, "RefundIsNotValid", "refund_not_settleable"));
        assert_eq!(app.count("select count(*) from refunds where status = 'awaiting_confirmation'").await, 1);
        assert_eq!(mark(app, number, &third, "rejected").await.json()["rejection_type"], "shopper");
    }

    async fn a_mark_does_not_skip_approvals_or_the_cool_down(app: &TestApp) {
        app.fund("500", Usd).await;
        let number = paid_order(app).await;
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let waiting = refund(app, number, &refund_fields(app, "10", Usd, Network::Base, Usd)).await;
        refused(&mark(app, number, &waiting, "completed").await, (422, "RefundIsNotValid", "refund_not_settleable"));
        app.decide(|policy| {
            policy.approval_from.clear();
            policy.cool_down = "24h".to_owned();
        })
        .await;
        let held = refund(app, number, &refund_fields(app, "10", Usd, Network::Arb, Usd)).await;
        refused(&mark(app, number, &held, "completed").await, (422, "RefundIsNotValid", "refund_not_settleable"));
        app.advance(Duration::hours(25));
        assert_eq!(mark(app, number, &held, "completed").await.json()["status"], "completed");
    }
}

#[tokio::test]
async fn a_production_server_refuses_it() {
    let app = TestApp::with_options(Engine::Sqlite, &["--mode", "production"]).await;
    let answer = app.call_coingate(Method::PATCH, "/v2/orders/1/refunds/1/mark-as-completed", &[]).await;
    refused(&answer, (403, "Unauthorized", "sandbox_only"));
}
