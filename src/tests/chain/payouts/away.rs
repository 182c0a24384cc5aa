//! While the nodes of a network are away or contradict each other, whoever waits is told why.

use super::*;
use crate::support::{code, flaky_node::Fault, log::Log};
use axum::http::Method;
use requite::{
    domain::{error::ErrorCode, ids::QuoteId, refunds::transfer::PauseReason},
    languages::Language,
    store::{Store, refunds::stopping::SenderReservation},
    texts::next_steps,
};
use serde_json::json;
use std::time::{Duration as StdDuration, Instant};
use tracing::instrument::WithSubscriber;

#[test]
fn a_network_that_goes_on_failing_is_asked_once_a_minute() {
    let mut pause = StdDuration::from_secs(1);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        pause = worker::longer_pause(pause);
        pauses.push(pause.as_secs());
    }
    assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
}

/// How often it was told that a refund waits, and that it goes on.
async fn holds(rig: &Rig) -> (i64, i64) {
    let events = async |name| rig.app.count(&format!("select count(*) from outbox_events where type = '{name}'")).await;
    (events("refund.held").await, events("refund.resumed").await)
}

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < StdDuration::from_secs(60), "not {what}");
        tokio::time::sleep(StdDuration::from_millis(20)).await;
    }
}

/// The loop of the account, as a server runs it.
struct RunningWorker {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl RunningWorker {
    fn start(rig: &Rig) -> Self {
        let (stop, requite) = (CancellationToken::new(), rig.app.requite.clone());
        let task = tokio::spawn({
            let stop = stop.clone();
            async move {
                let evm = requite.chain.clone().unwrap().evm.unwrap();
                worker::transfers::send(&requite, &evm, &evm.connections[0], &stop).await;
            }
        });
        Self { stop, task }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// Waits until the loop has asked for its view of the chain that often.
async fn asked_again(rig: &Rig, times: usize) {
    let before = rig.proxy.count("eth_getBlockByNumber");
    until("asked again", async || rig.proxy.count("eth_getBlockByNumber") >= before + times).await;
}

on_each_engine! {
    /// Before it signs, it looks for all that was signed and removed before. One node that hangs is enough.
    async fn a_round_that_lasts_longer_than_its_lease_signs_all_the_same(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usdt).await;
        let clock = rig.app.clock.clone();
        rig.proxy.once("eth_getBalance", Fault::lie(move |balance| {
            clock.advance(Duration::seconds(40));
            balance
        }));
        assert_eq!(rig.round().await.unwrap(), 1);
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
    }

    /// The questions directly before a signature can take longer than a lease lasts. Nobody would be told that nothing is signed.
    async fn nodes_that_answer_slowly_keep_no_account_from_signing(engine: Engine) {
        for (question, coin) in [("eth_call", Usd), ("eth_getTransactionCount", Usdt)] {
            let rig = Rig::new(engine).await;
            rig.round().await.unwrap();
            let refund = rig.refund("5", coin).await;
            // After the last question about what it needs: whether its authorisation was used, and whether the account has sent
            // more than is known.
            let (proxy, clock) = (rig.proxy.clone(), rig.app.clock.clone());
            rig.proxy.once("eth_estimateGas", Fault::lie(move |gas| {
                let clock = clock.clone();
                proxy.once(question, Fault::lie(move |answer| {
                    clock.advance(Duration::seconds(40));
                    answer
                }));
                gas
            }));
            let before = rig.app.context().now;
            assert_eq!(rig.round().await.unwrap(), 1, "{question}");
            assert_eq!(rig.app.context().now - before, Duration::seconds(40));
            assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
        }
    }

    /// Whoever was slower than its lease signs only if nobody else has had the account since.
    async fn a_server_whose_account_another_one_has_taken_does_not_sign(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (address, lease) = (notation(rig.sender.address), Duration::seconds(30));
        let [slow, other] = ["slow", "other"].map(|name| rig.app.store().clone().named(name));
        let takes = async |store: &Store| {
            let now = rig.app.context().now;
            store.lease_sender(Network::Eth, &address, now, now + lease).await.unwrap()
        };
        let may_sign = async |store: &Store| {
            store.may_sign(Network::Eth, &address, rig.app.context().now + lease).await.unwrap()
        };
        assert!(takes(&slow).await);
        rig.app.advance(Duration::seconds(31));
        assert!(may_sign(&slow).await);
        // That has extended it.
        assert!(!takes(&other).await);
        rig.app.advance(Duration::seconds(31));
        assert!(takes(&other).await);
        assert!(!may_sign(&slow).await);
        other.release_sender(Network::Eth, &address).await.unwrap();
        assert!(!may_sign(&slow).await);
        // Nor while somebody stops a refund, nor afterwards.
        assert!(takes(&slow).await);
        rig.app.advance(Duration::seconds(31));
        let (id, now) = (rig.app.context().id(), rig.app.context().now);
        let reservation = SenderReservation { network: Network::Eth, address: address.clone(), id, is_used: true };
        assert!(rig.app.store().reserve_sender(&reservation, now, now + lease).await.unwrap());
        assert!(!may_sign(&slow).await);
        rig.app.store().release_reservation(&reservation).await.unwrap();
        assert!(!may_sign(&slow).await);
        // Nor after its own lease has ended, nor while payouts are paused.
        assert!(takes(&slow).await);
        slow.release_sender(Network::Eth, &address).await.unwrap();
        assert!(!may_sign(&slow).await);
        assert!(takes(&slow).await);
        // A pause waits for a lease that holds.
        rig.app.advance(Duration::seconds(31));
        payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "maintenance").await.unwrap();
        assert!(!may_sign(&slow).await);
    }

