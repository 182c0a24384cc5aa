//! Blocks that hold deposits are replaced.

use super::*;
use crate::support::{
    anvil::Replayed,
    code,
    flaky_node::{Fault, FlakyNode},
};
use requite::{
    chain::evm::books::Comparison,
    domain::{
        error::ErrorCode,
        intents::payment::{PaymentStatus, UnsupportedReason},
    },
    languages::Language,
    service::intents::payment,
    store::chain::cursors::CursorState,
    texts::errors::stored,
};

impl Scene {
    /// Replaces this many blocks by empty ones, and one more block, so that the new branch is longer.
    async fn reorg(&self, depth: u64) {
        self.anvil.reorg(depth).await;
        self.anvil.mine(1).await;
    }

    /// The customer's next transaction in the new branch is another one.
    async fn reorg_with_another(&self, depth: u64) {
        let customer = self.anvil.contracts.accounts.customer.address;
        let other = Replayed::Sent { from: customer, to: customer, value: U256::ZERO, data: Bytes::new() };
        self.anvil.reorg_with(depth, &[(0, other)]).await;
        self.anvil.mine(1).await;
    }
}

on_both_engines! {
    async fn case_22_a_deposit_that_moves_to_another_block_is_credited_once(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(2).await;
        scene.follow().await;
        let seen = scene.payment(&intent).await;
        let raw = scene.anvil.raw(hash).await;
        scene.anvil.reorg_with(2, &[(1, Replayed::Raw(raw))]).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let moved = scene.payment(&intent).await;
        assert_eq!((moved.id, moved.status), (seen.id, PaymentStatus::Pending));
        assert_eq!(moved.block_height, seen.block_height.map(|height| height + 1));
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }

    async fn case_22_a_deposit_that_is_gone_stays_pending_while_it_can_come_back(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let raw = scene.anvil.raw(hash).await;
        scene.reorg(1).await;
        scene.finish().await;
        scene.finish().await;
        let gone = scene.payment(&intent).await;
        assert_eq!((gone.status, scene.stage(&gone).await), (PaymentStatus::Pending, DepositStage::Reorged));
        assert_eq!(app.available(Usd).await, money("0", Usd));
        scene.anvil.node.send(&raw).await.unwrap();
        scene.anvil.mine(1).await;
        scene.finish().await;
        let back = scene.payment(&intent).await;
        assert_eq!((back.id, back.status), (gone.id, PaymentStatus::Paid));
    }

    async fn case_22_a_deposit_whose_nonce_is_used_otherwise_fails_when_that_is_final(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        scene.reorg_with_another(1).await;
        scene.follow().await;
        let payment = scene.payment(&intent).await;
        assert_eq!(payment.status, PaymentStatus::Pending, "the other transaction can be removed too");
        scene.anvil.mine(FINAL).await;
        scene.follow().await;
        scene.finish().await;
        let payment = scene.payment(&intent).await;
        assert_eq!((payment.status, scene.stage(&payment).await), (PaymentStatus::Failed, DepositStage::Dropped));
        assert_eq!(app.reload(intent).await.pending_payments, 0);
    }

    /// The other transaction is removed as well, before it is final.
    async fn a_deposit_comes_back_although_its_nonce_was_used(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let raw = scene.anvil.raw(hash).await;
        scene.reorg_with_another(1).await;
        scene.follow().await;
        scene.anvil.reorg_with(2, &[(0, Replayed::Raw(raw))]).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    }

    /// Nothing else remembers it, but a final block can only be wrong if a node was.
    async fn a_deposit_that_failed_and_comes_back_nevertheless_is_booked(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let found = scene.store().open_deposits(Network::Base).await.unwrap().remove(0);
        scene.store().drop_deposit(&app.context(), &found).await.unwrap();
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Failed);
        app.advance(chrono::Duration::minutes(1));
        let raw = scene.anvil.raw(found.transfer.transaction_hash.parse().unwrap()).await;
        scene.anvil.reorg_with(1, &[(0, Replayed::Raw(raw))]).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        let states: Vec<_> = scene.payments(&intent).await.iter().map(|payment| payment.status).collect();
        assert_eq!(states, [PaymentStatus::Failed, PaymentStatus::Paid]);
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    /// The balance has what was credited less the fee, and the opposite postings are of both.
    async fn a_deposit_with_a_fee_is_taken_back_from_a_balance_that_has_only_it(app: &TestApp) {
        let mut scene = Scene::with(app, "credit = 1").await;
        scene.fee_percent = rust_decimal::Decimal::ONE;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(app.available(Usd).await, money("29.7", Usd));
        scene.reorg(1).await;
        scene.follow().await;
        assert_eq!(app.available(Usd).await, money("0", Usd));
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Failed);
    }

    async fn a_credited_deposit_that_is_removed_is_taken_back(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.status(&intent).await, IntentStatus::Complete);
        assert_eq!(app.available(Usd).await, money("30", Usd));
        let raw = scene.anvil.raw(hash).await;
        scene.reorg(1).await;
        scene.follow().await;
        assert_eq!(app.available(Usd).await, money("0", Usd));
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Failed);
        let changed = app.reload(intent.clone()).await;
        assert_eq!((changed.status(), changed.paid), (IntentStatus::Pending, money("0", Usd)));
        assert_eq!(changed.timeline[0].reason.as_deref(), Some("payment_taken_back"));
        // It comes back, and is another payment.
        scene.anvil.node.send(&raw).await.unwrap();
        scene.anvil.mine(1).await;
        scene.finish().await;
        let payments = scene.payments(&intent).await;
        assert_eq!(payments.iter().map(|payment| payment.status).collect::<Vec<_>>(), [PaymentStatus::Failed, PaymentStatus::Paid]);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }

    async fn a_credited_deposit_that_moves_to_another_block_stays_credited(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let paid = scene.payment(&intent).await;
        let raw = scene.anvil.raw(hash).await;
        scene.anvil.reorg_with(1, &[(0, Replayed::Raw(raw))]).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        let moved = scene.payment(&intent).await;
        assert_eq!((moved.id, moved.status, moved.settlement), (paid.id, PaymentStatus::Paid, paid.settlement));
        assert_eq!(scene.stage(&moved).await, DepositStage::Final);
    }

    async fn a_credited_deposit_that_is_spent_and_removed_is_for_a_person(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let other = FlakyNode::start(&anvil.url).await;
        let nodes = [anvil.url.clone(), other.url.clone()];
        let scene = Scene::through(app, &anvil, &nodes, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        app.fund("10", Usd).await;
        app.refund(&app.order(&intent, "5")).await.unwrap();
        let raw = scene.anvil.raw(hash).await;
        scene.reorg(1).await;
        scene.follow().await;
        let payment = scene.payment(&intent).await;
        assert_eq!((payment.status, scene.stage(&payment).await), (PaymentStatus::Paid, DepositStage::Lost));
        let problem = scene.cursor().await.problem.unwrap();
        assert!(problem.starts_with("1 deposit was credited and then removed"), "{problem}");
        assert_eq!(scene.store().lost_deposits().await.unwrap().len(), 1);
        // That it came back is the word of one node at first, even when it is final there.
        other.set("eth_getTransactionReceipt", Fault::lie(|_| serde_json::Value::Null));
        scene.anvil.node.send(&raw).await.unwrap();
        scene.anvil.mine(FINAL + 2).await;
        while scene.step().await.is_ok_and(|progress| progress != Progress::AtHead) {}
        let unconfirmed = scene.payment(&intent).await;
        assert_eq!((unconfirmed.block_height > payment.block_height, scene.stage(&payment).await), (true, DepositStage::Lost));
        assert_eq!(code(app.refund(&app.order(&intent, "5")).await), ErrorCode::PaymentLost);
        // Its coins are at the address already, so the books have it.
        let (clock, entropy) = (app.requite.clock.as_ref(), app.requite.entropy.as_ref());
        let comparison = Comparison { store: scene.store(), connection: &scene.connection, clock, entropy };
        assert_eq!(comparison.run().await.unwrap(), Some(0));
        assert!(!app.exists("select 1 from own_movements where kind in ('opening', 'difference')").await);
        app.assert_invariants().await;
        // When the nodes agree, nobody has to do anything.
        other.heal();
        scene.finish().await;
        scene.follow().await;
        assert_eq!((scene.stage(&payment).await, scene.cursor().await.problem), (DepositStage::Final, None));
        app.assert_invariants().await;
    }

    async fn unsupported_funds_that_are_removed_are_no_longer_listed(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.unsupported, Some(UnsupportedReason::WrongCurrency));
        scene.reorg(1).await;
        scene.follow().await;
        let payment = scene.payment(&intent).await;
        assert_eq!((payment.unsupported, payment.status), (None, PaymentStatus::Failed));
    }

    /// Whoever had said that the customer was paid back would have said it of a payment that is gone, and the one that comes
    /// back would be paid back once more.
    async fn unsupported_funds_are_dealt_with_when_no_network_removes_them_any_more(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let early = scene.payment(&intent).await;
        assert_eq!((early.status, early.unsupported), (PaymentStatus::Paid, Some(UnsupportedReason::WrongCurrency)));
        let mark = async |id| payment::mark_handled(app.store(), &app.context(), &app.owner, id, "paid back").await;
        let form = "action=\"/do/unsupported-funds/handled\"";
        let owner = app.sign_in("owner@example.com").await;
        let page = owner.get("/unsupported-funds").await.text();
        assert!(page.contains("Not yet: its network can still remove it.") && !page.contains(form), "{page}");
        assert_eq!(code(mark(early.id).await), ErrorCode::PaymentNotPossible);
        let raw = scene.anvil.raw(hash).await;
        scene.reorg(1).await;
        scene.follow().await;
        assert_eq!(code(mark(early.id).await), ErrorCode::PaymentNotPossible);
        scene.anvil.node.send(&raw).await.unwrap();
        scene.anvil.mine(1).await;
        scene.follow().await;
        let back = scene.payments(&intent).await.into_iter().find(|payment| payment.status == PaymentStatus::Paid).unwrap();
        assert_eq!((back.id == early.id, back.handled.is_none()), (false, true));
        assert_eq!(code(mark(back.id).await), ErrorCode::PaymentNotPossible);
        scene.finish().await;
        assert!(owner.get("/unsupported-funds").await.text().contains(form));
        mark(back.id).await.unwrap();
        let handled = scene.payments(&intent).await.into_iter().filter(|payment| payment.handled.is_some());
        assert_eq!(handled.map(|payment| payment.id).collect::<Vec<_>>(), [back.id]);
    }

    async fn case_23_a_shorter_chain_is_followed(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(4).await;
        scene.follow().await;
        let raw = scene.anvil.raw(hash).await;
        scene.anvil.rollback(4).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Pending);
        scene.anvil.mine(2).await;
        scene.follow().await;
        scene.anvil.node.send(&raw).await.unwrap();
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.available(Usd).await, money("30", Usd));
    }

    async fn case_24_a_reorganisation_below_a_final_block_stops_the_network(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        let snapshot = scene.anvil.snapshot().await;
        scene.anvil.mine(FINAL + 2).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        scene.anvil.revert(snapshot).await;
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(FINAL + 4).await;
        let mut before = app.row_counts().await;
        let error = scene.step().await.unwrap_err();
        assert!(matches!(error, StepError::BelowFinality(Network::Base, _)), "{error}");
        let cursor = scene.cursor().await;
        assert_eq!(cursor.state, CursorState::Stopped);
        let problem = cursor.problem.unwrap();
        let german = Language::of_code("de").unwrap();
        assert!(stored(Language::english(), &problem).contains("which it had reported as final"), "{problem}");
        assert!(stored(german, &problem).contains("den es als endgültig gemeldet hatte"), "{problem}");
        assert!(scene.step().await.is_err(), "it stays stopped");
        let owners = app.count("select count(*) from users where role = 'owner' and disabled_at is null").await;
        before.insert("mail_outbox".to_owned(), owners);
        assert_eq!(app.row_counts().await, before, "nothing is booked, and each owner gets a mail");
    }

    /// The server has only seen the newest block when it is replaced.
    async fn a_reorganisation_below_the_first_block_that_was_seen_loses_nothing(app: &TestApp) {
        let scene = Scene::new(app).await;
        scene.follow().await;
        let intent = scene.app.intent("30", Usd, Network::Base).await;
        let hash = scene.pay(&intent, 30).await;
        let raw = scene.anvil.raw(hash).await;
        scene.anvil.mine(1).await;
        scene.anvil.reorg_with(5, &[(0, Replayed::Raw(raw))]).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    }
}
