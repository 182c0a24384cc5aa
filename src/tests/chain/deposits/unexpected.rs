//! What no intent asks for: it becomes unsupported funds with its reason, or is nothing at all.

use super::*;
use crate::support::contracts::pretend;
use requite::{
    domain::intents::payment::{FundsState, PaymentStatus, UnsupportedReason},
    store::intents::unsupported_funds::UnsupportedFilter,
};

/// Whether it is unsupported for this reason, final, and nothing was credited.
async fn assert_unsupported(scene: &Scene, intent: &PaymentIntent, reason: UnsupportedReason, status: IntentStatus) {
    let payment = scene.payment(intent).await;
    assert_eq!((payment.unsupported, payment.status), (Some(reason), PaymentStatus::Paid));
    assert!(payment.settlement.is_zero());
    assert_eq!(scene.stage(&payment).await, DepositStage::Final);
    let intent = scene.app.reload(intent.clone()).await;
    assert_eq!((intent.status(), intent.pending_payments), (status, 0));
    let page = requite::domain::paging::PageRequest {
        size: 50,
        direction: requite::domain::paging::SortDirection::NewestFirst,
        position: requite::domain::paging::Position::Start,
        cursor_sort_value: None,
    };
    for state in [FundsState::All, FundsState::Open] {
        let filter = UnsupportedFilter { state, ..UnsupportedFilter::default() };
        let listed = scene.store().unsupported_funds(scene.app.merchant, &filter, &page).await.unwrap();
        let is_listed = listed.items.iter().any(|item| item.id == payment.id);
        assert_eq!(is_listed, state == FundsState::All || reason != UnsupportedReason::Dust, "people see it");
    }
}

on_both_engines! {
    async fn another_token_than_asked_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let (eurc, customer) = (scene.anvil.contracts.eurc.address, scene.anvil.contracts.accounts.customer.address);
        scene.anvil.mint(eurc, customer, units(100)).await;
        scene.anvil.mine(1).await;
        scene.anvil.transfer(eurc, customer, address(&intent), units(30)).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::WrongCurrency, IntentStatus::Pending).await;
        assert_eq!(scene.payment(&intent).await.amount, money("30", Currency::Eur));
    }

    async fn native_coin_for_an_intent_in_a_token_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::WrongCurrency, IntentStatus::Pending).await;
        // What was asked for is still welcome.
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    async fn a_payment_on_a_network_that_was_not_offered_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.open(Usd, &[Network::Poly]).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::WrongNetwork, IntentStatus::Pending).await;
    }

    /// Each payment method has an address of its own, and the customer used the other one.
    async fn a_payment_to_the_address_of_another_network_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.open(Usd, &[Network::Poly, Network::Base]).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::WrongNetwork, IntentStatus::Pending).await;
    }

    async fn a_late_payment_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.open(Usd, &[Network::Base]).await;
        scene.anvil.node.call::<serde_json::Value>("evm_increaseTime", serde_json::json!([3_700])).await.unwrap();
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::IntentExpired, IntentStatus::Pending).await;
    }

    /// The block counts, not when a server looked at it.
    async fn a_payment_in_time_that_is_seen_late_is_credited(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.open(Usd, &[Network::Base]).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        app.advance(chrono::Duration::hours(2));
        requite::worker::run_once(&app.requite).await.unwrap();
        assert_eq!(scene.status(&intent).await, IntentStatus::Pending, "the blocks until its end were not looked at");
        scene.finish().await;
        requite::worker::run_once(&app.requite).await.unwrap();
        let intent = app.reload(intent).await;
        assert_eq!((intent.status(), intent.paid), (IntentStatus::Complete, money("30", Usd)));
    }

    async fn a_payment_after_a_refund_is_unsupported(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        app.fund("10", Usd).await;
        app.refund(&app.order(&intent, "30")).await.unwrap();
        scene.pay(&intent, 1).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        let late = scene.payments(&intent).await.pop().unwrap();
        assert_eq!((late.amount, late.unsupported), (money("1", Usd), Some(UnsupportedReason::IntentRefunded)));
    }

    async fn dust_is_unsupported(app: &TestApp) {
        let scene = Scene::with(app, "dust = \"1\"").await;
        let intent = scene.intent("30", USDC).await;
        let (usdc, from) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.accounts.customer.address);
        scene.anvil.transfer(usdc, from, address(&intent), U256::from(999_999)).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_unsupported(&scene, &intent, UnsupportedReason::Dust, IntentStatus::Pending).await;
        scene.pay(&intent, 1).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert_eq!(app.reload(intent.clone()).await.paid, money("1", Usd), "exactly the smallest amount");
        // However much of it arrives before a payment, the payment is credited first.
        for _ in 0..60 {
            scene.anvil.transfer(usdc, from, address(&intent), U256::ONE).await;
        }
        scene.anvil.mine(1).await;
        scene.pay(&intent, 2).await;
        scene.anvil.mine(FINAL + 2).await;
        scene.step().await.unwrap();
        assert_eq!(app.reload(intent).await.paid, money("3", Usd));
        let waiting = "select count(*) from chain_deposits where stage = 'seen'";
        assert!(app.count(waiting).await > 0);
        scene.follow().await;
        scene.follow().await;
        assert_eq!(app.count(waiting).await, 0);
    }

    async fn case_24_a_fake_token_and_a_zero_amount_are_nothing(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let contracts = &scene.anvil.contracts;
        let customer = contracts.accounts.customer.address;
        let fake = pretend(customer, address(&intent), units(30));
        scene.anvil.send_as(customer, contracts.fake_token, U256::ZERO, fake).await;
        scene.anvil.transfer(contracts.usdc.address, customer, address(&intent), U256::ZERO).await;
        scene.pay_coin(&intent, 0).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert!(scene.payments(&intent).await.is_empty());
        assert_eq!(app.count("select count(*) from chain_deposits").await, 0);
    }

    async fn a_transfer_that_failed_is_nothing(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        let (usdc, customer) = (scene.anvil.contracts.usdc.address, scene.anvil.contracts.accounts.customer.address);
        scene.pay(&intent, 30).await;
        // In the same block, before the payment.
        scene.anvil.blacklist(usdc, customer).await;
        scene.anvil.mine(1).await;
        scene.finish().await;
        assert!(scene.payments(&intent).await.is_empty());
    }
}
