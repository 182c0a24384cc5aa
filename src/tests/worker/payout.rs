//! Settlement: every payout reaches a final status and is sent at most once, whatever the chain does.

use crate::support::{TestApp, code, money};
use chrono::{DateTime, Duration, Utc};
use requite::{
    chain::{
        ChainError,
        payouts::{Payout, PayoutState, Payouts},
        sandbox,
    },
    context::Context,
    domain::{
        address::network::Network,
        error::{ErrorCode, ErrorText},
        ids::RefundId,
        intents::{
            payment::{PaymentStatus, UnsupportedReason},
            payment_intent::IntentStatus,
        },
        money::currency::Currency::Usd,
        names::Named,
        refunds::{
            new_refund::Destination,
            refund::{RefundStatus, Rejection, RejectionType},
        },
        reports::reconciliation::ChainTransfer,
    },
    store::{intents::unsupported_funds::UnsupportedFilter, refunds::payout::PayoutResult},
    worker,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// A chain that carries out every submission, even repeated ones, and loses responses. No refund may be paid twice
/// although it does not deduplicate.
#[derive(Default)]
struct ForgetfulChain {
    sent: Mutex<HashMap<RefundId, u32>>,
    lose_answers: Mutex<u32>,
    refuse_calls: Mutex<u32>,
    broken: Mutex<bool>,
}

#[async_trait::async_trait]
impl Payouts for ForgetfulChain {
    async fn state(&self, id: RefundId, _now: DateTime<Utc>) -> Result<PayoutState, ChainError> {
        if *self.broken.lock().unwrap() {
            return Err(ChainError::Broken("this is another chain".into()));
        }
        Ok(match self.sent.lock().unwrap().get(&id) {
            None => PayoutState::Unknown,
            Some(_) => PayoutState::Settled { transaction_hash: format!("sent {id}") },
        })
    }

    async fn submit(&self, _moment: &Context<'_>, payout: &Payout) -> Result<(), ChainError> {
        if take_one(&self.refuse_calls) {
            return Err(ChainError::Unavailable("connection refused".into()));
        }
        *self.sent.lock().unwrap().entry(payout.id).or_default() += 1;
        if take_one(&self.lose_answers) {
            return Err(ChainError::Unavailable("the answer was lost".into()));
        }
        Ok(())
    }

    async fn transfers(&self, _ids: &[RefundId]) -> Result<Vec<ChainTransfer>, ChainError> {
        Ok(Vec::new())
    }

    async fn settled_between(
        &self,
        _from: DateTime<Utc>,
        _to: DateTime<Utc>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<ChainTransfer>, ChainError> {
        Ok(Vec::new())
    }
}

fn take_one(counter: &Mutex<u32>) -> bool {
    let mut left = counter.lock().unwrap();
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

fn with_payouts(app: &TestApp, payouts: &Arc<ForgetfulChain>) -> TestApp {
    let mut app = app.clone();
    app.requite.chain.as_mut().unwrap().payouts = payouts.clone();
    app
}

on_both_engines! {
    async fn a_refund_goes_from_pending_to_completed(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.available(Usd).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        app.work().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Processing);
        app.advance(Duration::seconds(3));
        app.work().await;
        let done = app.reload_refund(&refund).await;
        assert_eq!(done.status, RefundStatus::Completed);
        assert!(done.transaction_hash.is_some());
        assert_eq!(app.balance(Usd).await, (before.minus(refund.terms.total).unwrap(), money("0", Usd)));
        let intent = app.reload(intent).await;
        assert_eq!((intent.refunded, intent.in_flight, intent.left()), (money("40", Usd), money("0", Usd), money("60", Usd)));
        let steps = app.requite.store.refund_steps(app.merchant, refund.id).await.unwrap();
        let names: Vec<_> = steps.iter().map(|step| step.status.as_str()).collect();
        assert_eq!(names, ["completed", "processing", "pending"]);
    }

    async fn a_rejected_refund_releases_its_reservation_and_can_be_repeated(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let before = app.available(Usd).await;
        let mut order = app.order(&intent, "90");
        order.destination = Destination::parse(Network::Base, &sandbox::rejecting_address(Network::Base), None, false).unwrap();
        let refund = app.refund(&order).await.unwrap();
        app.settle().await;
        let rejected = app.reload_refund(&refund).await;
        assert_eq!(rejected.status, RefundStatus::Rejected);
        assert!(rejected.rejection_reason.is_some());
        assert_eq!(app.balance(Usd).await, (before, money("0", Usd)));
        assert_eq!(app.reload(intent.clone()).await.left(), money("100", Usd));
        app.refund(&app.order(&intent, "98")).await.unwrap();
        app.settle().await;
        assert_eq!(app.reload(intent).await.refunded, money("98", Usd));
    }

    /// A slow server, and another one that took over when the lease had expired.
    async fn a_refund_leased_by_another_server_is_not_touched(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        let store = &app.requite.store;
        let lease = Duration::seconds(60);
        let first = app.requite.context().now + lease;
        assert_eq!(store.claim_due_refunds(&app.requite.context(), lease, 20).await.unwrap().len(), 1);
        let changed = app.reload_refund(&refund).await.updated_at;
        app.advance(Duration::seconds(61));
        let second = app.requite.context().now + lease;
        assert_eq!(store.claim_due_refunds(&app.requite.context(), lease, 20).await.unwrap().len(), 1);
        assert_eq!(app.reload_refund(&refund).await.updated_at, changed, "being looked at again is no change");
        assert!(!store.extend_refund_lease(refund.id, first, second).await.unwrap());
        store.release_refund(refund.id, first, app.requite.context().now).await.unwrap();
        assert!(store.claim_due_refunds(&app.requite.context(), lease, 20).await.unwrap().is_empty(), "it is still held");
        let third = second + lease;
        assert!(store.extend_refund_lease(refund.id, second, third).await.unwrap());
        store.release_refund(refund.id, third, app.requite.context().now).await.unwrap();
        app.settle().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }

    async fn the_payout_carries_the_memo(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut order = app.order(&intent, "10");
        let x_address = "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS";
        order.destination = Destination::parse(Network::Xrp, x_address, None, false).unwrap();
        let refund = app.refund(&order).await.unwrap();
        app.settle().await;
        let sent = app.requite.store.sandbox_transfer(refund.id.0).await.unwrap().unwrap();
        assert_eq!(sent.address, "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59");
        assert_eq!(sent.memo.as_deref(), Some("14"));
        assert_eq!(app.reload_refund(&refund).await.memo.as_deref(), Some("14"));
    }

    async fn a_stuck_refund_stays_in_processing_for_an_hour(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Sol).await;
        let mut order = app.order(&intent, "10");
        order.destination = Destination::parse(Network::Sol, &sandbox::hanging_address(Network::Sol), None, false).unwrap();
        let refund = app.refund(&order).await.unwrap();
        app.settle().await;
        app.advance(Duration::minutes(59));
        app.work().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Processing);
        app.advance(Duration::minutes(2));
        app.work().await;
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }

    async fn a_status_change_after_the_final_status_is_ignored(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        app.settle().await;
        let rows = app.row_counts().await;
        let late = PayoutResult::Rejected(Rejection::new(RejectionType::Processing, ErrorText::plain("too late")));
        let context = app.requite.context();
        assert!(!app.requite.store.finish_refund(&context, app.merchant, refund.id, &late).await.unwrap());
        let again = PayoutResult::Completed { transaction_hash: "another".to_owned() };
        assert!(!app.requite.store.finish_refund(&context, app.merchant, refund.id, &again).await.unwrap());
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    }

    async fn deposit_addresses_are_assigned_and_overdue_intents_expire(app: &TestApp) {
        use requite::{domain::{ids::IdempotencyKey, intents::new_intent::NewIntent}, service::intents};
        let new = NewIntent::transient(money("5", Usd), Usd, vec![Network::Base, Network::Sol], Duration::hours(8)).unwrap();
        let key = IdempotencyKey(app.requite.context().id());
        let intent = intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), &app.owner, &new, key).await.unwrap().into_inner();
        app.work().await;
        assert_eq!(app.reload(intent.clone()).await.status(), IntentStatus::Created);
        app.advance(Duration::seconds(1));
        app.work().await;
        let ready = app.reload(intent.clone()).await;
        assert_eq!(ready.status(), IntentStatus::Pending);
        assert!(ready.payment_methods.iter().all(|method| method.address.is_some()));
        let waiting = app.intent("5", Usd, Network::Base).await;
        app.pay(&waiting, None, PaymentStatus::Pending).await.unwrap();
        app.advance(Duration::hours(8));
        app.work().await;
        assert_eq!(app.reload(intent).await.status(), IntentStatus::Expired);
        assert_eq!(app.reload(waiting).await.status(), IntentStatus::Pending, "a payment may still become final");
    }

    async fn late_payments_are_stored_as_unsupported_funds(app: &TestApp) {
        let refunded = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&refunded, "1")).await.unwrap();
        let expired = app.intent("5", Usd, Network::Base).await;
        app.advance(Duration::hours(9));
        app.work().await;
        let before = app.balance(Usd).await;
        for (intent, reason) in [(&refunded, UnsupportedReason::IntentRefunded), (&expired, UnsupportedReason::IntentExpired)] {
            let payment = app.pay(intent, Some(money("7", Usd)), PaymentStatus::Paid).await.unwrap();
            assert_eq!(payment.unsupported, Some(reason));
            assert!(!app.reload(intent.clone()).await.payment_ids.contains(&payment.id));
        }
        assert_eq!(app.balance(Usd).await, before);
        let page = requite::domain::paging::PageRequest::first();
        assert_eq!(app.requite.store.unsupported_funds(app.merchant, &UnsupportedFilter::default(), &page).await.unwrap().items.len(), 2);
    }
}

