//! Coin that contracts sent is in no receipt. It is credited only if more than half of the nodes tell of it.

use super::*;
use requite::domain::{
    intents::payment::PaymentStatus::{Failed, Paid, Pending},
    operations::networks::DepositProblem,
};

/// The node executes no block again.
fn without_traces(node: &FlakyNode) {
    for method in ["debug_traceBlockByHash", "trace_block"] {
        node.set(method, Fault::Error { code: -32601, message: "method not found" });
    }
}

/// The node says that a contract has sent coin in the first transaction of each block.
fn invent(node: &FlakyNode, recipient: Address, wei: u128) {
    let add = move |mut traces: Json| {
        let all = traces.as_array_mut().unwrap();
        if let Some(mut invented) = all.first().cloned() {
            invented["type"] = json!("call");
            invented["traceAddress"] = json!([0]);
            let (from, value) = (Address::repeat_byte(0x33), U256::from(wei));
            invented["action"] = json!({ "callType": "call", "from": from, "to": recipient, "value": value });
            all.push(invented);
        }
        traces
    };
    node.set("trace_block", Fault::lie(add));
}

/// The node says that the transactions of blocks move no coin themselves.
fn hide_values(node: &FlakyNode) {
    let hide = |mut block: Json| {
        let transactions = block.get_mut("transactions").and_then(Json::as_array_mut);
        for transaction in transactions.into_iter().flatten().filter(|one| one.is_object()) {
            transaction["value"] = json!("0x0");
        }
        block
    };
    node.set("eth_getBlockByNumber", Fault::lie(hide));
}

/// One node says of a payment that a contract has made it, and not the transaction itself.
async fn payment_told_as_by_a_contract(app: &TestApp) -> (Scene, Vec<FlakyNode>, PaymentIntent) {
    let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
    let intent = scene.intent("2", ETHER).await;
    invent(&nodes[0], address(&intent), COIN);
    hide_values(&nodes[0]);
    scene.pay_coin(&intent, COIN).await;
    scene.anvil.mine(1).await;
    (scene, nodes, intent)
}

on_both_engines! {
    /// The balance grew by it, which must prove nothing that most nodes deny.
    async fn a_payment_that_one_node_tells_as_by_a_contract_is_credited_once(app: &TestApp) {
        let (scene, _nodes, intent) = payment_told_as_by_a_contract(app).await;
        scene.follow().await;
        scene.finish().await;
        assert_eq!(app.reload(intent).await.paid, money("1", Eth));
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
    }

    /// No other node executes blocks, so only the balance tells, and a transaction itself has raised it.
    async fn where_balances_tell_a_payment_proves_no_other_that_hides_it(app: &TestApp) {
        let (scene, nodes, intent) = payment_told_as_by_a_contract(app).await;
        nodes[1..].iter().for_each(without_traces);
        scene.follow().await;
        scene.finish().await;
        assert!(app.reload(intent.clone()).await.paid.is_zero(), "it waits for what the nodes say");
        nodes.iter().for_each(FlakyNode::heal);
        scene.follow().await;
        scene.finish().await;
        assert_eq!(app.reload(intent).await.paid, money("1", Eth));
    }

    async fn coin_that_one_node_invents_in_a_trace_is_not_credited(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let (intent, other) = (scene.intent("2", ETHER).await, scene.intent("30", USDC).await);
        invent(&nodes[0], address(&intent), 1_000 * COIN);
        scene.pay(&other, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        scene.finish().await;
        assert_eq!((scene.payment(&intent).await.status, scene.payment(&other).await.status), (Failed, Paid));
        assert!(app.reload(intent).await.paid.is_zero());
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
    }

    async fn coin_by_a_contract_is_credited_if_the_nodes_find_it_too(app: &TestApp) {
        let (scene, _nodes) = Scene::of_three(app, "credit = 1").await;
        let intent = scene.intent("2", ETHER).await;
        scene.pay_by_contract(&intent).await;
        scene.follow().await;
        let paid = scene.payment(&intent).await;
        let payer = scene.anvil.contracts.payer.to_checksum(None);
        assert_eq!((paid.status, paid.amount, paid.from_address), (Paid, money("1", Eth), Some(payer)));
    }

    /// From whom it came is the word of one node then, so nothing is sent back there.
    async fn where_one_node_executes_blocks_the_balance_confirms_coin_by_a_contract(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        nodes[1..].iter().for_each(without_traces);
        let intent = scene.intent("2", ETHER).await;
        scene.pay_by_contract(&intent).await;
        scene.follow().await;
        let paid = scene.payment(&intent).await;
        assert_eq!((paid.status, paid.amount, paid.from_address), (Paid, money("1", Eth), None));
    }

    /// The balance grew by a payment that is there already.
    async fn one_payment_does_not_confirm_another(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        nodes[1..].iter().for_each(without_traces);
        let intent = scene.intent("2", ETHER).await;
        invent(&nodes[0], address(&intent), COIN);
        scene.pay_coin(&intent, COIN).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        let states = async || {
            let payments = scene.payments(&intent).await;
            let number = |status| payments.iter().filter(|payment| payment.status == status).count();
            [number(Paid), number(Pending), number(Failed)]
        };
        assert_eq!(states().await, [1, 1, 0]);
        let problems = scene.store().deposit_problems().await.unwrap();
        assert_eq!(problems, [(Network::Base, DepositProblem::Unconfirmed, 1)]);
        nodes.iter().for_each(FlakyNode::heal);
        scene.follow().await;
        assert_eq!(states().await, [1, 0, 1]);
        assert_eq!(app.reload(intent.clone()).await.paid, money("1", Eth));
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
    }

    /// Otherwise what is really there would be forgotten while the other nodes are busy.
    async fn what_is_there_instead_is_looked_for_until_nodes_execute_the_block(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "credit = 1").await;
        let intent = scene.intent("2", ETHER).await;
        let doubled = |mut traces: Json| {
            for trace in traces.as_array_mut().into_iter().flatten() {
                if trace["traceAddress"].as_array().is_some_and(|place| !place.is_empty()) {
                    trace["action"]["value"] = json!(U256::from(2 * COIN));
                }
            }
            traces
        };
        nodes[0].set("trace_block", Fault::lie(doubled));
        for node in &nodes[1..] {
            for method in ["debug_traceBlockByHash", "trace_block"] {
                node.set(method, Fault::Status(429, "too many requests"));
            }
        }
        scene.pay_by_contract(&intent).await;
        scene.step().await.unwrap();
        assert_eq!(scene.payment(&intent).await.status, Pending, "the balance did not grow by as much");
        nodes.iter().for_each(FlakyNode::heal);
        scene.follow().await;
        scene.finish().await;
        assert_eq!(app.reload(intent).await.paid, money("1", Eth));
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
    }

    /// Each question takes as long as the slowest node.
    async fn nodes_that_cannot_tell_are_asked_less_and_less_often(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "").await;
        let intent = scene.intent("2", ETHER).await;
        for node in &nodes[1..] {
            without_traces(node);
            node.set("eth_getBalance", Fault::Error { code: -32000, message: "missing trie node" });
        }
        scene.pay_by_contract(&intent).await;
        for _ in 0..60 {
            scene.follow().await;
        }
        let asked = nodes[1].count("eth_getBlockByHash");
        assert!((10..40).contains(&asked), "{asked}");
        nodes.iter().for_each(FlakyNode::heal);
        scene.anvil.mine(FINAL + 1).await;
        for _ in 0..66 {
            scene.follow().await;
        }
        assert_eq!(scene.payment(&intent).await.status, Paid);
    }
}
