//! Everything that moves at our own addresses is recognised, or is an item that a person has to explain, and the books agree
//! with the chain to the last unit.

use super::*;
use crate::support::{code, flaky_node::Fault, money};
use alloy_primitives::{B256, Bytes, address};
use requite::{
    chain::evm::{
        books::Comparison,
        deposits::{Follower, Progress, StepError, Watch},
    },
    domain::{
        error::{ErrorCode, ErrorText},
        ids::{IdempotencyKey, RefundDraftId},
        intents::{new_intent::NewIntent, payment_intent::PaymentIntent},
        operations::{
            books::{AccountRole, EntryKind, Flow, OpenMovement},
            notice::NoticeKind,
        },
        reports::reconciliation::Reconciliation,
    },
    languages::Language,
    service::{
        self,
        operations::{addresses, books},
        reports::reconciliation,
    },
    texts::payouts::of_movement,
};

/// An account of the merchant whose key is elsewhere.
const TREASURY: Address = address!("0x52908400098527886E0F7030069857D2E4169EE7");

/// A rig whose network is followed too.
pub(super) struct Books {
    pub(super) rig: Rig,
    follower: Follower,
}

impl Books {
    pub(super) async fn new(engine: Engine) -> Self {
        Self::with(engine, "").await
    }

    /// With more settings of the network.
    pub(super) async fn with(engine: Engine, settings: &str) -> Self {
        let rig = Rig::with(engine, &format!("own-addresses = [\"{TREASURY}\"]\n{settings}")).await;
        rig.anvil.set_balance(TREASURY, U256::from(10).pow(U256::from(20))).await;
        rig.anvil.impersonate(TREASURY).await;
        rig.anvil.mine(1).await;
        Self::of(rig).await
    }

    /// Of a rig that there is.
    pub(super) async fn of(rig: Rig) -> Self {
        let mut books = Self { rig, follower: Follower::default() };
        books.follow().await;
        books
    }

    /// Follows the network up to its head.
    pub(super) async fn follow(&mut self) {
        while self.step().await.unwrap() != Progress::AtHead {}
    }

    pub(super) async fn step(&mut self) -> Result<Progress, StepError> {
        let app = &self.rig.app;
        let connection = self.rig.connection();
        let watch = Watch {
            store: app.store(),
            connection: &connection,
            rates: app.requite.rates.as_ref(),
            fee_percent: rust_decimal::Decimal::ZERO,
        };
        self.follower.step(watch, &app.context(), app.requite.clock.as_ref()).await
    }

    /// Mines what is in the pool, and looks at its block.
    pub(super) async fn block(&mut self) {
        self.rig.anvil.mine(1).await;
        self.follow().await;
    }

    pub(super) async fn finish(&mut self) {
        self.rig.anvil.mine(16).await;
        self.follow().await;
    }

    pub(super) async fn intent(&self) -> (PaymentIntent, Address) {
        let intent = self.rig.app.intent("30", Usd, Network::Eth).await;
        let address = intent.payment_methods[0].address.as_ref().unwrap().parse().unwrap();
        (intent, address)
    }

    /// The customer sends tokens.
    pub(super) async fn pay(&self, to: Address, dollars: u64) -> B256 {
        let (usdc, customer) = (self.usdc(), self.rig.anvil.contracts.accounts.customer.address);
        self.rig.anvil.mint(usdc, customer, units(dollars)).await;
        self.rig.anvil.mine(1).await;
        self.rig.anvil.transfer(usdc, customer, to, units(dollars)).await
    }

    pub(super) fn usdc(&self) -> Address {
        self.rig.anvil.contracts.usdc.address
    }

    pub(super) async fn compare(&self) -> usize {
        let app = &self.rig.app.requite;
        let connection = self.rig.connection();
        let comparison = Comparison {
            store: &app.store,
            connection: &connection,
            clock: app.clock.as_ref(),
            entropy: app.entropy.as_ref(),
        };
        comparison.run().await.unwrap().unwrap()
    }

    pub(super) async fn open(&self) -> Vec<OpenMovement> {
        self.rig.app.store().open_movements(None).await.unwrap()
    }

    async fn kinds(&self) -> Vec<(AccountRole, Flow, EntryKind)> {
        self.open().await.iter().map(|one| (one.role, one.flow, one.kind)).collect()
    }

    /// The mails about a kind of notice, and whether it lasts.
    pub(super) async fn told(&self, kind: NoticeKind) -> (i64, bool) {
        let name = <&'static str>::from(kind);
        let mails =
            format!("select count(*) from mail_outbox m join notices n on n.id = m.subject_id where n.kind = '{name}'");
        let open = self.rig.app.store().open_notices().await.unwrap();
        (self.rig.app.count(&mails).await, open.iter().any(|notice| notice.kind == kind))
    }

