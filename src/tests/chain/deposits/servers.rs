//! Servers that stop at any moment, and several servers on one database.

use super::*;
use crate::support::{
    Engine,
    commit_proxy::{AtCommit, CommitProxy},
    flaky_node::{Fault, FlakyNode},
};
use requite::{domain::intents::payment::PaymentStatus, store::Database};
use std::{pin::pin, task::Poll};
use tokio_util::sync::CancellationToken;

/// Lets a future run until it has waited this many times, and then drops it, as the end of a process does. `None` if it had
/// not ended.
async fn interrupted<T>(future: impl Future<Output = T>, waits: usize) -> Option<T> {
    let (mut future, mut left) = (pin!(future), waits);
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

impl Scene {
    /// A server with connections of its own to this database.
    async fn process(&self, url: &str) -> Self {
        let mut server = self.restarted();
        let name = self.app.requite.settings.server_name();
        server.app.requite.store = Store::new(Database::open(url).await.unwrap()).named(name.as_ref());
        server
    }
}

on_both_engines! {
    async fn a_server_that_stops_after_every_step_books_everything_once(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        for _ in 0..FINAL + 2 {
            scene.anvil.mine(1).await;
            for _ in 0..2 {
                scene.restarted().step().await.unwrap();
            }
        }
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }

    /// The step is broken off at each place at which it waits for the database or the node.
    async fn a_server_that_stops_within_a_step_books_everything_once(app: &TestApp) {
        let scene = Scene::with(app, "credit = 2").await;
        let (intent, coin) = (scene.intent("30", USDC).await, scene.intent("2", ETHER).await);
        scene.pay(&intent, 30).await;
        scene.pay_coin(&coin, COIN).await;
        scene.anvil.mine(1).await;
        let mut ended = 0;
        for waits in 0.. {
            // Its connections end with it.
            let server = scene.process(&app.url).await;
            if let Some(step) = interrupted(server.step(), waits).await {
                step.unwrap();
                ended += 1;
            }
            if waits == 40 {
                scene.anvil.mine(1).await;
            }
            app.assert_invariants().await;
            if waits > 60 && ended > 3 {
                break;
            }
            assert!(waits < 2_000, "a step never ends");
        }
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!((app.available(Usd).await, app.reload(coin).await.paid), (money("30", Usd), money("1", Eth)));
    }

    async fn one_server_follows_a_network_and_another_takes_over(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (first, second) = (scene.another("first"), scene.another("second"));
        let intent = scene.app.intent("30", Usd, Network::Base).await;
        first.follow().await;
        assert_eq!(second.step().await.unwrap(), Progress::Elsewhere);
        scene.pay(&intent, 30).await;
        scene.anvil.mine(FINAL + 1).await;
        assert_eq!(second.step().await.unwrap(), Progress::Elsewhere);
        // The first one stops without a word.
        app.advance(chrono::Duration::minutes(3));
        second.follow().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
        assert_eq!(first.step().await.unwrap(), Progress::Elsewhere);
        // The second one gives it back.
        second.store().release_cursor(Network::Base).await.unwrap();
        assert_eq!(first.step().await.unwrap(), Progress::AtHead);
    }

    /// Its node was slow, and its lease has ended meanwhile.
    async fn a_server_that_lost_its_lease_during_a_step_changes_nothing(app: &TestApp) {
        let scene = Scene::new(app).await;
        let slow = FlakyNode::start(&scene.anvil.url).await;
        let mut first = scene.another("first");
        first.connection = connect(&scene.anvil, std::slice::from_ref(&slow.url), "");
        let second = scene.another("second");
        let intent = scene.app.intent("30", Usd, Network::Base).await;
        first.follow().await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(FINAL + 1).await;
        slow.set("eth_getLogs", Fault::Delay(std::time::Duration::from_secs(1)));
        let overtaking = async {
            while slow.count("eth_getLogs") == 0 {
                tokio::task::yield_now().await;
            }
            app.advance(chrono::Duration::minutes(3));
            second.follow().await;
        };
        let (late, ()) = tokio::join!(first.step(), overtaking);
        assert_eq!(late.unwrap(), Progress::More);
        assert_eq!(first.step().await.unwrap(), Progress::Elsewhere);
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }

    async fn the_worker_follows_networks_until_it_is_stopped(app: &TestApp) {
        let scene = Scene::with(app, "poll = \"5ms\"").await;
        let intent = scene.app.intent("30", Usd, Network::Base).await;
        let connection = scene.connection.clone();
        let stop = CancellationToken::new();
        let (stopping, running) = (stop.clone(), app.requite.clone());
        let worker = tokio::spawn(async move { requite::worker::deposits::follow(&running, &connection, &stopping).await });
        while scene.store().cursors().await.unwrap().first().is_none_or(|cursor| cursor.newest.is_none()) {
            tokio::task::yield_now().await;
        }
        scene.pay(&intent, 30).await;
        scene.anvil.mine(FINAL + 1).await;
        while app.reload(intent.clone()).await.paid.is_zero() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
        worker.await.unwrap();
        assert_eq!(scene.another("other").step().await.unwrap(), Progress::AtHead, "the lease is given back");
    }

    async fn servers_that_book_the_same_deposit_at_once_book_it_once(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        scene.anvil.mine(FINAL).await;
        let steps = (0..6).map(|_| {
            let server = scene.restarted();
            tokio::spawn(async move { server.step().await.map(drop) })
        });
        for step in steps.collect::<Vec<_>>() {
            step.await.unwrap().unwrap();
        }
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }
}

/// The answer of a commit is lost after the node was asked this: of the one that takes the lease, that stores the blocks,
/// that books the deposit as pending, or that credits it.
async fn loses_a_commit_after(asked: &'static str, at_commit: AtCommit) {
    let app = TestApp::new(Engine::Postgres).await;
    let scene = Scene::with(&app, "credit = 2").await;
    let intent = scene.intent("30", USDC).await;
    let proxy = CommitProxy::start(&app.url).await;
    let node = FlakyNode::start(&scene.anvil.url).await;
    let mut server = scene.process(&proxy.url).await;
    server.connection = connect(&scene.anvil, std::slice::from_ref(&node.url), "credit = 2");
    scene.pay(&intent, 30).await;
    let mut lost = 0;
    for _ in 0..6 {
        scene.anvil.mine(1).await;
        let before = node.count(asked);
        let mut step = pin!(server.step());
        let step = std::future::poll_fn(|context| {
            if node.count(asked) > before || asked.is_empty() {
                proxy.set(at_commit);
            }
            step.as_mut().poll(context)
        });
        let step = step.await;
        lost += usize::from(matches!(step, Err(StepError::Store(_))));
        proxy.set(AtCommit::Nothing);
    }
    assert!(lost > 0, "no commit after {asked} was lost");
    scene.finish().await;
    assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    assert_eq!(app.available(Usd).await, money("30", Usd));
    app.assert_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_whose_answers_are_lost_book_everything_once() {
    for asked in ["", "eth_getLogs", "eth_getTransactionReceipt"] {
        for at_commit in [AtCommit::LoseResponse, AtCommit::LoseRequest] {
            loses_a_commit_after(asked, at_commit).await;
        }
    }
}
