//! The state of the server.

use crate::support::{Answer, TestApp};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use chrono::Duration;
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd},
    last_round::RoundEnd,
    store::{Database, Store},
};
use serde_json::json;

async fn get(app: &TestApp, path: &str) -> Answer {
    app.send(Request::get(path).body(Body::empty()).unwrap()).await
}

/// The worker has just finished a round.
fn work_was_done(app: &TestApp, failed: bool) {
    app.requite.last_round.record(RoundEnd { at: app.requite.clock.elapsed(), failed });
}

on_both_engines! {
    async fn a_server_is_ready_while_it_writes_and_its_worker_runs(app: &TestApp) {
        assert_eq!(get(app, "/health/live").await.status, StatusCode::OK);
        let before_the_first_round = get(app, "/health/ready").await;
        assert_eq!(before_the_first_round.status, StatusCode::SERVICE_UNAVAILABLE);
        app.advance(Duration::seconds(1));
        work_was_done(app, false);
        let ready = get(app, "/health/ready").await;
        assert_eq!((ready.status, &ready.json()["database"]), (StatusCode::OK, &json!("ok")));
        assert!(app.exists("select 1 from writer_probe").await);
        // A worker that hangs.
        app.advance(Duration::seconds(61));
        let stuck = get(app, "/health").await;
        assert_eq!((stuck.status, &stuck.json()["worker"]["lastRoundAge"]), (StatusCode::SERVICE_UNAVAILABLE, &json!(61)));
        work_was_done(app, true);
        app.advance(Duration::seconds(1));
        let failing = get(app, "/health/ready").await;
        assert_eq!((failing.status, &failing.json()["worker"]["lastRoundFailed"]), (StatusCode::OK, &json!(true)));
    }

    async fn the_age_of_a_queue_is_that_of_its_oldest_due_entry(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "10")).await.unwrap();
        // Without a mail server its mail waits, which says nothing about the server.
        app.asked_refund(&intent, "1").await;
        app.advance(Duration::seconds(90));
        let settings = app.sign_in("viewer@example.com").await.get("/settings").await.text();
        assert!(settings.contains("No mail server: ") && settings.contains("1 e-mail is kept"), "{settings}");
        let ages = get(app, "/health/ready").await.json()["oldestDue"].clone();
        assert_eq!(ages, json!({ "refunds": 90, "callbacks": 0, "mails": 0 }));
        app.settle().await;
        app.advance(Duration::seconds(2));
        assert_eq!(get(app, "/health/ready").await.json()["oldestDue"]["refunds"], json!(0));
    }

    async fn without_a_database_the_server_is_live_and_not_ready(app: &TestApp) {
        let mut alone = app.clone();
        let database = Database::open(&app.url).await.unwrap();
        database.close().await;
        alone.requite.store = Store::new(database);
        work_was_done(&alone, false);
        let answer = requite::http::health::router(alone.requite.clone());
        let request = Request::get("/health/ready").body(Body::empty()).unwrap();
        let answer = crate::support::answer(answer, request).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.json()["database"], json!("not available"));
    }
}

#[tokio::test]
async fn a_read_only_database_is_noticed() {
    let app = TestApp::new(crate::support::Engine::Sqlite).await;
    work_was_done(&app, false);
    app.tamper("create trigger no_probe before insert on writer_probe begin select raise(abort, 'read only'); end")
        .await
        .unwrap();
    let answer = get(&app, "/health/ready").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_ne!(answer.json()["database"], json!("ok"));
    assert_eq!(get(&app, "/health/live").await.status, StatusCode::OK);
}
