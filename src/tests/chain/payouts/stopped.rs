//! A pause ends all signing of payments and of higher fees for them, on every server.

use super::{
    custody::{Alteration, Altered},
    *,
};
use crate::support::code;
use futures::future::join_all;
use requite::{
    chain::evm::custody::{CustodyError, Signature},
    domain::{error::ErrorCode, refunds::transfer::AttemptKind},
    languages::Language,
    signer::protocol::PaymentRequest,
    texts::errors::next_step,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// A custody that stops in the middle of one signature until it is told to go on.
struct Gate {
    signed: AtomicUsize,
    stops_at: usize,
    reached: Notify,
    go_on: Notify,
}

#[async_trait::async_trait]
impl Alteration for Gate {
    async fn sign(&self, signer: &SignerClient, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        if self.signed.fetch_add(1, Ordering::SeqCst) + 1 == self.stops_at {
            self.reached.notify_one();
            self.go_on.notified().await;
        }
        Custody::sign(signer, request).await
    }
}

impl Gate {
    fn new(stops_at: usize) -> Self {
        Self { signed: AtomicUsize::new(0), stops_at, reached: Notify::new(), go_on: Notify::new() }
    }
}

/// Eight servers work until they are stopped.
fn eight_servers(rig: &Rig, custody: &Arc<Altered<Gate>>, stop: &CancellationToken) -> Vec<JoinHandle<()>> {
    let server = |number: usize| {
        let mut requite = rig.app.requite.clone();
        requite.store = requite.store.named(&format!("server-{number}"));
        let (connection, sender, custody, stop) = (rig.connection(), rig.sender.address, custody.clone(), stop.clone());
        tokio::spawn(async move {
            while !stop.is_cancelled() {
                worker::transfers::run_once(&requite, &connection, custody.as_ref(), sender).await.unwrap();
            }
        })
    };
    (0..8).map(server).collect()
}

on_each_engine! {
    async fn nothing_is_signed_after_a_pause_while_eight_servers_sign(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let mut refunds = Vec::new();
        for _ in 0..20 {
            refunds.push(rig.refund("2", Usdt).await);
        }
        let (custody, stop) = (Arc::new(Altered::new(&rig, Gate::new(5))), CancellationToken::new());
        let servers = eight_servers(&rig, &custody, &stop);
        custody.reached.notified().await;
        let (requite, operator) = (rig.app.requite.clone(), rig.operator());
        let pausing = tokio::spawn(async move {
            payouts::pause((&requite).into(), &operator, Some(Network::Eth), "maintenance").await.unwrap()
        });
        while rig.account().await.paused.is_none() {
            tokio::task::yield_now().await;
        }
        // One signature is being made, so the pause is not over.
        assert!(!pausing.is_finished());
        custody.go_on.notify_one();
        assert_eq!(pausing.await.unwrap().len(), 1);
        let signed = custody.signed.load(Ordering::SeqCst);
        assert_eq!(signed, 5);
        let client = rig.signer_client();
        let remembered = client.status().await.unwrap().chains[0].signatures;
        assert_eq!(remembered, 5);
        // All of them go on, and sign nothing more.
        for _ in 0..3 {
            rig.round().await.unwrap();
        }
        stop.cancel();
        join_all(servers).await;
        assert_eq!(custody.signed.load(Ordering::SeqCst), signed);
        assert_eq!(client.status().await.unwrap().chains[0].signatures, remembered);
        rig.finalize().await;
        let (mut paid, mut held) = (0, 0);
        for refund in &refunds {
            match rig.status(refund).await {
                RefundStatus::Completed => paid += 1,
                _ => held += usize::from(rig.held(refund).await == Some(HeldReason::Paused)),
            }
        }
        assert_eq!((paid, held), (5, 15));
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.received(refund).await, units(2));
        }
        rig.app.assert_invariants().await;
    }

    async fn no_higher_fee_is_signed_during_a_pause_and_an_owner_still_cancels(engine: Engine) {
        let rig = Rig::new(engine).await;
        let cancelled = rig.refund("0.005", Eth).await;
        rig.app.advance(Duration::seconds(1));
        let kept = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        payouts::pause((&rig.app.requite).into(), &rig.operator(), Some(Network::Eth), "maintenance").await.unwrap();
        // A block that takes nothing that offers less.
        let block_at = async |fee: u128| {
            rig.anvil.set_base_fee(u64::try_from(fee).unwrap()).await;
            rig.anvil.mine(1).await;
            later(&rig);
            rig.round().await.unwrap();
        };
        let dear = rig.transfer(&kept).await.attempts[0].max_fee_per_gas * 2;
        block_at(dear).await;
        assert_eq!(rig.signer_client().status().await.unwrap().chains[0].signatures, 2);
        for refund in [&cancelled, &kept] {
            let waits = rig.transfer(refund).await;
            let told = waits.transfer.held.unwrap();
            assert_eq!((waits.attempts.len(), told.reason), (1, HeldReason::Paused));
            assert!(told.detail.contains("no higher fee is signed while payouts are paused"), "{}", told.detail);
        }
        // A cancellation pays nothing, and gets the fee that it needs.
        rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, cancelled.id).await.unwrap();
        rig.round().await.unwrap();
        block_at(rig.transfer(&cancelled).await.attempts[1].max_fee_per_gas + 1).await;
        let kinds = rig.transfer(&cancelled).await.attempts.iter().map(|attempt| attempt.kind).collect::<Vec<_>>();
        assert_eq!(kinds, [AttemptKind::Payment, AttemptKind::Cancellation, AttemptKind::Cancellation]);
        block_at(dear).await;
        assert_eq!(rig.transfer_status(&cancelled).await, TransferStatus::Mined);
        assert_eq!((rig.held(&kept).await, rig.transfer(&kept).await.attempts.len()), (Some(HeldReason::Paused), 1));
        // Nothing of this keeps payouts from going on.
        assert!(rig.resume().await.unwrap());
        assert_eq!(rig.held(&kept).await, None);
        block_at(dear).await;
        assert_eq!(rig.transfer(&kept).await.attempts.len(), 2);
        rig.finalize().await;
        assert_eq!((rig.status(&kept).await, rig.received(&kept).await), (RefundStatus::Completed, units(5)));
        assert_eq!((rig.status(&cancelled).await, rig.received(&cancelled).await), (RefundStatus::Rejected, U256::ZERO));
        rig.app.assert_invariants().await;
    }

    // As when no node of the network has answered yet.
    async fn a_pause_before_the_first_round_of_an_account_holds(engine: Engine) {
        let rig = Rig::new(engine).await;
        assert_eq!(rig.app.store().sender_accounts().await.unwrap(), []);
        let services = (&rig.app.requite).into();
        let paused = payouts::pause(services, &rig.operator(), None, "maintenance").await.unwrap();
        assert_eq!(paused.iter().map(|account| account.network).collect::<Vec<_>>(), [Network::Eth]);
        let refund = rig.refund("2", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::Paused));
        let client = rig.signer_client();
        assert_eq!(client.status().await.unwrap().chains[0].signatures, 0);
        assert_eq!(payouts::pause(services, &rig.operator(), None, "again").await.unwrap(), []);
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Completed, units(2)));
    }

    async fn a_server_that_died_while_signing_delays_a_pause_as_long_as_its_lease(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (address, now) = (notation(rig.sender.address), rig.app.context().now);
        let dead = rig.app.store().clone().named("dead");
        assert!(dead.lease_sender(Network::Eth, &address, now, now + Duration::seconds(30)).await.unwrap());
        let (requite, operator) = (rig.app.requite.clone(), rig.operator());
        let pausing = tokio::spawn(async move {
            payouts::pause((&requite).into(), &operator, None, "maintenance").await.unwrap()
        });
        while rig.account().await.paused.is_none() {
            tokio::task::yield_now().await;
        }
        assert!(!pausing.is_finished());
        rig.app.advance(Duration::seconds(30));
        assert_eq!(pausing.await.unwrap().len(), 1);
        assert!(!dead.may_sign(Network::Eth, &address, now).await.unwrap());
    }

    async fn a_server_that_does_not_let_go_of_an_account_is_told_to_whoever_reconciles(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        payouts::pause((&rig.app.requite).into(), &rig.operator(), None, "maintenance").await.unwrap();
        let (address, now) = (notation(rig.sender.address), rig.app.context().now);
        let busy = rig.app.store().clone().named("busy");
        assert!(busy.lease_sender(Network::Eth, &address, now, now + Duration::days(3_650)).await.unwrap());
        let (requite, operator) = (rig.app.requite.clone(), rig.operator());
        let reconciling = tokio::spawn(async move {
            code(payouts::reconcile((&requite).into(), &operator, Network::Eth, Orphans::Tell).await)
        });
        while !reconciling.is_finished() {
            rig.app.advance(Duration::seconds(31));
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let refused = reconciling.await.unwrap();
        assert_eq!(refused, ErrorCode::AccountInUse);
        assert!(next_step(Language::english(), refused).contains("the other servers"));
    }
}
