//! Several servers on one delivery queue, and a server that is killed.

use super::crash::keep_leases;
use crate::support::{Engine, Receiver, Reply, TestApp, server::serve};
use chrono::Duration;
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd, webhooks::DeliveryState},
    state::Requite,
    store::{Database, Store},
    worker::webhooks,
};
use std::{
    collections::BTreeMap,
    process::{Child, Command},
    sync::Arc,
    time::Instant,
};

const REFUNDS: usize = 12;

/// Another server on the same database.
async fn another_server(app: &TestApp) -> Requite {
    let store = Store::new(Database::open(&app.url).await.unwrap());
    let settings = crate::support::settings(&["--webhook-allow-loopback"]);
    Requite::assemble(settings, store, app.clock.clone(), Arc::new(requite::context::SystemEntropy)).unwrap()
}

on_both_engines! {
    async fn two_servers_deliver_each_message_once_and_in_order(app: &TestApp) {
        let receiver = Receiver::start().await;
        receiver.answer(Reply::status(200).after(std::time::Duration::from_millis(20)));
        app.endpoint(&receiver.url, "refund.*").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for _ in 0..REFUNDS {
            app.refund(&app.order(&intent, "1")).await.unwrap();
        }
        app.settle().await;
        let servers = [another_server(app).await, another_server(app).await, another_server(app).await];
        let work = servers.iter().map(|server| async move {
            let mut idle = 0;
            while idle < 20 {
                match webhooks::run_once(server).await.unwrap() {
                    0 => {
                        idle += 1;
                        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                    }
                    _ => idle = 0,
                }
            }
        });
        futures::future::join_all(work).await;
        let mut message_kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for message in receiver.received() {
            message_kinds.entry(message.json()["data"]["id"].as_str().unwrap().to_owned()).or_default().push(message.kind());
        }
        assert_eq!(message_kinds.len(), REFUNDS);
        for (refund, kinds) in message_kinds {
            assert_eq!(kinds, ["refund.created", "refund.processing", "refund.completed"], "{refund}");
        }
        // The limit of concurrent requests to an endpoint applies to all servers together.
        assert!(receiver.most_at_once() <= 4, "{}", receiver.most_at_once());
    }

    async fn messages_leased_by_a_dead_server_are_sent_when_the_lease_expires(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.created").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let (context, lease) = (app.requite.context(), Duration::seconds(60));
        assert_eq!(app.requite.store.claim_due_deliveries(&context, lease, 64).await.unwrap().len(), 1);
        app.advance(Duration::seconds(59));
        assert_eq!(app.deliver().await, 0);
        app.advance(Duration::seconds(1));
        assert_eq!(app.deliver().await, 1);
        assert_eq!(receiver.received().len(), 1);
    }

    /// The first server was slow, not dead: its failure is logged and does not undo the second server's result.
    async fn a_late_result_of_a_server_without_a_lease_changes_nothing(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.created").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "1")).await.unwrap();
        let lease = Duration::seconds(60);
        let lost = app.requite.store.claim_due_deliveries(&app.requite.context(), lease, 64).await.unwrap().remove(0);
        app.advance(lease);
        app.deliver().await;
        let record = requite::store::webhooks::outcomes::AttemptRecord {
            at: app.requite.context().now,
            url: receiver.url.clone(),
            request_headers: serde_json::json!({}),
            request_body: String::new(),
            response_status: None,
            response_headers: serde_json::json!({}),
            response_body: String::new(),
            response_cut: false,
            error: Some(requite::domain::error::ErrorText::plain("late")),
            duration: Duration::zero(),
        };
        let context = app.requite.context();
        let verdict = requite::domain::webhooks::schedule::RetryDecision::Again { at: context.now, pause: None };
        app.requite.store.finish_attempt(&context, &lost, &record, verdict).await.unwrap();
        let delivery = &app.deliveries().await[0];
        assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Delivered, 2));
        assert_eq!(app.deliver().await, 0);
    }
}

fn start(url: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_requite"));
    command
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("REQUITE_SANDBOX_DELAY", "20ms")
        .env("REQUITE_WORKER_INTERVAL", "5ms")
        .env("REQUITE_WEBHOOK_ALLOW_LOOPBACK", "true")
        .env("REQUITE_LOG", "warn");
    serve(&mut command).0
}

/// Waits until the condition holds.
async fn wait_for(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{what}");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// A refund is committed and its server killed before anything was delivered: first while a receiver does not respond,
/// so that the message is in flight; then before the message is attempted.
async fn killed_between_commit_and_delivery(engine: Engine) {
    let app = TestApp::new(engine).await;
    let receiver = Receiver::start().await;
    let silence = std::time::Duration::from_secs(3_600);
    receiver.answer(Reply::status(200).after(silence));
    app.endpoint(&receiver.url, "refund.*").await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let created = app.refund(&app.order(&intent, "10")).await.unwrap();
    let mut server = start(&app.url);
    wait_for("the refund is settled", async || {
        app.count("select count(*) from refunds where status = 'completed'").await == 1
    })
    .await;
    wait_for("the first message is on its way", async || receiver.received().len() == 1).await;
    // On Unix this is SIGKILL: the process cannot finish anything.
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(app.count("select count(*) from webhook_attempts").await, 0);
    assert_eq!(app.count("select count(*) from webhook_deliveries where state = 'waiting'").await, 3);
    // The next server takes its leases back at its start. It would wait for them until the end of the century.
    keep_leases(&app, "webhook_deliveries").await;
    receiver.answer(Reply::status(200));
    let mut server = start(&app.url);
    wait_for("everything is delivered", async || {
        app.count("select count(*) from webhook_deliveries where state = 'delivered'").await == 3
    })
    .await;
    server.kill().unwrap();
    server.wait().unwrap();
    // At least once: the unanswered message was sent twice, with one id.
    assert_eq!(receiver.kinds(), ["refund.created", "refund.created", "refund.processing", "refund.completed"]);
    let received = receiver.received();
    assert_eq!(received[0].header("webhook-id"), received[1].header("webhook-id"));
    assert!(received[3].body.contains(&created.id.to_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_no_message_on_sqlite() {
    killed_between_commit_and_delivery(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_no_message_on_postgres() {
    killed_between_commit_and_delivery(Engine::Postgres).await;
}
