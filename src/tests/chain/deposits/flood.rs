//! Anybody can send thousands of small amounts to a deposit address. They delay no payment.

use super::*;
use requite::{
    domain::{
        intents::payment::PaymentStatus::{Paid, Pending},
        money::currency::Currency::Eur,
    },
    rates::NoRates,
};
use tokio::sync::Barrier;

impl Scene {
    /// Payments of a dollar each to one intent, in a block.
    async fn pay_often(&self, intent: &PaymentIntent, times: usize) {
        for _ in 0..times {
            self.pay(intent, 1).await;
        }
        self.anvil.mine(1).await;
    }

    async fn number_paid(&self, intent: &PaymentIntent) -> usize {
        self.payments(intent).await.iter().filter(|payment| payment.status == Paid).count()
    }
}

on_both_engines! {
    async fn dust_of_another_coin_delays_no_payment(app: &TestApp) {
        let scene = Scene::with(app, "dust = \"1\"").await;
        let intent = scene.intent("30", USDC).await;
        let (eurc, customer) = (scene.anvil.contracts.eurc.address, scene.anvil.contracts.accounts.customer.address);
        scene.anvil.mint(eurc, customer, units(100)).await;
        scene.anvil.mine(1).await;
        for _ in 0..60 {
            scene.anvil.transfer(eurc, customer, address(&intent), U256::ONE).await;
        }
        scene.anvil.mine(1).await;
        let events = "select count(*) from outbox_events";
        let before = app.count(events).await;
        scene.follow().await;
        assert_eq!(app.count(events).await, before, "nobody is told of dust that is pending");
        assert!(scene.payments(&intent).await.is_empty());
        scene.pay(&intent, 30).await;
        scene.anvil.mine(FINAL + 2).await;
        scene.step().await.unwrap();
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
        scene.follow().await;
        let dust = "select count(*) from payments where unsupported = 'dust' and status = 'paid'";
        assert_eq!(app.count(dust).await, 60);
        let told = "select count(*) from outbox_events where type = 'unsupported_funds.received'";
        assert_eq!(app.count(told).await, 0, "nor of dust that counts");
    }

    async fn a_step_books_a_bounded_number_and_no_intent_expires_meanwhile(app: &TestApp) {
        let scene = Scene::new(app).await;
        let last = scene.open(Usd, &[Network::Base]).await;
        let mut many = Vec::new();
        for _ in 0..50 {
            many.push(app.intent("1", Usd, Network::Base).await);
        }
        for intent in &many {
            scene.pay(intent, 1).await;
        }
        scene.anvil.mine(1).await;
        scene.pay(&last, 30).await;
        scene.anvil.mine(1).await;
        scene.anvil.node.call::<Json>("evm_increaseTime", json!([3_700])).await.unwrap();
        scene.anvil.mine(1).await;
        app.advance(chrono::Duration::hours(2));
        scene.step().await.unwrap();
        assert_eq!(app.count("select count(*) from payments").await, 50);
        assert!(scene.payments(&last).await.is_empty());
        requite::worker::run_once(&app.requite).await.unwrap();
        assert_eq!(scene.status(&last).await, IntentStatus::Pending, "what was paid in time is not booked yet");
        scene.step().await.unwrap();
        let payment = scene.payment(&last).await;
        assert_eq!((payment.status, payment.unsupported), (Pending, None));
    }

    async fn many_payments_of_one_intent_delay_no_other(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (many, last) = (scene.intent("300", USDC).await, scene.intent("30", USDC).await);
        scene.pay_often(&many, 200).await;
        scene.pay(&last, 30).await;
        scene.anvil.mine(1).await;
        scene.step().await.unwrap();
        assert_eq!((scene.payment(&last).await.status, scene.payments(&many).await.len()), (Pending, 49));
        scene.anvil.mine(FINAL).await;
        scene.step().await.unwrap();
        assert_eq!((scene.payment(&last).await.status, scene.number_paid(&many).await), (Paid, 49));
        for _ in 0..5 {
            scene.follow().await;
        }
        assert_eq!(scene.number_paid(&many).await, 200);
    }

    async fn deposits_without_a_rate_delay_no_other(app: &TestApp) {
        let mut app = app.clone();
        let scene = Scene::new(&app).await;
        let mut many = Vec::new();
        for _ in 0..50 {
            let lifetime = chrono::Duration::hours(1);
            let new = NewIntent::transient(money("1", Usd), Eur, vec![Network::Base], lifetime).unwrap();
            many.push(app.open(new).await);
        }
        let last = scene.intent("30", USDC).await;
        for intent in &many {
            scene.pay(intent, 1).await;
        }
        scene.anvil.mine(1).await;
        scene.pay(&last, 30).await;
        app.requite.rates = Arc::new(NoRates);
        let without = Scene { app, ..scene.restarted() };
        without.finish().await;
        without.follow().await;
        without.follow().await;
        assert_eq!(without.payment(&last).await.status, Paid);
        for intent in &many {
            assert_eq!(without.payment(intent).await.status, Pending);
        }
        // Each has its turn, and is credited when there is one.
        let with = scene.restarted();
        for _ in 0..6 {
            with.follow().await;
        }
        for intent in &many {
            assert_eq!(with.payment(intent).await.status, Paid);
        }
    }

    async fn nodes_are_asked_about_ten_deposits_together(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("60", USDC).await;
        scene.pay_often(&intent, 50).await;
        scene.follow().await;
        node.set("eth_getTransactionReceipt", Fault::Together(Arc::new(Barrier::new(10))));
        scene.anvil.mine(FINAL).await;
        scene.step().await.unwrap();
        assert_eq!(scene.number_paid(&intent).await, 50);
    }

    /// Otherwise another server begins meanwhile, which would be as slow.
    async fn a_step_with_a_slow_node_ends_before_its_lease(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("60", USDC).await;
        scene.pay_often(&intent, 30).await;
        scene.follow().await;
        let clock = app.clock.clone();
        node.set("eth_getTransactionReceipt", Fault::lie(move |receipt| {
            clock.advance(chrono::Duration::seconds(4));
            receipt
        }));
        scene.anvil.mine(FINAL).await;
        for paid in [10, 20, 30] {
            scene.step().await.unwrap();
            assert_eq!(scene.number_paid(&intent).await, paid);
        }
    }

    /// Its last part begins when the time of the first lease is over.
    async fn a_step_that_takes_longer_than_its_lease_extends_it(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("60", USDC).await;
        scene.pay_often(&intent, 10).await;
        scene.follow().await;
        let clock = app.clock.clone();
        node.set("eth_getTransactionReceipt", Fault::lie(move |receipt| {
            clock.advance(chrono::Duration::seconds(13));
            receipt
        }));
        scene.anvil.mine(FINAL).await;
        scene.step().await.unwrap();
        assert_eq!(scene.number_paid(&intent).await, 10);
        assert_eq!(scene.another("another").step().await.unwrap(), Progress::Elsewhere);
    }
}