    async fn explain(&self, name: &str) -> Result<(), Error> {
        let services = (&self.rig.app.requite).into();
        payouts::explain(services, &self.rig.operator(), Network::Eth, name, "known to the operator").await
    }

    /// The books of a coin, in the smallest unit: what came less what went, and what the chain shows.
    async fn sums(&self, coin: Currency) -> (U256, U256) {
        let all = books::list(self.rig.app.store(), &self.rig.app.viewer, None).await.unwrap();
        let coin = all.coins.into_iter().find(|books| books.currency == coin).unwrap();
        let connection = self.rig.connection();
        let units = |amount| connection.units(amount).unwrap();
        let (mut came, mut went) = (U256::ZERO, U256::ZERO);
        for (_, flow, amount) in &coin.entries {
            *(if *flow == Flow::In { &mut came } else { &mut went }) += units(*amount);
        }
        (came - went, units(coin.deposits_hold) + units(coin.senders_hold))
    }

    /// The report of the day.
    pub(super) async fn report(&self) -> Reconciliation {
        let (app, context) = (&self.rig.app.requite, self.rig.app.context());
        reconciliation::of_day(&app.store, &context, app.payouts(), &self.rig.app.owner, context.now.date_naive())
            .await
            .unwrap()
    }

    /// The wallet of deposits sends tokens.
    async fn sweep(&self, from: Address, to: Address, dollars: u64) {
        self.rig.anvil.impersonate(from).await;
        self.rig.anvil.transfer(self.usdc(), from, to, units(dollars)).await;
    }
}

