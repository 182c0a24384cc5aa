//! Anybody can send thousands of small amounts to a deposit address. They delay no payment.

use super::*;
use requite::domain::intents::payment::PaymentStatus;

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
    }

    async fn a_step_books_a_bounded_number_and_no_intent_expires_meanwhile(app: &TestApp) {
        let scene = Scene::new(app).await;
        let (many, last) = (scene.intent("30", USDC).await, scene.open(Usd, &[Network::Base]).await);
        for _ in 0..50 {
            scene.pay(&many, 1).await;
        }
        scene.anvil.mine(1).await;
        scene.pay(&last, 30).await;
        scene.anvil.mine(1).await;
        scene.anvil.node.call::<Json>("evm_increaseTime", json!([3_700])).await.unwrap();
        scene.anvil.mine(1).await;
        app.advance(chrono::Duration::hours(2));
        scene.step().await.unwrap();
        assert_eq!((scene.payments(&many).await.len(), scene.payments(&last).await.len()), (50, 0));
        requite::worker::run_once(&app.requite).await.unwrap();
        assert_eq!(scene.status(&last).await, IntentStatus::Pending, "what was paid in time is not booked yet");
        scene.step().await.unwrap();
        let payment = scene.payment(&last).await;
        assert_eq!((payment.status, payment.unsupported), (PaymentStatus::Pending, None));
    }
}
