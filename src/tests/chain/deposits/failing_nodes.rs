//! Nodes that are away, slow, behind, pruned, or refuse.

use super::*;
use requite::{
    domain::intents::payment::PaymentStatus,
    languages::Language,
    store::chain::cursors::{CursorState, Traces},
    texts::{errors::stored, networks::catching_up},
    worker,
};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

impl Scene {
    /// With a proxy in front of the only node.
    pub(super) async fn flaky(app: &TestApp) -> (Self, FlakyNode) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let node = FlakyNode::start(&anvil.url).await;
        let scene = Self::through(app, &anvil, std::slice::from_ref(&node.url), "").await;
        (scene, node)
    }

    /// Follows until coin by contracts was looked for in all blocks, and what was found is booked.
    pub(super) async fn follow_until_traced(&self) {
        self.follow().await;
        for _ in 0..10 {
            if self.cursor().await.untraced.is_none() {
                return self.follow().await;
            }
            self.follow().await;
        }
        panic!("some blocks are never read again");
    }

    /// A payment of 30 dollars, in a block.
    async fn paid(&self, intent: &PaymentIntent) {
        self.pay(intent, 30).await;
        self.anvil.mine(FINAL + 1).await;
    }
}

on_both_engines! {
    async fn a_node_that_is_away_and_comes_back_loses_nothing(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("30", USDC).await;
        node.set_all(Fault::Refuse);
        scene.paid(&intent).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
        let cursor = scene.cursor().await;
        assert_eq!(cursor.state, CursorState::Unreachable);
        assert!(cursor.problem.unwrap().starts_with("the nodes of Base do not respond"));
        node.heal();
        scene.follow().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    /// Nodes are paid by the question. A pause is never shorter than it should be, however slow this machine is.
    async fn a_network_at_its_head_and_one_that_is_away_are_asked_seldom(app: &TestApp) {
        let (anvil, poll) = (Arc::new(Anvil::start_as(CHAIN_ID).await), Duration::from_millis(40));
        let node = FlakyNode::start(&anvil.url).await;
        let scene = Scene::through(app, &anvil, std::slice::from_ref(&node.url), "poll = \"40ms\"").await;
        scene.follow().await;
        // Each look at the chain asks for the newest block once.
        let looks = || node.requests("eth_getBlockByNumber").iter().filter(|asked| asked[0] == "latest").count();
        let until = async |count: usize| {
            while looks() < count {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let (requite, connection, stop) = (app.requite.clone(), scene.connection.clone(), CancellationToken::new());
        let (before, began) = (looks(), Instant::now());
        let following = tokio::spawn({
            let stop = stop.clone();
            async move { worker::deposits::follow(&requite, &connection, &stop).await }
        });
        until(before + 5).await;
        assert!(began.elapsed() >= poll * 3, "{:?}", began.elapsed());
        node.set_all(Fault::Refuse);
        let (before, began) = (looks(), Instant::now());
        until(before + 4).await;
        assert!(began.elapsed() >= poll * (1 + 2 + 4), "{:?}", began.elapsed());
        stop.cancel();
        following.await.unwrap();
    }

    /// Whatever is lost on the way, the next step finds the rest.
    async fn every_answer_can_be_lost_once(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let methods = [
            "eth_getBlockByNumber", "eth_getLogs", "eth_getTransactionReceipt", "trace_block", "eth_getTransactionByHash",
        ];
        for method in methods {
            let intent = scene.intent("30", USDC).await;
            let coin = scene.intent("2", ETHER).await;
            scene.pay_coin(&coin, COIN).await;
            scene.paid(&intent).await;
            node.once(method, Fault::LoseAnswer);
            let first = scene.step().await;
            // What is not said about a deposit is asked again, and so are questions about payments, in smaller parts.
            assert!(first.is_err() || method != "eth_getBlockByNumber");
            scene.follow().await;
            assert_eq!(app.reload(intent).await.paid, money("30", Usd), "{method}");
            assert_eq!(app.reload(coin).await.paid, money("1", Eth), "{method}");
        }
    }

    async fn a_limited_node_is_asked_for_less(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.paid(&intent).await;
        scene.anvil.mine(200).await;
        node.set("eth_getBlockByNumber", Fault::answer(|answer| {
            // More than five at once are refused, as by a limit of the answer's size.
            let refused = json!([{ "id": 0, "error": { "code": -32005, "message": "limit exceeded" } }]);
            let whole = |one: &Json| one["result"]["transactions"].as_array().is_some_and(|all| all.iter().all(Json::is_object));
            match answer.as_array() {
                Some(all) if all.len() > 5 && all.iter().any(whole) => refused.to_string().into_bytes(),
                _ => answer.to_string().into_bytes(),
            }
        }));
        let mut refusals = 0;
        while app.reload(intent.clone()).await.paid.is_zero() {
            refusals += usize::from(scene.step().await.is_err());
            assert!(refusals < 100);
        }
        assert!(refusals > 1, "16 and 8 blocks were refused");
        node.heal();
        scene.follow().await;
    }

    async fn a_limit_of_requests_delays_and_skips_nothing(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.paid(&intent).await;
        node.set("eth_getLogs", Fault::Status(429, "too many requests"));
        let before = scene.cursor().await.newest;
        for _ in 0..3 {
            assert!(scene.step().await.is_err());
        }
        assert_eq!(scene.cursor().await.newest, before);
        node.heal();
        scene.follow().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    /// It has the newest blocks only. Another node has the rest.
    async fn a_pruned_node_is_replaced_by_another(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let pruned = FlakyNode::start(&anvil.url).await;
        let nodes = [pruned.url.clone(), anvil.url.clone()];
        let scene = Scene::through(app, &anvil, &nodes, "").await;
        let intent = scene.intent("30", USDC).await;
        scene.paid(&intent).await;
        pruned.set("eth_getLogs", Fault::Error { code: -32000, message: "history has been pruned for this block" });
        scene.follow().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    async fn with_pruned_nodes_alone_no_block_is_skipped(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.paid(&intent).await;
        let before = scene.cursor().await.newest;
        node.set("eth_getLogs", Fault::Error { code: -32000, message: "history has been pruned for this block" });
        for _ in 0..8 {
            assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
        }
        assert_eq!(scene.cursor().await.newest, before);
    }

    async fn case_26_a_node_of_another_chain_is_not_followed(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        node.set("eth_chainId", Fault::lie(|_| json!("0x1")));
        let error = scene.step().await.unwrap_err();
        assert!(matches!(error, StepError::WrongChain { expected: CHAIN_ID, found: 1, .. }), "{error}");
        let cursor = scene.cursor().await;
        assert_eq!((cursor.state, cursor.newest), (CursorState::Stopped, None));
        let problem = stored(Language::english(), &cursor.problem.unwrap());
        assert!(problem.contains("is on chain 1, not 84532"), "{problem}");
        node.heal();
        scene.follow().await;
        assert_eq!(scene.cursor().await.state, CursorState::Following);
    }

    async fn a_slow_node_is_waited_for(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let intent = scene.intent("30", USDC).await;
        node.set_all(Fault::Delay(std::time::Duration::from_millis(50)));
        scene.paid(&intent).await;
        scene.follow().await;
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }

    /// The node that is asked first has not seen the newest blocks.
    async fn a_node_that_is_behind_is_not_asked(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let behind = FlakyNode::start(&anvil.url).await;
        let nodes = [behind.url.clone(), anvil.url.clone(), anvil.url.clone()];
        let scene = Scene::through(app, &anvil, &nodes, "credit = 1").await;
        let intent = scene.intent("30", USDC).await;
        let before = anvil.head().await;
        behind.set("eth_getBlockByNumber", Fault::lie(move |block| {
            let number = block["number"].as_str().map(|text| u64::from_str_radix(&text[2..], 16).unwrap());
            match number {
                Some(number) if number > before.number.to::<u64>() => serde_json::Value::Null,
                _ => block,
            }
        }));
        scene.pay(&intent, 30).await;
        anvil.mine(1).await;
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
        assert_eq!(behind.count("eth_getLogs"), 0);
    }

    async fn coin_by_contracts_is_found_with_trace_block(app: &TestApp) {
        assert_traced(app, "debug_traceBlockByHash", Traces::TraceBlock).await;
    }

    async fn coin_by_contracts_is_found_with_debug_trace(app: &TestApp) {
        assert_traced(app, "trace_block", Traces::DebugTrace).await;
    }

    async fn without_either_method_it_is_said_that_coin_by_contracts_is_not_found(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        for method in ["debug_traceBlockByHash", "trace_block"] {
            node.set(method, Fault::Error { code: -32601, message: "method not found" });
        }
        let (intent, usual) = (scene.intent("2", ETHER).await, scene.intent("2", ETHER).await);
        let from = scene.anvil.head().await.number.to::<i64>() + 1;
        scene.pay_coin(&usual, COIN).await;
        scene.pay_by_contract(&intent).await;
        scene.finish().await;
        assert!(scene.payments(&intent).await.is_empty());
        assert_eq!(app.reload(usual.clone()).await.paid, money("1", Eth), "coin that people send is found");
        let (cursor, head) = (scene.cursor().await, scene.anvil.head().await.number.to::<i64>());
        assert_eq!((cursor.traces, cursor.untraced), (Traces::None, Some((from, head))));
        // As soon as there is one, the blocks since are read again. It is asked now and then.
        node.heal();
        scene.follow().await;
        assert_eq!(scene.cursor().await.untraced, Some((from, head)));
        app.advance(chrono::Duration::minutes(11));
        scene.follow_until_traced().await;
        assert_eq!(app.reload(intent).await.paid, money("1", Eth));
        assert_eq!(app.reload(usual).await.paid, money("1", Eth), "nothing is credited twice");
    }

    async fn a_limit_of_traces_delays_and_skips_nothing(app: &TestApp) {
        let busy = || Fault::Status(429, "too many requests");
        assert_waits_for_traces(app, busy(), busy()).await;
    }

    /// It has not executed the block.
    async fn a_node_that_leaves_traces_out_is_not_believed(app: &TestApp) {
        let missing = Fault::Error { code: -32601, message: "method not found" };
        assert_waits_for_traces(app, Fault::lie(|_| json!([])), missing).await;
    }

    /// Some say in their own words that they have no method. Nobody waits for them for ever.
    async fn blocks_that_were_left_without_traces_are_read_again(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        for method in ["debug_traceBlockByHash", "trace_block"] {
            node.set(method, Fault::Error { code: -32000, message: "not in your plan" });
        }
        let (first, second) = (scene.intent("2", ETHER).await, scene.intent("2", ETHER).await);
        scene.pay_by_contract(&first).await;
        let left_out = scene.anvil.head().await.number.to::<i64>();
        scene.anvil.mine(3).await;
        let mut refused = 0;
        while scene.step().await.is_err() {
            refused += 1;
            assert!(refused < 20);
        }
        assert!(refused > 3, "fewer blocks are tried first");
        scene.finish().await;
        assert_eq!(scene.cursor().await.untraced, Some((left_out, left_out)));
        assert!(scene.payments(&first).await.is_empty());
        // The next coin by a contract is found, so a node can tell of the earlier one too.
        node.heal();
        scene.pay_by_contract(&second).await;
        scene.follow_until_traced().await;
        scene.finish().await;
        for intent in [first, second] {
            assert_eq!(app.reload(intent).await.paid, money("1", Eth));
        }
    }

    async fn catching_up_says_how_far_it_is(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(500).await;
        assert_eq!(scene.step().await.unwrap(), Progress::More);
        app.advance(chrono::Duration::seconds(10));
        scene.step().await.unwrap();
        let cursor = scene.cursor().await;
        assert_eq!(cursor.state, CursorState::CatchingUp);
        let ((from, since), newest) = (cursor.behind.unwrap(), cursor.newest.unwrap());
        let (done, all) = (newest.height - from, cursor.heights.unwrap().head - from);
        let text = catching_up(Language::english(), done, all, app.context().now - since);
        assert_eq!(text, "48 of 500 blocks, about 2 minutes left");
        scene.follow().await;
        let cursor = scene.cursor().await;
        assert_eq!((cursor.state, cursor.behind), (CursorState::Following, None));
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
    }
}

/// Whether coin by a contract is found without this method.
async fn assert_traced(app: &TestApp, missing: &'static str, expected: Traces) {
    let (scene, node) = Scene::flaky(app).await;
    node.set(missing, Fault::Error { code: -32601, message: "method not found" });
    let intent = scene.intent("2", ETHER).await;
    scene.pay_by_contract(&intent).await;
    scene.finish().await;
    assert_eq!(scene.cursor().await.traces, expected);
    assert_eq!(app.reload(intent).await.paid, money("1", Eth));
}

/// Whether a network whose blocks were executed again waits until that is possible, and skips nothing.
async fn assert_waits_for_traces(app: &TestApp, trace_block: Fault, debug_trace: Fault) {
    let (scene, node) = Scene::flaky(app).await;
    let (first, intent) = (scene.intent("2", ETHER).await, scene.intent("2", ETHER).await);
    scene.pay_by_contract(&first).await;
    scene.follow().await;
    node.set("trace_block", trace_block);
    node.set("debug_traceBlockByHash", debug_trace);
    scene.pay_by_contract(&intent).await;
    let before = scene.cursor().await.newest;
    for _ in 0..5 {
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
    }
    assert_eq!(scene.cursor().await.newest, before);
    node.heal();
    scene.finish().await;
    assert_eq!((app.reload(intent).await.paid, scene.cursor().await.untraced), (money("1", Eth), None));
}