on_each_engine! {
    async fn sweeps_and_top_ups_are_recognised_and_everything_else_is_an_item_within_one_block(engine: Engine) {
        let mut books = Books::new(engine).await;
        let owners = books.rig.app.count("select count(*) from users where role = 'owner' and disabled_at is null").await;
        let sender = books.rig.sender.address;
        let (_, deposit) = books.intent().await;
        let (stranger, customer) =
            (books.rig.anvil.contracts.accounts.stranger.address, books.rig.anvil.contracts.accounts.customer.address);
        books.finish().await;
        // What the account had before is its opening balance.
        assert_eq!(books.compare().await, 0);
        books.pay(deposit, 30).await;
        // The fee of the sweeps.
        books.rig.anvil.send_as(TREASURY, deposit, U256::from(10_u64.pow(17)), Bytes::new()).await;
        books.block().await;
        books.sweep(deposit, TREASURY, 10).await;
        books.block().await;
        books.sweep(deposit, sender, 5).await;
        books.rig.anvil.send_as(TREASURY, sender, U256::from(7), Bytes::new()).await;
        books.block().await;
        assert_eq!((books.kinds().await, books.told(NoticeKind::UnexplainedTransfer).await), (vec![], (0, false)));

        books.sweep(deposit, stranger, 3).await;
        books.rig.anvil.send_as(customer, sender, U256::from(10_u64.pow(16)), Bytes::new()).await;
        books.block().await;
        let expected = [
            (AccountRole::Deposits, Flow::Out, EntryKind::Unknown),
            (AccountRole::Sender, Flow::In, EntryKind::Unknown),
        ];
        let mut kinds = books.kinds().await;
        kinds.sort();
        assert_eq!(kinds, expected);
        assert_eq!(books.told(NoticeKind::UnexplainedTransfer).await, (owners, true), "each owner once");
        books.sweep(deposit, stranger, 2).await;
        books.block().await;
        assert_eq!(books.told(NoticeKind::UnexplainedTransfer).await, (owners, true), "no mail for the same matter");
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused, None, "what arrives pauses nothing");

        // A refund, whose payment is recognised.
        let refund = books.rig.refund("4", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        assert_eq!(books.compare().await, 0, "{:?}", books.open().await);
        for coin in [Usd, Eth, Eur, Usdt] {
            let (entries, chain) = books.sums(coin).await;
            assert_eq!(entries, chain, "{coin}");
        }
        assert!(books.rig.app.exists("select 1 from own_movements where kind = 'payout'").await);
        books.rig.app.assert_invariants().await;

        // What the account that pays has sent is explained as a transaction.
        let sent = books.rig.anvil.send_as(sender, stranger, U256::from(9), Bytes::new()).await.to_string();
        books.finish().await;
        books.rig.round().await.unwrap();
        books.rig.reconcile().await;
        let report = books.report().await;
        assert!(!report.is_clean() && report.unbooked.listed.iter().any(|one| one.movement.name() == sent), "{report:#?}");
        books.explain(&sent).await.unwrap();
        assert!(!books.report().await.is_clean(), "others are not explained");
        // Whoever refunds somebody who was paid without a refund is warned, except a program with a key.
        let intent = books.rig.app.paid_intent("5", Usd, Network::Eth).await;
        let mut request = books.rig.request(&intent, stranger, "1");
        request.new.draft_id = Some(RefundDraftId(books.rig.app.context().id()));
        assert_eq!(code(books.rig.ask(&request).await), ErrorCode::AddressPaidBefore);
        let body = serde_json::json!({
            "paymentIntentId": intent.id, "amount": { "amount": "1", "currency": "USD" }, "coin": "USD",
            "destination": { "network": "ETH", "address": notation(stranger) },
        });
        for path in ["/v1/refunds", "/v1/refunds?preview=true"] {
            let answer = books.rig.app.call(axum::http::Method::POST, path, Some(body.clone())).await;
            assert!(answer.text().contains("address_paid_before"), "{path}: {}", answer.text());
        }
        request.new.draft_id = None;
        books.rig.ask(&request).await.unwrap();

        // An owner explains one on the page, the operator the others.
        let (owner, name) = (books.rig.app.sign_in("owner@example.com").await, books.open().await[0].name());
        let shown = owner.get("/payouts").await.text();
        assert!(shown.contains(&name) && shown.contains("Explanation for the audit log"), "{shown}");
        let fields = [("network", "ETH"), ("transaction", name.as_str()), ("explanation", "moved by hand")];
        let answer = owner.post("/do/payouts/explain", &fields).await;
        assert_eq!(answer.notice().map(|notice| notice.code), None);
        for movement in books.open().await {
            books.explain(&movement.name()).await.unwrap();
        }
        let report = books.report().await;
        assert!(report.is_clean() && report.unbooked.listed.iter().all(|one| one.explanation.is_some()), "{report:#?}");
        assert_eq!(books.compare().await, 0);
        let all = books::list(books.rig.app.store(), &books.rig.app.viewer, None).await.unwrap();
        assert!(all.coins.iter().flat_map(|coin| &coin.entries).all(|(kind, ..)| *kind != EntryKind::Unknown), "{all:#?}");
        assert_eq!((books.kinds().await, books.told(NoticeKind::UnexplainedTransfer).await), (vec![], (owners, false)));
        let unknown = books.explain("0x00").await;
        assert_eq!(unknown.unwrap_err().code(), ErrorCode::NotFound);
        assert!(books.rig.app.exists("select 1 from audit_entries where action = 'payouts.explained'").await);
        assert!(books.rig.app.tamper("delete from movement_explanations").await.is_err(), "they stay");
        assert!(books.rig.app.tamper("delete from own_movements").await.is_err(), "they stay");
    }

    /// An address that is named later explains what moved before.
    async fn a_reorganisation_takes_movements_back(engine: Engine) {
        let mut books = Books::new(engine).await;
        let (_, deposit) = books.intent().await;
        let stranger = books.rig.anvil.contracts.accounts.stranger.address;
        books.pay(deposit, 30).await;
        books.rig.anvil.send_as(TREASURY, deposit, U256::from(10_u64.pow(17)), Bytes::new()).await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        books.sweep(deposit, stranger, 3).await;
        books.block().await;
        assert_eq!(books.kinds().await, [(AccountRole::Deposits, Flow::Out, EntryKind::Unknown)]);
        books.rig.anvil.reorg(2).await;
        books.follow().await;
        assert_eq!(books.kinds().await, []);
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        books.rig.app.assert_invariants().await;
    }

    /// Coin that no transaction shows, as a reward for a block: only the balance tells.
    async fn a_difference_from_the_chain_is_an_item(engine: Engine) {
        let mut books = Books::new(engine).await;
        let (_, deposit) = books.intent().await;
        books.pay(deposit, 30).await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        books.rig.anvil.set_balance(deposit, U256::from(1)).await;
        books.finish().await;
        assert_eq!((books.compare().await, books.compare().await), (1, 0));
        let open = books.open().await;
        assert_eq!((open.len(), open[0].kind, open[0].flow), (1, EntryKind::Difference, Flow::In));
        assert_eq!(open[0].amount.number_with_all_decimals(), "0.000000000000000001");
        // It keeps nothing from resuming, and is not explained either.
        books.rig.round().await.unwrap();
        assert_eq!(super::resume::command(&books.rig, &["pause"]).await.0, 0);
        let reasons = books.rig.app.texts("select pause_detail from senders where pause_detail is not null").await;
        assert_eq!(reasons, [ErrorText::new("payouts-detail-on-command-line").stored()]);
        let (code, printed) = super::resume::command(&books.rig, &["reconcile", "ETH", "--yes"]).await;
        assert!(code == 1 && printed.contains("Payouts can be resumed, but 1 movement is unexplained. "), "{printed}");
        assert!(!printed.contains("Everything is explained"), "{printed}");
        let (_, printed) = super::resume::command(&books.rig, &["status", "ETH"]).await;
        let line = printed.lines().find(|line| line.contains("compared with the chain")).unwrap_or_default();
        assert!(line.starts_with("ETH  ETH: as of block ") && line.ends_with(" ago"), "{printed}");
        books.explain(&open[0].name()).await.unwrap();
        assert_eq!((books.kinds().await, books.compare().await), (vec![], 0));
        books.rig.app.assert_invariants().await;
        // The check notices if an entry is lost.
        let (entries, chain) = books.sums(Eth).await;
        assert_eq!(entries, chain);
        books.rig.app.tamper("update own_movements set removed_at = found_at where kind = 'difference'").await.unwrap();
        let found = books.rig.app.check().await.violations;
        assert!(found.len() == 1 && found[0].invariant == 14, "{found:?}");
    }

    /// Addresses that were given out since the backup are not given out again, and what is paid to them is seen.
    async fn a_restored_backup_gives_no_used_address_again(engine: Engine) {
        let mut books = Books::new(engine).await;
        let (_, first) = books.intent().await;
        let backup = books.rig.app.back_up().await;
        let mut lost = Vec::new();
        for _ in 0..5 {
            lost.push(books.intent().await.1);
        }
        books.pay(lost[1], 12).await;
        books.rig.anvil.mine(1).await;
        books.rig.app.restore(&backup).await;
        books.follower = Follower::default();

        // Before its blocks are read, the balance tells.
        let (_, next) = books.intent().await;
        assert_eq!(next, lost[2], "two were left out");
        books.follow().await;
        let open = books.open().await;
        assert_eq!((open.len(), open[0].kind), (1, EntryKind::NotGivenOut), "{open:?}");
        let told = of_movement(Language::english(), &open[0]);
        assert!(open[0].account == notation(lost[1]) && told.contains("12.00 USDC"), "{told}");
        let browser = books.rig.app.sign_in("viewer@example.com").await;
        let shown = browser.get("/unsupported-funds").await.text();
        assert!(shown.contains("a backup was restored") && shown.contains(&notation(lost[1])), "{shown}");
        // The customers of the others pay now: one that was left out, and one that comes next.
        books.pay(lost[0], 7).await;
        books.pay(lost[3], 8).await;
        books.block().await;
        assert_eq!(books.open().await.len(), 3);
        let (_, next) = books.intent().await;
        assert_eq!(next, lost[4], "the one that was paid is left out");
        // For those that nobody has paid yet, a person says how many there may be.
        let services = (&books.rig.app.requite).into();
        let advanced = addresses::advance(services, &books.rig.operator(), Network::Eth, 3).await.unwrap();
        assert_eq!(advanced, 9);
        assert!(books.rig.app.exists("select 1 from audit_entries where action = 'wallet.advanced'").await);
        let refused = addresses::advance((&books.rig.app.requite).into(), &books.rig.app.operator, Network::Eth, 3).await;
        assert_eq!(refused.unwrap_err().code(), ErrorCode::Forbidden);
        books.pay(first, 30).await;
        books.finish().await;
        assert_eq!(books.compare().await, 0);
        books.rig.app.assert_invariants().await;
    }

    /// No address is given out on a network whose nodes do not say what was used there.
    async fn without_a_node_addresses_wait_once_after_the_start(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.proxy.set_all(Fault::Refuse);
        let new = NewIntent::transient(money("5", Usd), Usd, vec![Network::Eth], Duration::hours(8)).unwrap();
        let key = IdempotencyKey(rig.app.context().id());
        let (chain, context) = (rig.app.requite.chain.as_ref(), rig.app.context());
        let made = service::intents::create(rig.app.store(), chain, &context, &rig.app.owner, &new, key).await;
        let intent = made.unwrap().into_inner();
        rig.app.give_addresses().await;
        let is_waiting = async || rig.app.reload(intent.clone()).await.payment_methods[0].address.is_none();
        assert!(is_waiting().await);
        rig.proxy.heal();
        rig.app.give_addresses().await;
        assert!(is_waiting().await, "it is not asked again at once");
        // A server that starts asks, and does not ask twice.
        let mut rig = rig;
        let backup = rig.app.back_up().await;
        rig.app.restore(&backup).await;
        rig.app.give_addresses().await;
        assert!(rig.app.reload(intent.clone()).await.payment_methods[0].address.is_some());
        rig.proxy.set_all(Fault::Refuse);
        rig.app.intent("5", Usd, Network::Eth).await;
    }
}
