//! When a deposit is credited: by the network's rules, and by the word of all nodes.

use super::*;
use crate::support::flaky_node::{Fault, FlakyNode};
use requite::{domain::intents::payment::PaymentStatus, rates::NoRates, store::chain::cursors::CursorState};
use serde_json::json;

/// Small amounts with one block, larger ones with three, everything else when it is final.
const BY_AMOUNT: &str =
    "credit = [{ up-to = \"10\", after = 1 }, { up-to = \"100\", after = 3 }, { after = \"finalized\" }]";

/// How many blocks a payment needs until it is credited.
async fn blocks_until_credited(scene: &Scene, intent: &PaymentIntent) -> u64 {
    for blocks in 1..=FINAL + 1 {
        scene.anvil.mine(1).await;
        scene.follow().await;
        if scene.payments(intent).await.iter().all(|payment| payment.status == PaymentStatus::Paid) {
            return blocks;
        }
    }
    panic!("it is never credited");
}

on_both_engines! {
    async fn each_amount_has_its_rule(app: &TestApp) {
        let scene = Scene::with(app, BY_AMOUNT).await;
        for (dollars, blocks) in [(10, 1), (11, 3), (100, 3), (101, FINAL + 1)] {
            let intent = scene.intent("30", USDC).await;
            scene.pay(&intent, dollars).await;
            assert_eq!(blocks_until_credited(&scene, &intent).await, blocks, "{dollars}");
        }
    }

    /// Otherwise a large amount could be credited early by dividing it.
    async fn parts_of_one_payment_count_together(app: &TestApp) {
        let scene = Scene::with(app, BY_AMOUNT).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 6).await;
        scene.pay(&intent, 6).await;
        assert_eq!(blocks_until_credited(&scene, &intent).await, 3);
    }

    async fn without_a_rate_the_strictest_rule_applies(app: &TestApp) {
        let mut app = app.clone();
        let scene = Scene::with(&app, "credit = [{ up-to = \"100000\", after = 1 }, { after = \"finalized\" }]").await;
        let intent = scene.intent("2", ETHER).await;
        app.requite.rates = Arc::new(NoRates);
        let without = Scene { app, ..scene.restarted() };
        without.pay_coin(&intent, COIN).await;
        assert_eq!(blocks_until_credited(&without, &intent).await, FINAL + 1);
        let other = scene.intent("2", ETHER).await;
        scene.pay_coin(&other, COIN).await;
        assert_eq!(blocks_until_credited(&scene, &other).await, 1);
    }

    async fn a_safe_block_is_enough_where_the_settings_say_so(app: &TestApp) {
        let scene = Scene::with(app, "credit = \"safe\"").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        assert_eq!(blocks_until_credited(&scene, &intent).await, 5);
    }

    async fn case_27_a_contradiction_of_two_nodes_stops_crediting(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let liar = FlakyNode::start(&anvil.url).await;
        let scene = Scene::through(app, &anvil, &[anvil.url.clone(), liar.url.clone()], "credit = 1").await;
        let (first, second) = (scene.intent("30", USDC).await, scene.intent("30", USDC).await);
        liar.set("eth_getTransactionReceipt", Fault::lie(|mut receipt| {
            receipt["status"] = json!("0x0");
            receipt
        }));
        scene.pay(&first, 30).await;
        scene.pay(&second, 30).await;
        anvil.mine(1).await;
        let error = scene.step().await.unwrap_err();
        assert!(matches!(error, StepError::Contradicted(..)), "{error}");
        let cursor = scene.cursor().await;
        assert_eq!(cursor.state, CursorState::Contradicted);
        assert!(cursor.problem.unwrap().contains("disagree"));
        for intent in [&first, &second] {
            assert_eq!(scene.payment(intent).await.status, PaymentStatus::Pending);
        }
        // New blocks are still looked at.
        let third = app.intent("30", Usd, Network::Base).await;
        scene.pay(&third, 30).await;
        anvil.mine(1).await;
        scene.step().await.unwrap_err();
        assert_eq!(scene.payment(&third).await.status, PaymentStatus::Pending);
        liar.heal();
        scene.follow().await;
        for intent in [&first, &second, &third] {
            assert_eq!(scene.payment(intent).await.status, PaymentStatus::Paid);
        }
        scene.follow().await;
        assert_eq!((scene.cursor().await.state, scene.cursor().await.problem), (CursorState::Following, None));
    }

    /// The first node invents a deposit; the other two know nothing of it.
    async fn a_deposit_that_one_node_invents_is_not_credited(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let liar = FlakyNode::start(&anvil.url).await;
        let nodes = [liar.url.clone(), anvil.url.clone(), anvil.url.clone()];
        let scene = Scene::through(app, &anvil, &nodes, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 1).await;
        let larger = |mut log: serde_json::Value| {
            log["data"] = json!(format!("0x{:064x}", 1_000_000_000));
            log
        };
        liar.set("eth_getLogs", Fault::lie(move |logs| logs.as_array().unwrap().iter().cloned().map(larger).collect()));
        liar.set("eth_getTransactionReceipt", Fault::lie(move |mut receipt| {
            let logs = receipt["logs"].as_array().unwrap().iter().cloned().map(larger).collect();
            receipt["logs"] = logs;
            receipt
        }));
        anvil.mine(1).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Contradicted(..)));
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Pending);
        assert_eq!(app.available(Usd).await, money("0", Usd));
        // When it does not any more, what is really in the block is credited.
        liar.heal();
        scene.follow().await;
        let mut payments = scene.payments(&intent).await;
        payments.sort_by_key(|payment| payment.amount.amount());
        let payments: Vec<_> = payments.iter().map(|payment| (payment.amount, payment.status)).collect();
        let expected = [(money("1", Usd), PaymentStatus::Paid), (money("1000", Usd), PaymentStatus::Failed)];
        assert_eq!(payments, expected);
        assert_eq!(app.available(Usd).await, money("1", Usd));
    }

    async fn a_majority_of_nodes_is_enough(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let away = FlakyNode::start(&anvil.url).await;
        let nodes = [away.url.clone(), anvil.url.clone(), anvil.url.clone()];
        let scene = Scene::through(app, &anvil, &nodes, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        away.set_all(Fault::Refuse);
        scene.pay(&intent, 30).await;
        anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    }

    /// Half of the nodes is not more than half.
    async fn one_of_two_nodes_is_not_enough(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let away = FlakyNode::start(&anvil.url).await;
        let scene = Scene::through(app, &anvil, &[anvil.url.clone(), away.url.clone()], "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        away.set("eth_getTransactionReceipt", Fault::Refuse);
        scene.pay(&intent, 30).await;
        anvil.mine(1).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Pending);
        away.heal();
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    }
}
