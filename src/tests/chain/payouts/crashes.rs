//! What was interrupted, lost or taken back goes on, and is paid once.

use super::{
    custody::{Altered, LostAnswers},
    *,
};
use crate::support::flaky_node::Fault;
use alloy_primitives::B256;

/// The refund was paid once, and nothing else happened to it.
async fn assert_paid_once(rig: &Rig, refund: &Refund, amount: u64) {
    for _ in 0..3 {
        later(rig);
        rig.finalize().await;
    }
    assert_eq!(rig.status(refund).await, RefundStatus::Completed, "{:#?}", rig.transfer(refund).await);
    assert_eq!(rig.received(refund).await, units(amount));
    assert_eq!(rig.account().await.paused, None);
    rig.app.assert_invariants().await;
}

on_each_engine! {
    async fn case_1_death_after_signing_and_before_storing(engine: Engine) {
        let rig = Rig::new(engine).await;
        let (first, second) = (rig.refund("5", Usdt).await, rig.refund("6", Usdt).await);
        assert_eq!(rig.round_with(&Altered::new(&rig, LostAnswers)).await.unwrap(), 0);
        assert_eq!(rig.transfer_status(&first).await, TransferStatus::Planned);
        assert_eq!(rig.held(&first).await, Some(HeldReason::SignerAway));
        // The price of gas has changed since, so the same request would have other bytes.
        rig.anvil.mine(3).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&first).await, None);
        assert_paid_once(&rig, &first, 5).await;
        assert_paid_once(&rig, &second, 6).await;
    }

    async fn cases_2_and_3_death_after_storing_and_before_sending(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.proxy.set("eth_sendRawTransaction", Fault::Refuse);
        rig.round().await.unwrap();
        let before = rig.transfer(&refund).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        rig.proxy.heal();
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts[0], before.attempts[0]);
        assert_paid_once(&rig, &refund, 5).await;
    }

    async fn cases_4_and_6_the_answer_to_the_broadcast_is_lost(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.proxy.once("eth_sendRawTransaction", Fault::LoseAnswer);
        rig.round().await.unwrap();
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.len(), 1);
        assert_paid_once(&rig, &refund, 5).await;
    }

    async fn case_5_death_after_storing_a_higher_fee(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.set_base_fee(60_000_000_000).await;
        rig.anvil.mine(1).await;
        rig.proxy.set("eth_sendRawTransaction", Fault::Refuse);
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.len(), 2);
        rig.proxy.heal();
        assert_paid_once(&rig, &refund, 5).await;
    }

    async fn case_9_dropped_from_the_pool(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        rig.anvil.drop_transaction(rig.transfer(&refund).await.attempts[0].hash.parse().unwrap()).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        later(&rig);
        rig.round().await.unwrap();
        assert_paid_once(&rig, &refund, 5).await;
    }

    async fn case_11_a_payout_is_taken_back_by_a_reorganisation(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.mine(3).await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Mined);
        rig.anvil.reorg(3).await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        assert_paid_once(&rig, &refund, 5).await;
    }

    /// Providers limit single methods, for instance the reading of events.
    async fn what_one_node_refuses_is_asked_of_the_next(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(Arc::new(FlakyNode::start(&anvil.url).await));
        }
        let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
        for method in ["eth_getTransactionReceipt", "eth_getLogs", "eth_call", "eth_maxPriorityFeePerGas"] {
            rig.proxy.set(method, Fault::Error { code: -32_005, message: "too many requests" });
            let refund = rig.refund("5", Usd).await;
            rig.round().await.unwrap();
            assert_paid_once(&rig, &refund, 5).await;
            rig.proxy.heal();
        }
    }

    /// One of two lies about the block, and it can be the one that is asked first.
    async fn case_27_no_refund_ends_while_nodes_contradict_each_other(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let nodes = [Arc::new(FlakyNode::start(&anvil.url).await), Arc::new(FlakyNode::start(&anvil.url).await)];
        let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.mine(16).await;
        let expected = format!("the nodes {} and {} disagree", nodes[0].node.name(), nodes[1].node.name());
        let wrong_block = B256::repeat_byte(1).to_string();
        for (member, lie) in [("status", "0x0".to_owned()), ("blockHash", wrong_block), ("effectiveGasPrice", "0x1".to_owned())] {
            for liar in &nodes {
                let lie = lie.clone();
                let lying = move |mut receipt: serde_json::Value| {
                    if receipt.is_object() {
                        receipt[member] = lie.clone().into();
                    }
                    receipt
                };
                liar.set("eth_getTransactionReceipt", Fault::lie(lying));
                let error = rig.round().await.unwrap_err();
                assert!(requite::error::with_causes(&error).contains(&expected), "{member}: {error:?}");
                rig.app.work().await;
                assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Mined);
                assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
                liar.heal();
            }
        }
        assert_paid_once(&rig, &refund, 5).await;
    }

    async fn case_21_the_node_is_away_and_back(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.proxy.set_all(Fault::Refuse);
        assert!(rig.round().await.unwrap_err().is_temporary());
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Planned);
        rig.proxy.heal();
        rig.round().await.unwrap();
        rig.anvil.mine(1).await;
        rig.proxy.set("eth_getTransactionReceipt", Fault::Error { code: -32000, message: "busy" });
        assert!(rig.round().await.is_err());
        rig.proxy.heal();
        assert_paid_once(&rig, &refund, 5).await;
    }
}
