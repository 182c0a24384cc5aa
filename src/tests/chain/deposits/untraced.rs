//! Blocks that no node executes again delay payments by minutes at most, and keep no other blocks from being read once more.

use super::*;
use requite::{chain::evm::rpc::BlockTag, store::chain::cursors::Traces};

impl Scene {
    /// A contract pays one coin, in a block. Returns its height and its transactions.
    async fn block_by_contract(&self, intent: &PaymentIntent) -> (i64, Vec<B256>) {
        self.pay_by_contract(intent).await;
        let block = self.anvil.node.block(BlockTag::Latest).await.unwrap().unwrap();
        (block.header.number.to(), block.transactions.iter().map(|one| one.hash).collect())
    }
}

/// The node has one method to execute blocks, and refuses those with any of these transactions.
fn refuse_blocks(node: &FlakyNode, transactions: &[B256]) {
    let hashes: Vec<String> = transactions.iter().map(ToString::to_string).collect();
    node.set("debug_traceBlockByHash", Fault::Error { code: -32601, message: "method not found" });
    let refuse = move |one: &Json| {
        let traces = one["result"].to_string();
        match hashes.iter().any(|hash| traces.contains(hash)) {
            true => json!({ "id": one["id"], "error": { "code": -32000, "message": "it takes too long" } }),
            false => one.clone(),
        }
    };
    node.set(
        "trace_block",
        Fault::answer(move |answers| {
            let answers: Vec<Json> = answers.as_array().unwrap().iter().map(&refuse).collect();
            json!(answers).to_string().into_bytes()
        }),
    );
}

on_both_engines! {
    async fn a_block_that_no_node_executes_stops_nothing(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        let (first, late, usual) =
            (scene.intent("2", ETHER).await, scene.intent("2", ETHER).await, scene.intent("30", USDC).await);
        scene.pay_by_contract(&first).await;
        scene.follow().await;
        let (height, mut refused) = scene.block_by_contract(&late).await;
        refuse_blocks(&node, &refused);
        let before = scene.cursor().await.newest;
        for _ in 0..30 {
            assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
        }
        assert_eq!(scene.cursor().await.newest, before);
        app.advance(chrono::Duration::minutes(11));
        scene.pay(&usual, 30).await;
        scene.finish().await;
        assert_eq!(app.reload(usual).await.paid, money("30", Usd));
        let cursor = scene.cursor().await;
        assert_eq!((cursor.traces, cursor.untraced), (Traces::TraceBlock, Some((height, height))));
        // Whoever makes more of them delays nothing any more.
        let (second, more) = scene.block_by_contract(&late).await;
        refused.extend(more);
        refuse_blocks(&node, &refused);
        scene.follow().await;
        assert_eq!(scene.cursor().await.untraced, Some((height, second)));
        assert_eq!(scene.store().untraced_blocks(Network::Base).await.unwrap(), [(second, second), (height, height)]);
        node.heal();
        app.advance(chrono::Duration::minutes(25));
        scene.follow_until_traced().await;
        scene.finish().await;
        assert_eq!(app.reload(late).await.paid, money("2", Eth));
        // From now on a network waits again.
        app.advance(chrono::Duration::hours(1));
        scene.pay_by_contract(&first).await;
        scene.follow().await;
        let (_, transactions) = scene.block_by_contract(&first).await;
        refuse_blocks(&node, &transactions);
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Unavailable(..)));
    }

    async fn older_blocks_are_read_again_although_the_newest_cannot_be(app: &TestApp) {
        let (scene, node) = Scene::flaky(app).await;
        for method in ["debug_traceBlockByHash", "trace_block"] {
            node.set(method, Fault::Error { code: -32601, message: "method not found" });
        }
        let (old, new) = (scene.intent("2", ETHER).await, scene.intent("2", ETHER).await);
        scene.pay_by_contract(&old).await;
        let (height, refused) = scene.block_by_contract(&new).await;
        scene.finish().await;
        assert_eq!(scene.cursor().await.traces, Traces::None);
        refuse_blocks(&node, &refused);
        let server = scene.restarted();
        for _ in 0..20 {
            server.follow().await;
        }
        assert_eq!(server.cursor().await.untraced, Some((height, height)));
        assert_eq!(app.reload(old).await.paid, money("1", Eth));
        assert!(server.payments(&new).await.is_empty());
    }
}