/// This chain has no table of transfers, so the invariants are checked without it.
async fn assert_ledger(app: &TestApp) {
    let findings = app.requite.store.check().await.unwrap();
    assert!(findings.violations.is_empty(), "{:#?}", findings.violations);
}

async fn lost_answers(engine: crate::support::Engine) {
    let chain = Arc::new(ForgetfulChain::default());
    let app = with_payouts(&TestApp::new(engine).await, &chain);
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
    *chain.refuse_calls.lock().unwrap() = 2;
    *chain.lose_answers.lock().unwrap() = 1;
    for _ in 0..6 {
        worker::run_once(&app.requite).await.unwrap();
        app.advance(Duration::seconds(5));
    }
    assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::Completed);
    assert_eq!(chain.sent.lock().unwrap().get(&refund.id), Some(&1));
    assert_ledger(&app).await;
}

#[tokio::test]
async fn a_lost_answer_never_pays_twice_on_sqlite() {
    lost_answers(crate::support::Engine::Sqlite).await;
}

#[tokio::test]
async fn a_lost_answer_never_pays_twice_on_postgres() {
    lost_answers(crate::support::Engine::Postgres).await;
}

/// A retry fails until somebody has repaired the chain, and the refund must not be rejected, because it may have been
/// sent.
#[tokio::test]
async fn a_broken_chain_is_asked_once_a_minute() {
    let chain = Arc::new(ForgetfulChain::default());
    let app = with_payouts(&TestApp::new(crate::support::Engine::Sqlite).await, &chain);
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
    *chain.broken.lock().unwrap() = true;
    worker::run_once(&app.requite).await.unwrap();
    *chain.broken.lock().unwrap() = false;
    for (seconds, status) in [(59, RefundStatus::Processing), (1, RefundStatus::Completed)] {
        app.advance(Duration::seconds(seconds));
        worker::run_once(&app.requite).await.unwrap();
        assert_eq!(app.reload_refund(&refund).await.status, status);
    }
    assert_ledger(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_workers_share_the_queue_on_postgres() {
    let chain = Arc::new(ForgetfulChain::default());
    let app = with_payouts(&TestApp::new(crate::support::Engine::Postgres).await, &chain);
    let intent = app.paid_intent("1000", Usd, Network::Base).await;
    app.fund("1000", Usd).await;
    let mut refunds = Vec::new();
    for _ in 0..60 {
        refunds.push(app.refund(&app.order(&intent, "1")).await.unwrap());
    }
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let app = app.clone();
            tokio::spawn(async move { while worker::run_once(&app.requite).await.unwrap() > 0 {} })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    for refund in &refunds {
        assert_eq!(app.reload_refund(refund).await.status, RefundStatus::Completed);
        assert_eq!(chain.sent.lock().unwrap().get(&refund.id), Some(&1));
    }
    assert_ledger(&app).await;
}

#[tokio::test]
async fn without_a_chain_no_refund_is_accepted() {
    let app = TestApp::new(crate::support::Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let mut production = app.clone();
    production.requite.chain = None;
    let rows = app.row_counts().await;
    assert_eq!(code(production.refund(&app.order(&intent, "1")).await), ErrorCode::ChainUnavailable);
    assert_eq!(app.row_counts().await, rows);
}
