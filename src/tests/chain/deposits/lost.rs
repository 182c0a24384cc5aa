//! Deposits that were credited, spent and then removed by the network: what a person decides about them.

use super::*;
use crate::support::code;
use requite::{
    chain::{
        Chain,
        evm::{
            EvmChain,
            deposits::{StepError, removed},
        },
    },
    domain::{
        error::ErrorCode,
        intents::{payment::PaymentStatus, payment_progress::PaymentStage},
        ledger::PostingReason,
        paging::{PageRequest, Position, SortDirection},
        reports::{
            month::Month,
            statement::{ListedMovement, MovementSubject},
        },
    },
    languages::Language,
    service::{
        intents::payment_progress,
        operations::lost_deposits::{self, LostDepositServices},
        reports::statements,
    },
    store::{
        chain::lost_deposits::{LostDeposit, Resolution},
        reports::movements::MovementFilter,
    },
    texts::errors::next_step,
};

const NOTE: &str = "the exchange has cancelled its withdrawal";

impl Scene {
    /// The chain of a server whose settings have this network, with these nodes.
    fn chain(&self, nodes: &[reqwest::Url]) -> Chain {
        let file = networks_file(&self.anvil, nodes, "credit = 1");
        let networks = Networks::parse(&file).unwrap();
        EvmChain::new(&networks).unwrap().chain(&networks, self.store())
    }

    /// An intent whose payment of 30 dollars was credited at once; and the signed bytes of the payment.
    async fn credited(&self) -> (PaymentIntent, Bytes) {
        let intent = self.intent("30", USDC).await;
        let hash = self.pay(&intent, 30).await;
        self.anvil.mine(1).await;
        self.follow().await;
        let raw = self.anvil.raw(hash).await;
        (intent, raw)
    }

    /// Removes the newest block, which has the payment.
    async fn remove(&self) {
        self.anvil.reorg(1).await;
        self.anvil.mine(1).await;
        self.follow().await;
    }

    /// Removes the block of the payment, which was spent.
    async fn lose(&self) -> LostDeposit {
        self.remove().await;
        let mut lost = self.lost().await;
        assert_eq!(lost.len(), 1);
        lost.remove(0)
    }

    /// Removes the block of the payment, which was final, as [`Scene::bring_back`] has left it. Whoever runs the server lets
    /// the network be followed again.
    async fn remove_final(&self) -> LostDeposit {
        self.anvil.reorg(FINAL + 2).await;
        self.anvil.mine(1).await;
        assert!(matches!(self.step().await, Err(StepError::BelowFinality(Network::Base, _))));
        let cursor = self.store().stopped_network(Network::Base).await.unwrap().unwrap();
        let parting = removed::find(self.store(), &self.connection, &cursor).await.unwrap().unwrap();
        let blocks = (&parting.newest, &parting.common);
        let context = self.app.context();
        assert!(self.store().follow_again(&context, &self.app.owner, Network::Base, blocks, NOTE).await.unwrap());
        self.follow().await;
        let mut lost = self.lost().await;
        assert_eq!(lost.len(), 1);
        lost.remove(0)
    }

    async fn lost(&self) -> Vec<LostDeposit> {
        lost_deposits::list(self.store(), &self.app.viewer).await.unwrap()
    }

    async fn write_off(&self, lost: &LostDeposit, note: &str) -> Result<Resolution, requite::error::Error> {
        let context = self.app.context();
        lost_deposits::write_off(self.store(), &context, &self.app.owner, lost.deposit.id, note).await
    }

    async fn recover(&self, lost: &LostDeposit) -> Result<(), requite::error::Error> {
        self.recover_by(std::slice::from_ref(&self.anvil.url), lost).await
    }

    async fn recover_by(&self, nodes: &[reqwest::Url], lost: &LostDeposit) -> Result<(), requite::error::Error> {
        let chain = self.chain(nodes);
        let services = LostDepositServices {
            store: self.store(),
            chain: Some(&chain),
            rates: self.app.requite.rates.as_ref(),
            fee_percent: rust_decimal::Decimal::ZERO,
        };
        lost_deposits::recover(services, &self.app.context(), &self.app.owner, lost.deposit.id).await
    }

    /// The payment is in a block again, which is not final.
    async fn credit_again(&self, raw: &Bytes) {
        self.anvil.node.send(raw).await.unwrap();
        self.anvil.mine(1).await;
        self.follow().await;
    }

    async fn bring_back(&self, raw: &Bytes) {
        self.credit_again(raw).await;
        self.finish().await;
        self.follow().await;
    }
}

/// The movements of the current month, from pages of one row.
async fn movements(app: &TestApp) -> Vec<ListedMovement> {
    let filter = MovementFilter { month: Month::of(app.context().now), currency: None, reason: None };
    let (mut all, mut position) = (Vec::new(), Position::Start);
    loop {
        let request = PageRequest::new(1, position, SortDirection::OldestFirst);
        let page = statements::movements(app.store(), &app.viewer, &filter, &request).await.unwrap();
        all.extend(page.items);
        let Some(row) = page.next else { return all };
        position = Position::After(row);
    }
}

