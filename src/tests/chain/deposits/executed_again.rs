//! Transactions that are executed again after a reorganisation and pay something else, as contracts can.

use super::*;
use crate::support::anvil::Replayed;
use requite::domain::intents::payment::PaymentStatus::{self, Failed, Paid};

/// A network with one node, which can be told to lie.
async fn with_one_node(app: &TestApp, settings: &str) -> (Scene, FlakyNode) {
    let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
    let node = FlakyNode::start(&anvil.url).await;
    (Scene::through(app, &anvil, std::slice::from_ref(&node.url), settings).await, node)
}

impl Scene {
    /// The newest block is replaced by one with the same transaction.
    async fn execute_again(&self, hash: B256) {
        self.app.advance(chrono::Duration::minutes(1));
        let raw = self.anvil.raw(hash).await;
        self.anvil.reorg_with(1, &[(0, Replayed::Raw(raw))]).await;
        self.anvil.mine(1).await;
        self.follow().await;
    }

    async fn states(&self, intent: &PaymentIntent) -> Vec<PaymentStatus> {
        self.payments(intent).await.iter().map(|payment| payment.status).collect()
    }
}

/// The transaction pays 20 dollars in its first block and 30 in the next one.
async fn pays_another_amount(app: &TestApp, settings: &str) {
    let (scene, node) = with_one_node(app, settings).await;
    let (intent, other) = (scene.intent("30", USDC).await, scene.intent("30", USDC).await);
    let hash = scene.pay(&intent, 30).await;
    for (method, fault) in with_events(of_amount(20_000_000)) {
        node.set(method, fault);
    }
    scene.anvil.mine(1).await;
    scene.follow().await;
    assert_eq!(scene.payment(&intent).await.amount, money("20", Usd));
    node.heal();
    scene.execute_again(hash).await;
    scene.pay(&other, 30).await;
    scene.anvil.mine(1).await;
    scene.finish().await;
    assert_eq!(scene.states(&intent).await, [Failed, Paid]);
    assert_eq!(scene.payment(&other).await.status, Paid);
    let intent = app.reload(intent).await;
    assert_eq!((intent.pending_payments, intent.paid), (0, money("30", Usd)));
    assert_eq!(app.available(Usd).await, money("60", Usd));
}

/// A contract pays one coin, and its transaction is executed again. What the node says of the second time is changed.
async fn coin_executed_again(
    app: &TestApp,
    settings: &str,
    second: impl Fn(Json) -> Json + Send + Sync + 'static,
) -> (Scene, PaymentIntent) {
    let (scene, node) = with_one_node(app, settings).await;
    let intent = scene.intent("2", ETHER).await;
    let (payer, customer) = (scene.anvil.contracts.payer, scene.anvil.contracts.accounts.customer.address);
    scene.anvil.send_as(customer, payer, U256::from(COIN), Bytes::new()).await;
    scene.anvil.mine(1).await;
    let payment = ByContract { token: None, recipient: address(&intent), units: U256::from(COIN) };
    let hash = scene.anvil.send_as(customer, payer, U256::ZERO, ByContract::calls(Paying::Pay, &[payment])).await;
    scene.anvil.mine(1).await;
    scene.follow().await;
    assert_eq!(scene.payments(&intent).await.len(), 1);
    node.set("trace_block", Fault::lie(second));
    scene.execute_again(hash).await;
    scene.finish().await;
    scene.finish().await;
    let intent = app.reload(intent).await;
    assert_eq!(intent.pending_payments, 0, "a refund is possible");
    (scene, intent)
}

fn is_inside(trace: &Json) -> bool {
    trace["traceAddress"].as_array().is_some_and(|place| !place.is_empty())
}

/// One wei goes to somebody else before.
fn after_another(mut traces: Json) -> Json {
    let all = traces.as_array_mut().unwrap();
    if let Some(place) = all.iter().position(is_inside) {
        let mut before = all[place].clone();
        before["action"]["to"] = json!(Address::repeat_byte(0x33));
        before["action"]["value"] = json!("0x1");
        all.insert(place, before);
    }
    traces
}

fn without_coin(mut traces: Json) -> Json {
    traces.as_array_mut().unwrap().retain(|trace| !is_inside(trace));
    traces
}

on_both_engines! {
    async fn a_transaction_that_pays_another_amount_after_a_reorganisation_stops_nothing(app: &TestApp) {
        pays_another_amount(app, "").await;
    }

    async fn what_was_credited_before_it_paid_another_amount_is_taken_back(app: &TestApp) {
        pays_another_amount(app, "credit = 1").await;
    }

    async fn coin_by_a_contract_that_moves_within_its_transaction_is_credited_once(app: &TestApp) {
        let (scene, intent) = coin_executed_again(app, "", after_another).await;
        assert_eq!((scene.states(&intent).await, intent.paid), (vec![Failed, Paid], money("1", Eth)));
    }

    async fn coin_by_a_contract_that_was_credited_early_and_moves_is_credited_once(app: &TestApp) {
        let (scene, intent) = coin_executed_again(app, "credit = 1", after_another).await;
        assert_eq!((scene.states(&intent).await, intent.paid), (vec![Failed, Paid], money("1", Eth)));
    }

    async fn coin_by_a_contract_that_is_not_sent_again_is_taken_back(app: &TestApp) {
        let (scene, intent) = coin_executed_again(app, "credit = 1", without_coin).await;
        assert_eq!((scene.states(&intent).await, intent.paid), (vec![Failed], money("0", Eth)));
    }
}
