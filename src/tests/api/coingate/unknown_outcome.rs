//! A refund whose commit fails is answered as unknown, and paid once when it is requested again.

use super::{borrowed, paid_order, refund, refund_fields};
use crate::support::{
    Answer, Engine, TestApp,
    commit_proxy::{AtCommit, CommitProxy},
    server,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use requite::{
    domain::{address::network::Network, error::ErrorCode, money::currency::Currency::Usd},
    store::{Database, Store},
};
use std::{
    collections::BTreeSet,
    process::Command,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// An app behind a proxy, with an order to refund.
async fn behind_proxy() -> (TestApp, CommitProxy, i64) {
    let mut app = TestApp::new(Engine::Postgres).await;
    let proxy = CommitProxy::start(&app.url).await;
    app.requite.store = Store::new(Database::open(&proxy.url).await.unwrap());
    app.fund("5000", Usd).await;
    // Also marks the key as used, so that the next commit is that of the refund.
    let number = paid_order(&app).await;
    (app, proxy, number)
}

async fn request(app: &TestApp, number: i64, key: Option<Uuid>) -> Answer {
    let fields = refund_fields(app, "10", Usd, Network::Base, Usd);
    let mut request = Request::post(format!("/v2/orders/{number}/refunds"))
        .header("authorization", format!("Token {}", app.api_key))
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(key) = key {
        request = request.header("idempotency-key", key.to_string());
    }
    let body = serde_urlencoded::to_string(borrowed(&fields)).unwrap();
    app.send(request.body(Body::from(body)).unwrap()).await
}

async fn refunds(app: &TestApp) -> i64 {
    app.count("select count(*) from refunds").await
}

fn is_unknown(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    assert_eq!(answer.json()["requite_code"], "outcome_unknown", "{}", answer.text());
    assert!(answer.header("retry-after").is_some());
    assert!(!answer.text().contains("Nothing was changed"), "{}", answer.text());
}

/// The client asks again without a key, because CoinGate has none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_whose_commit_lost_its_response_is_paid_once_on_postgres() {
    for key in [None, Some(Uuid::new_v4())] {
        let (app, proxy, number) = behind_proxy().await;
        proxy.set(AtCommit::LoseResponseAndServer);
        is_unknown(&request(&app, number, key).await);
        assert!(proxy.has_broken(AtCommit::LoseResponseAndServer));
        assert_eq!(refunds(&app).await, 1, "it was committed");

        proxy.set(AtCommit::Nothing);
        let again = request(&app, number, key).await;
        assert_eq!((again.status, refunds(&app).await), (StatusCode::OK, 1), "{}", again.text());
        app.assert_invariants().await;
    }
}

/// The server is killed after the database has committed a refund and before the client has its response. The client asks
/// the next server again, without a key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_whose_server_was_killed_after_the_commit_is_paid_once_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    app.fund("5000", Usd).await;
    let number = paid_order(&app).await;
    let proxy = CommitProxy::start(&app.url).await;
    let start = |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
        command.arg("serve").env("DATABASE_URL", url).env("REQUITE_SANDBOX_DELAY", "20ms").env("REQUITE_LOG", "warn");
        server::serve(&mut command)
    };
    let body = serde_urlencoded::to_string(borrowed(&refund_fields(&app, "10", Usd, Network::Base, Usd))).unwrap();
    let request = format!(
        "POST /v2/orders/{number}/refunds HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        app.api_key,
        body.len()
    );
    let (mut killed, url) = start(&proxy.url);
    proxy.set(AtCommit::HoldResponseToRefund);
    let sent = request.clone();
    let lost = tokio::spawn(async move { server::send(&url, &sent).await });
    let begun = Instant::now();
    while !proxy.has_broken(AtCommit::HoldResponseToRefund) {
        assert!(begun.elapsed() < Duration::from_secs(120), "the refund is never committed");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // On Unix this is SIGKILL: the process cannot finish anything.
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(lost.await.unwrap().unwrap_or_default().is_empty(), "the client has no response");
    assert_eq!(refunds(&app).await, 1, "it was committed");

    let (mut next, url) = start(&app.url);
    let answer = server::send(&url, &request).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(refunds(&app).await, 1);
    while app.count("select count(*) from refunds where status = 'completed'").await == 0 {
        assert!(begun.elapsed() < Duration::from_secs(120), "the refund is not settled");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    next.kill().unwrap();
    next.wait().unwrap();
    assert_eq!(app.count("select cast(sum(submissions) as bigint) from sandbox_transfers").await, 1);
    app.assert_invariants().await;
}

/// A new connection finds the refund, so the client gets it at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_is_found_after_its_commit_failed_is_answered_on_postgres() {
    let (app, proxy, number) = behind_proxy().await;
    proxy.set(AtCommit::LoseResponse);
    let answer = request(&app, number, None).await;
    assert!(proxy.has_broken(AtCommit::LoseResponse));
    assert_eq!((answer.status, refunds(&app).await), (StatusCode::OK, 1), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_never_arrived_is_unknown_too_on_postgres() {
    let (app, proxy, number) = behind_proxy().await;
    proxy.set(AtCommit::LoseRequest);
    is_unknown(&request(&app, number, None).await);
    assert_eq!(refunds(&app).await, 0);
    assert_eq!(request(&app, number, None).await.status, StatusCode::OK);
    assert_eq!(refunds(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_unavailable_on_postgres() {
    let (app, proxy, number) = behind_proxy().await;
    proxy.set(AtCommit::Away);
    let answer = request(&app, number, None).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    assert_eq!(answer.json()["requite_code"], "database_unavailable");
    assert!(answer.header("retry-after").is_some());
    proxy.set(AtCommit::Nothing);
    assert_eq!(request(&app, number, None).await.status, StatusCode::OK);
}

/// Nothing listens on its port, so connecting is tried again until a time is over; the client is told within it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_was_stopped_is_unavailable_before_the_request_times_out() {
    let (app, proxy, number) = behind_proxy().await;
    proxy.set(AtCommit::Gone);
    for _ in 0..2 {
        let answer = request(&app, number, None).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
        assert_eq!(answer.json()["requite_code"], "database_unavailable");
    }
}

/// The draft is read again after its commit failed, which must not replace the error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wizard_says_that_an_outcome_is_unknown_on_postgres() {
    let (app, proxy, _) = behind_proxy().await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let console = app.sign_in("owner@example.com").await;
    let draft = crate::http::wizard::fill(&console, &intent, "25", "USD").await;
    let page = console.get(&format!("/refund-drafts/{draft}/confirm")).await.text();
    let value = |name: &str| {
        let input = page.split(&format!("name=\"{name}\"")).nth(1).unwrap();
        input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let (quote, left) = (value("quote"), value("left"));
    let fields = [("draft", draft.as_str()), ("quote", &quote), ("left", &left), ("confirmed", "yes")];
    let before = refunds(&app).await;
    proxy.set(AtCommit::LoseResponseAndServer);
    let answer = console.post("/do/refund-drafts/confirm", &fields).await;
    assert!(proxy.has_broken(AtCommit::LoseResponseAndServer), "{}", answer.text());
    assert_eq!(answer.notice().map(|error| error.code), Some(ErrorCode::OutcomeUnknown), "{}", answer.text());
    assert_eq!(refunds(&app).await, before + 1, "it was committed");
    proxy.set(AtCommit::Nothing);
    let again = console.post("/do/refund-drafts/confirm", &fields).await;
    assert!(again.location().starts_with("/refunds/"), "{}", again.location());
    assert_eq!(refunds(&app).await, before + 1);
}

on_both_engines! {
    async fn two_identical_refunds_with_responses_are_two(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        let fields = refund_fields(app, "10", Usd, Network::Base, Usd);
        let (first, second) = (refund(app, number, &fields).await, refund(app, number, &fields).await);
        assert_ne!(first["id"], second["id"]);
        let extras = &first["requite"];
        assert!(extras["network_fee"].is_string() && extras["network_fee_date"].is_string(), "{extras}");
        assert_eq!(app.count("select count(*) from refunds").await, 2);
        // Also if they are sent at the same time.
        let (third, fourth, fifth) =
            tokio::join!(refund(app, number, &fields), refund(app, number, &fields), refund(app, number, &fields));
        let ids: BTreeSet<_> = [first, second, third, fourth, fifth].iter().map(|one| one["id"].as_i64()).collect();
        assert_eq!((ids.len(), app.count("select count(*) from refunds").await), (5, 5), "{ids:?}");
    }

    async fn identical_refunds_at_the_same_moment_are_as_many(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        let fields = refund_fields(app, "10", Usd, Network::Base, Usd);
        let made = futures::future::join_all((0..3).map(|_| refund(app, number, &fields))).await;
        let ids: std::collections::BTreeSet<_> = made.iter().map(|refund| refund["id"].as_i64()).collect();
        assert_eq!((ids.len(), app.count("select count(*) from refunds").await), (3, 3), "{made:?}");
    }

    /// As after a crash between the commit and the response.
    async fn a_refund_without_a_response_is_the_same_for_ten_minutes(app: &TestApp) {
        app.fund("5000", Usd).await;
        let number = paid_order(app).await;
        let fields = refund_fields(app, "10", Usd, Network::Base, Usd);
        let path = format!("/v2/orders/{number}/refunds");
        let request = || axum::http::Request::post(&path)
            .header("authorization", format!("Token {}", app.api_key))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(borrowed(&fields)).unwrap())).unwrap();
        // The body of the response is never read.
        drop(tower::ServiceExt::oneshot(app.router().clone(), request()).await.unwrap());
        assert_eq!(app.count("select count(*) from unanswered_requests").await, 1);

        // What is paid counts: somebody who repeats it may give another reason, and a program another callback.
        let mut repeated = fields.clone();
        repeated.retain(|(name, _)| *name != "reason" && *name != "callback_url");
        repeated.push(("reason", "as asked".to_owned()));
        repeated.push(("callback_url", "https://shop.example/?nonce=2".to_owned()));
        refund(app, number, &repeated).await;
        assert_eq!(app.count("select count(*) from refunds").await, 1);
        drop(tower::ServiceExt::oneshot(app.router().clone(), request()).await.unwrap());
        assert_eq!(app.count("select count(*) from refunds").await, 2, "the response to the repetition was sent");

        let mut other = fields.clone();
        other[0].1 = "11".to_owned();
        let (again, other) = (refund(app, number, &fields).await, refund(app, number, &other).await);
        assert_eq!(app.count("select count(*) from refunds").await, 3, "{again} {other}");
        assert_ne!(again["id"], other["id"]);

        drop(tower::ServiceExt::oneshot(app.router().clone(), request()).await.unwrap());
        app.advance(chrono::Duration::minutes(11));
        refund(app, number, &fields).await;
        assert_eq!(app.count("select count(*) from refunds").await, 5);
    }
}

/// Otherwise a second refund that is meant would be answered with the first.
#[tokio::test]
async fn that_a_response_was_sent_is_stored_when_the_database_can_be_written_again() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("5000", Usd).await;
    let number = paid_order(&app).await;
    let refuse = "create trigger full before delete on unanswered_requests begin select raise(abort, 'full'); end";
    app.tamper(refuse).await.unwrap();
    let fields = refund_fields(&app, "10", Usd, Network::Base, Usd);
    let first = refund(&app, number, &fields).await;
    assert_eq!(app.count("select count(*) from unanswered_requests").await, 1);
    app.tamper("drop trigger full").await.unwrap();
    let begun = Instant::now();
    while app.count("select count(*) from unanswered_requests").await == 1 {
        assert!(begun.elapsed() < Duration::from_secs(120), "it is never stored");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let second = refund(&app, number, &fields).await;
    assert_ne!(first["id"], second["id"]);
}