    /// Nodes are paid by the question. A pause is never shorter than it should be, however slow this machine is.
    async fn an_account_with_nothing_to_send_and_one_whose_network_is_away_ask_seldom(engine: Engine) {
        let poll = StdDuration::from_millis(10);
        let rig = Rig::with(engine, "poll = \"10ms\"").await;
        rig.round().await.unwrap();
        let rounds = || rig.proxy.count("eth_maxPriorityFeePerGas");
        let (before, began) = (rounds(), Instant::now());
        let worker = RunningWorker::start(&rig);
        until("asked three times", async || rounds() >= before + 3).await;
        assert!(began.elapsed() >= poll * 15, "one of eight polls asks: {:?}", began.elapsed());
        worker.stop().await;
        rig.refund("5", Usdt).await;
        rig.proxy.set_all(Fault::Refuse);
        let began = Instant::now();
        let worker = RunningWorker::start(&rig);
        asked_again(&rig, 6).await;
        assert!(began.elapsed() >= poll * (2 + 4 + 8 + 16), "{:?}", began.elapsed());
        worker.stop().await;
    }

    async fn a_network_that_is_away_is_told_and_ends_by_itself(engine: Engine) {
        let rig = Rig::with(engine, "poll = \"1s\"").await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usd).await;
        let shown = async || rig.app.reload_refund(&refund).await;
        // Planned, so nothing is on its way.
        assert!(shown().await.is_unsigned);
        let next_step = next_steps::of_refund(Language::english(), &shown().await, rig.app.context().now);
        assert!(next_step.before.contains("nothing has been signed yet"), "{next_step:?}");
        rig.proxy.set_all(Fault::Refuse);
        let worker = RunningWorker::start(&rig);
        asked_again(&rig, 2).await;
        assert_eq!(rig.held(&refund).await, None, "nodes are restarted");
        rig.app.advance(Duration::seconds(31));
        until("held", async || rig.held(&refund).await.is_some()).await;
        assert_eq!(rig.held(&refund).await, Some(HeldReason::NetworkAway));
        assert_eq!(shown().await.transfer_held, Some(HeldReason::NetworkAway));
        rig.proxy.heal();
        until("sent", async || {
            let with = rig.transfer(&refund).await;
            with.transfer.held.is_none() && !with.attempts.is_empty()
        })
        .await;
        worker.stop().await;
        assert!(!shown().await.is_unsigned);
        assert_eq!(holds(&rig).await, (1, 1));
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        rig.app.assert_invariants().await;
    }

    /// One that lags behind for a moment is no matter for people; one that is wrong is.
    async fn nodes_that_go_on_contradicting_each_other_pause_the_account(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let nodes = [Arc::new(FlakyNode::start(&anvil.url).await), Arc::new(FlakyNode::start(&anvil.url).await)];
        let often = |file: String, _: &Anvil| file.replace("bump-after", "poll = \"1s\"\nbump-after");
        let rig = Rig::of(engine, anvil, &nodes, often).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.mine(16).await;
        nodes[1].set(
            "eth_getTransactionReceipt",
            Fault::lie(|mut receipt| {
                if receipt.is_object() {
                    receipt["status"] = "0x0".into();
                }
                receipt
            }),
        );
        let worker = RunningWorker::start(&rig);
        asked_again(&rig, 5).await;
        assert_eq!(rig.account().await.paused, None);
        rig.app.advance(Duration::minutes(3));
        until("paused", async || rig.account().await.paused.is_some()).await;
        let pause = rig.account().await.paused.unwrap();
        assert_eq!(pause.reason, PauseReason::ChainContradicts);
        let liar = nodes[1].node.name();
        assert!(pause.detail.contains(liar) && pause.detail.contains("disagree about a transfer"), "{}", pause.detail);
        let console = rig.app.sign_in("owner@example.com").await;
        assert!(console.get("/payouts").await.text().contains(liar));
        assert!(console.get("/").await.text().contains("nodes disagree"));
        nodes[1].heal();
        until("completed", async || rig.transfer_status(&refund).await == TransferStatus::Completed).await;
        worker.stop().await;
        rig.app.work().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        assert!(rig.account().await.paused.is_some(), "a person decides when it goes on");
        rig.app.assert_invariants().await;
    }

