//! Servers that stop at any moment, and several servers on one database.

use super::*;
use crate::support::flaky_node::{Fault, FlakyNode};
use requite::domain::intents::payment::PaymentStatus;
use std::{pin::pin, task::Poll};

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
            if let Some(step) = interrupted(scene.restarted().step(), waits).await {
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
