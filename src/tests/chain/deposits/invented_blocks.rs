//! Hashes of blocks that one node makes up between blocks that all have.

use super::*;
use requite::domain::intents::payment::PaymentStatus::{Failed, Paid};

const INVENTED: B256 = B256::repeat_byte(7);

/// The node names another hash for the block with this event, wherever it tells of it.
fn rename_block(node: &FlakyNode, log: &Json) {
    let known = log["blockHash"].as_str().unwrap().to_owned();
    let rename = move |answer: Json| -> Json {
        serde_json::from_str(&answer.to_string().replace(&known, &INVENTED.to_string())).unwrap()
    };
    for method in ["eth_getBlockByNumber", "eth_getTransactionReceipt", "trace_block"] {
        node.set(method, Fault::lie(rename.clone()));
    }
    // By a hash that the real node does not know.
    let log = rename(log.clone());
    node.set(
        "eth_getLogs",
        Fault::answer(move |answers| {
            let found = |one: &Json| json!({ "id": one["id"], "result": [log] });
            answers.as_array().into_iter().flatten().map(found).collect::<Json>().to_string().into_bytes()
        }),
    );
}

on_both_engines! {
    /// The last block that is read together with it is the real one, and names its parent as the node does.
    async fn a_hash_that_one_node_invents_within_a_range_hides_no_payment(app: &TestApp) {
        let (scene, nodes) = Scene::of_three(app, "").await;
        let intent = scene.intent("30", USDC).await;
        let hash = scene.pay(&intent, 30).await;
        scene.anvil.mine(2).await;
        let receipt: Json = scene.anvil.node.call("eth_getTransactionReceipt", json!([hash])).await.unwrap();
        let to = address(&intent).to_string().to_lowercase();
        let is_payment = |log: &&Json| log["topics"][2].as_str().is_some_and(|topic| to.ends_with(&topic[26..]));
        rename_block(&nodes[0], receipt["logs"].as_array().unwrap().iter().find(is_payment).unwrap());
        scene.step().await.unwrap();
        nodes[0].heal();
        scene.finish().await;
        scene.finish().await;
        assert_eq!(scene.payment(&intent).await.status, Paid);
        let known = scene.store().known_blocks(Network::Base, i64::MAX, 100).await.unwrap();
        assert!(known.iter().all(|(_, hash)| *hash != INVENTED.to_string()), "{known:?}");
    }

    /// As an older version could store it.
    async fn a_deposit_in_a_block_that_never_was_is_read_again(app: &TestApp) {
        let scene = Scene::new(app).await;
        let intent = scene.intent("30", USDC).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(1).await;
        scene.follow().await;
        app.tamper(&format!("update chain_deposits set block_hash = '{INVENTED}'")).await.unwrap();
        scene.finish().await;
        assert!(app.reload(intent.clone()).await.paid.is_zero(), "it may have been removed a moment ago");
        scene.follow().await;
        scene.follow().await;
        let mut payments = scene.payments(&intent).await;
        payments.sort_by_key(|payment| payment.status == Failed);
        assert_eq!(payments.iter().map(|payment| payment.status).collect::<Vec<_>>(), [Paid, Failed]);
        assert_eq!(app.reload(intent).await.paid, money("30", Usd));
        assert!(scene.store().deposit_problems().await.unwrap().is_empty());
    }
}