    /// Without a quote nobody knows the fee. With one, the refund waits until somebody can say who its recipient is.
    async fn what_was_quoted_waits_and_nothing_else_is_quoted(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (app, intent) = (&rig.app, rig.app.paid_intent("5", Usd, Network::Eth).await);
        let quoted = json!({
            "paymentIntentId": intent.id, "amount": { "amount": "5.00", "currency": "USD" },
            "destination": { "network": "ETH" }, "fundingCurrency": "USD",
        });
        let quote = app.call(Method::POST, "/v1/quotes", Some(quoted)).await.json()["data"]["id"].clone();
        let quote = QuoteId(quote.as_str().unwrap().parse().unwrap());
        let request = rig.request(&intent, Address::repeat_byte(7), "5");
        rig.proxy.set_all(Fault::Delay(StdDuration::from_secs(60)));
        let asked = Instant::now();
        assert_eq!(code(rig.ask(&request).await), ErrorCode::NetworkFeeUnknown);
        assert!(asked.elapsed() < StdDuration::from_secs(8), "a person waits for it");
        rig.proxy.set_all(Fault::Refuse);
        let new = NewRefund { quote_id: Some(quote), ..request.new.clone() };
        let refund = rig.ask(&Request { new, key: request.key }).await.unwrap();
        let shown = async || app.reload_refund(&refund).await;
        assert_eq!((shown().await.status, shown().await.transfer_held), (RefundStatus::Processing, None));
        // Logged when it began, and not at every attempt.
        let log = Log::default();
        for _ in 0..3 {
            app.advance(Duration::seconds(15));
            app.work().with_subscriber(log.subscriber(tracing::Level::WARN)).await;
        }
        assert_eq!(log.text(), "");
        let waits = shown().await;
        assert_eq!((waits.transfer_held, waits.is_unsigned), (Some(HeldReason::NetworkAway), true));
        assert!(app.store().refund_transfer(refund.id).await.unwrap().is_none());
        let listed = app.sign_in("owner@example.com").await.get("/").await.text();
        assert!(listed.contains("Refunds on hold") && listed.contains(&refund.id.to_string()), "{listed}");
        rig.proxy.heal();
        app.advance(Duration::minutes(2));
        app.work().with_subscriber(log.subscriber(tracing::Level::INFO)).await;
        assert!(log.text().contains("refunds on Ethereum do not wait for the network any more"), "{}", log.text());
        assert_eq!(shown().await.transfer_held, None);
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        assert_eq!(holds(&rig).await, (1, 1));
        app.assert_invariants().await;
    }

    async fn a_pause_is_told_before_its_first_round_and_nothing_is_simulated(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (app, intent) = (&rig.app, rig.app.paid_intent("5", Usd, Network::Eth).await);
        payouts::pause((&app.requite).into(), &rig.operator(), Some(Network::Eth), "a look at the key").await.unwrap();
        let paused = next_steps::of_held_transfer(Language::english(), HeldReason::Paused);
        let body = json!({
            "paymentIntentId": intent.id,
            "amount": { "amount": "5.00", "currency": "USD" },
            "destination": { "network": "ETH", "address": notation(Address::repeat_byte(7)) },
            "reason": "requested_by_customer",
            "idempotencyKey": app.context().id(),
        });
        for (path, status) in [("/v1/refunds?preview=true", 200), ("/v1/refunds", 201)] {
            let answer = app.call(Method::POST, path, Some(body.clone())).await;
            let data = &answer.json()["data"];
            let said = (answer.status.as_u16(), &data["nextStep"], &data["heldReason"]);
            assert_eq!(said, (status, &json!(paused), &json!("paused")), "{path}");
        }
        app.work().await;
        let planned = app.call(Method::GET, "/v1/refunds", None).await.json()["data"][0].clone();
        assert_eq!((&planned["status"], &planned["nextStep"]), (&json!("processing"), &json!(paused)));
        // Nothing was noted yet: the network's worker had no round.
        assert_eq!(planned["heldReason"], json!(null));
        let mock = format!("/v1/mocks/paymentIntents/{}/payments", intent.id);
        let mocked = app.call(Method::POST, &mock, Some(json!({}))).await;
        let marked = app.call_coingate(Method::PATCH, "/v2/orders/1/refunds/1/mark-as-completed", &[]).await;
        for answer in [mocked, marked] {
            assert!(answer.status == 403 && answer.text().contains("sandbox_only"), "{}", answer.text());
        }
    }
}
