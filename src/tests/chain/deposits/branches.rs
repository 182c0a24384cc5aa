//! Nodes that have other blocks than most.

use super::*;
use requite::{domain::intents::payment::PaymentStatus, store::chain::cursors::CursorState};

/// Other blocks from this height on, which follow each other.
fn branch(from: u64) -> Fault {
    let other = |hash: &Json| json!(format!("0xffff{}", &hash.as_str().unwrap()[6..]));
    Fault::lie(move |mut block| {
        let number = block["number"].as_str().map(|text| u64::from_str_radix(&text[2..], 16).unwrap());
        if number.is_some_and(|number| number >= from) {
            block["hash"] = other(&block["hash"]);
        }
        if number.is_some_and(|number| number > from) {
            block["parentHash"] = other(&block["parentHash"]);
        }
        block
    })
}

impl Scene {
    /// With three nodes. The first one, which is asked first, can be told to have other blocks.
    async fn with_one_on_a_branch(app: &TestApp) -> (Self, FlakyNode) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let lonely = FlakyNode::start(&anvil.url).await;
        let nodes = [lonely.url.clone(), anvil.url.clone(), anvil.url.clone()];
        let scene = Self::through(app, &anvil, &nodes, "").await;
        scene.follow().await;
        (scene, lonely)
    }

    /// Follows to the head, and has the blocks of most.
    async fn follow_most(&self) {
        self.follow().await;
        let (cursor, head) = (self.cursor().await, self.anvil.head().await);
        assert_eq!(cursor.newest.unwrap().hash, head.hash.to_string());
        assert_eq!((cursor.state, cursor.problem), (CursorState::Following, None));
    }
}

on_both_engines! {
    /// Its blocks differ from one on that was final.
    async fn one_node_on_a_fork_does_not_stop_the_network(app: &TestApp) {
        let (scene, lonely) = Scene::with_one_on_a_branch(app).await;
        let store = scene.store();
        store.add_sender(&app.context(), Network::Base, "0x1", 0, None).await.unwrap();
        scene.anvil.mine(2 * FINAL).await;
        scene.follow().await;
        let last_final = scene.anvil.head().await.number.to::<u64>() - FINAL;
        lonely.set("eth_getBlockByNumber", branch(last_final - 2));
        let intent = app.intent("30", USDC, Network::Base).await;
        scene.pay(&intent, 30).await;
        scene.anvil.mine(3).await;
        scene.follow_most().await;
        assert!(store.sender_accounts().await.unwrap().iter().all(|account| account.paused.is_none()));
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Pending);
        // Money waits for it, or for whoever takes it out of the settings.
        scene.anvil.mine(FINAL).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Contradicted(..)));
        lonely.heal();
        scene.follow().await;
        assert_eq!(scene.payment(&intent).await.status, PaymentStatus::Paid);
    }

    /// Its blocks follow the newest that is known here, and would be believed as long as it is asked first.
    async fn a_branch_that_only_one_node_has_is_not_entered(app: &TestApp) {
        let (scene, lonely) = Scene::with_one_on_a_branch(app).await;
        lonely.set("eth_getBlockByNumber", branch(scene.anvil.head().await.number.to::<u64>() + 1));
        for _ in 0..3 {
            scene.anvil.mine(FINAL).await;
            scene.follow_most().await;
        }
        // What it told of when it was final there is still compared with what most have.
        let known = scene.store().trail(Network::Base, i64::MAX, 100).await.unwrap();
        assert!(known.iter().all(|(_, hash)| !hash.starts_with("0xffff")), "{known:?}");
    }

    /// Half of the nodes is no majority, so nobody knows.
    async fn two_nodes_on_two_branches_are_a_contradiction(app: &TestApp) {
        let anvil = Arc::new(Anvil::start_as(CHAIN_ID).await);
        let other = FlakyNode::start(&anvil.url).await;
        let scene = Scene::through(app, &anvil, &[anvil.url.clone(), other.url.clone()], "").await;
        scene.follow().await;
        other.set("eth_getBlockByNumber", branch(anvil.head().await.number.to::<u64>()));
        anvil.mine(1).await;
        assert!(matches!(scene.step().await.unwrap_err(), StepError::Contradicted(..)));
        assert_eq!(scene.cursor().await.state, CursorState::Contradicted);
        other.heal();
        scene.follow_most().await;
    }
}