on_both_engines! {
    async fn a_refunded_deposit_is_written_off_and_comes_back(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let (intent, raw) = scene.credited().await;
        app.fund("10", Usd).await;
        app.refund(&app.order(&intent, "5")).await.unwrap();
        let lost = scene.lose().await;
        // Nothing more of money that never came is refunded.
        assert_eq!(code(app.refund(&app.order(&intent, "5")).await), ErrorCode::PaymentLost);
        let refused = lost_deposits::write_off(scene.store(), &app.context(), &app.approver, lost.deposit.id, NOTE).await;
        assert_eq!(code(refused), ErrorCode::Forbidden);
        assert_eq!(code(scene.write_off(&lost, "  ").await), ErrorCode::Required);
        assert_eq!(code(scene.write_off(&lost, "too short").await), ErrorCode::TextInvalid);
        let before = app.available(Usd).await;
        assert_eq!(scene.write_off(&lost, NOTE).await.unwrap(), Resolution::WrittenOff);
        let after = app.available(Usd).await;
        assert_eq!(after.plus(money("30", Usd)).unwrap(), before);
        // The refund was made for it, so it stays on its intent.
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(app.reload(intent.clone()).await.paid, money("30", Usd));
        assert_eq!(code(app.refund(&app.order(&intent, "5")).await), ErrorCode::PaymentLost);
        assert!(scene.lost().await.is_empty());
        assert_eq!(code(scene.write_off(&lost, NOTE).await), ErrorCode::DepositNotLost);
        assert_eq!(code(scene.recover(&lost).await), ErrorCode::DepositNotLost);
        scene.follow().await;
        assert_eq!(scene.cursor().await.problem, None);
        assert!(app.exists("select 1 from audit_entries where action = 'deposit.written_off' and actor_kind = 'user'").await);
        app.assert_invariants().await;
        // Then it arrives after all.
        scene.bring_back(&raw).await;
        let back = scene.lost().await;
        assert_eq!(back.iter().map(|one| one.written_off.as_ref().unwrap().1.as_str()).collect::<Vec<_>>(), [NOTE]);
        // One of two nodes is not enough. What to do then is not to connect this server to a network: it is connected.
        let nodes = [scene.anvil.url.clone(), "http://127.0.0.1:1".parse().unwrap()];
        let unsure = code(scene.recover_by(&nodes, &back[0]).await);
        assert_eq!(unsure, ErrorCode::NodesDisagree);
        assert!(next_step(Language::english(), unsure).contains("which nodes respond"));
        scene.recover(&back[0]).await.unwrap();
        assert_eq!(app.available(Usd).await, before);
        assert!(scene.lost().await.is_empty());
        assert_eq!(code(scene.recover(&back[0]).await), ErrorCode::DepositNotLost);
        app.refund(&app.order(&intent, "10")).await.unwrap();
        app.assert_invariants().await;
        // Its final block is removed, when the balance has less than it had the first time.
        let before = app.available(Usd).await;
        assert!(before.amount() < money("30", Usd).amount(), "{before}");
        let lost = scene.remove_final().await;
        assert_eq!(scene.write_off(&lost, NOTE).await.unwrap(), Resolution::WrittenOff);
        assert_eq!(app.available(Usd).await, money("0", Usd));
        app.assert_invariants().await;
        scene.bring_back(&raw).await;
        scene.recover(&scene.lost().await[0]).await.unwrap();
        assert_eq!(app.available(Usd).await, before, "what the newest decision took, and nothing of the one before");
        app.assert_invariants().await;
        // Statements know whose payment it was.
        let listed = movements(app).await;
        let changes = app.store().balance_changes_of_order(app.merchant, intent.order_number).await.unwrap();
        for reason in [PostingReason::DepositWrittenOff, PostingReason::DepositRecovered] {
            let number = changes.iter().filter(|change| change.reason == reason).count();
            assert_eq!(number, 2, "{changes:?}");
            let subject = Some(MovementSubject::Payment { intent: intent.id, order: intent.order_number });
            let is_it = |one: &&ListedMovement| one.movement.reason == reason && one.subject == subject;
            assert_eq!(listed.iter().filter(is_it).count(), 2, "{listed:?}");
        }
    }

    /// It comes back, is credited again, and is removed once more when there is money that could be taken back.
    async fn what_was_written_off_is_not_taken_back_a_second_time(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let other = app.paid_intent("30", Usd, Network::Eth).await;
        let (intent, raw) = scene.credited().await;
        app.refund(&app.order(&other, "30")).await.unwrap();
        let left = app.available(Usd).await;
        assert!(left.amount() > rust_decimal::Decimal::ZERO && left.amount() < money("30", Usd).amount(), "{left}");
        let lost = scene.lose().await;
        assert_eq!(scene.write_off(&lost, NOTE).await.unwrap(), Resolution::WrittenOff);
        assert_eq!(app.available(Usd).await, money("0", Usd), "a balance that is short gives what it has");
        app.assert_invariants().await;
        scene.credit_again(&raw).await;
        let payment = scene.payment(&intent).await;
        assert_eq!(scene.stage(&payment).await, DepositStage::Credited);
        app.fund("40", Usd).await;
        let funded = app.available(Usd).await;
        scene.remove().await;
        assert_eq!(app.available(Usd).await, funded);
        assert_eq!((scene.payment(&intent).await.status, scene.stage(&payment).await), (PaymentStatus::Paid, DepositStage::Lost));
        assert!(scene.lost().await.is_empty(), "a person has decided");
        app.assert_invariants().await;
        scene.bring_back(&raw).await;
        scene.recover(&scene.lost().await[0]).await.unwrap();
        assert_eq!(app.available(Usd).await, funded.plus(left).unwrap());
        app.assert_invariants().await;
    }

    /// The balance was short because of another intent, and was filled up meanwhile.
    async fn what_can_be_taken_back_by_now_is_taken_back(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let other = app.paid_intent("30", Usd, Network::Eth).await;
        let (intent, raw) = scene.credited().await;
        app.refund(&app.order(&other, "30")).await.unwrap();
        let lost = scene.lose().await;
        app.fund("10", Usd).await;
        let before = app.available(Usd).await;
        assert_eq!(scene.write_off(&lost, NOTE).await.unwrap(), Resolution::TakenBack);
        assert_eq!(app.available(Usd).await.plus(money("30", Usd)).unwrap(), before);
        let changed = app.reload(intent.clone()).await;
        assert_eq!((changed.status(), changed.paid), (IntentStatus::Pending, money("0", Usd)));
        assert!(scene.lost().await.is_empty());
        app.assert_invariants().await;
        // If it comes back, it is another payment, as always.
        scene.credit_again(&raw).await;
        let payments = scene.payments(&intent).await;
        for status in [PaymentStatus::Failed, PaymentStatus::Paid] {
            assert_eq!(payments.iter().filter(|payment| payment.status == status).count(), 1, "{payments:?}");
        }
        app.assert_invariants().await;
        // That one can be lost too, and a person decides about it.
        app.refund(&app.order(&intent, "20")).await.unwrap();
        let lost = scene.lose().await;
        assert_eq!(scene.write_off(&lost, NOTE).await.unwrap(), Resolution::WrittenOff);
        app.assert_invariants().await;
    }

    async fn an_owner_decides_in_the_console(app: &TestApp) {
        let scene = Scene::with(app, "credit = 1").await;
        let (intent, _) = scene.credited().await;
        app.refund(&app.order(&intent, "20")).await.unwrap();
        let lost = scene.lose().await;
        let id = lost.deposit.id.to_string();
        let viewer = app.sign_in("viewer@example.com").await;
        assert!(viewer.get("/").await.text().contains("A deposit that was credited was removed by its network."));
        let listed = viewer.get("/payouts").await.text();
        assert!(listed.contains("Lost deposits") && !listed.contains("Write off"), "{listed}");
        let views = payment_progress::of_intent((&app.requite).into(), &app.context(), &app.viewer, &intent).await.unwrap();
        assert_eq!(views.payments[0].stage, PaymentStage::Lost);
        let owner = app.sign_in("owner@example.com").await;
        assert!(owner.get("/payouts").await.text().contains("Write off"));
        let refused = owner.post("/do/deposits/write-off", &[("deposit", &id), ("note", "gone")]).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::TextInvalid);
        let done = owner.post("/do/deposits/write-off", &[("deposit", &id), ("note", NOTE)]).await;
        assert!(done.notice().is_none() && done.location().starts_with("/payouts?"), "{:?}", done.notice());
        assert!(!owner.get("/payouts").await.text().contains("Lost deposits"));
        let refused = owner.post("/do/deposits/recover", &[("deposit", &id)]).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::DepositNotLost);

        // Two more are lost, and the second one finds an empty balance. It moves nothing, and ends no list.
        for _ in 0..2 {
            let (intent, _) = scene.credited().await;
            app.refund(&app.order(&intent, "20")).await.unwrap();
        }
        scene.anvil.reorg(2).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let lost = scene.lost().await;
        assert_eq!(lost.len(), 2, "{lost:?}");
        for one in &lost {
            assert_eq!(scene.write_off(one, NOTE).await.unwrap(), Resolution::WrittenOff);
            assert_eq!(app.available(Usd).await, money("0", Usd));
        }
        app.advance(chrono::Duration::seconds(1));
        app.fund("1", Usd).await;
        assert_eq!(app.count("select count(*) from ledger_transactions where movement = 'deposit_written_off'").await, 3);
        let listed = movements(app).await;
        let number = listed.iter().filter(|one| one.movement.reason == PostingReason::DepositWrittenOff).count();
        let last = listed.last().unwrap().movement.reason;
        assert_eq!((number, last), (2, PostingReason::SandboxFunding), "{listed:?}");
    }
}
