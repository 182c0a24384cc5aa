//! One node of several lies. It can delay a refund, and neither ends it nor has it paid again.

use super::{super::books::Books, *};
use alloy_primitives::Bytes;
use requite::{
    chain::evm::deposits::{Progress, StepError},
    evm::transaction::Transaction,
    store::refunds::transfers::TransferEnd,
};
use serde_json::{Value as Json, json};

/// A rig with two nodes. The first one, `rig.proxy`, is asked first.
async fn with_two_nodes(engine: Engine) -> (Rig, Arc<FlakyNode>) {
    let anvil = Arc::new(Anvil::start_as(CHAIN).await);
    let nodes = [Arc::new(FlakyNode::start(&anvil.url).await), Arc::new(FlakyNode::start(&anvil.url).await)];
    let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
    let [_, honest] = nodes;
    (rig, honest)
}

/// The transaction of a refund is dropped, and the account sends another one with its nonce.
async fn displace(rig: &Rig, refund: &Refund) {
    rig.anvil.drop_transaction(rig.transfer(refund).await.attempts[0].hash.parse().unwrap()).await;
    let stranger = rig.anvil.contracts.accounts.stranger.address;
    rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
}

on_each_engine! {
    /// Neither the database nor the signer knows it any more.
    async fn a_used_authorisation_that_one_node_hides_is_not_signed_again(engine: Engine) {
        let (mut rig, _honest) = with_two_nodes(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usd).await;
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        let signed = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.drop_transaction(signed.hash.parse().unwrap()).await;
        let authorisation = Transaction::decode_signed(&signed.raw.parse::<Bytes>().unwrap()).unwrap();
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        rig.anvil.send_as(stranger, usdc, U256::ZERO, authorisation.data).await;
        rig.anvil.mine(1).await;
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        let [no, yes] = [0, 1].map(|number: u8| json!(format!("0x{number:064x}")));
        rig.proxy.set("eth_getLogs", Fault::lie(|_| json!([])));
        // What fails still fails.
        let hide = move |mut answer: Json| {
            if answer["result"] == yes {
                answer["result"] = no.clone();
            }
            answer.to_string().into_bytes()
        };
        rig.proxy.set("eth_call", Fault::answer(hide));
        assert!(rig.round().await.is_err());
        assert_eq!(rig.transfer(&refund).await.attempts, vec![]);
        rig.proxy.heal();
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransfer);
        assert_eq!(rig.received(&refund).await, units(5));
    }

    /// A transaction of the account that did nothing, and that this node hides first.
    async fn what_one_node_makes_of_a_transaction_pays_no_refund(engine: Engine) {
        let (rig, _honest) = with_two_nodes(engine).await;
        rig.round().await.unwrap();
        let (sender, stranger) = (rig.sender.address, rig.anvil.contracts.accounts.stranger.address);
        let hash = rig.anvil.send_as(sender, stranger, U256::ZERO, Bytes::new()).await.to_string();
        rig.anvil.mine(16).await;
        let (native, token) = (rig.refund("0.005", Eth).await, rig.refund("5", Usdt).await);
        rig.proxy.set("eth_getTransactionCount", Fault::lie(|_| json!("0x0")));
        assert!(rig.round().await.is_err());
        assert_eq!(rig.transfer(&native).await.attempts, vec![]);
        rig.proxy.heal();
        rig.round().await.unwrap();
        assert!(rig.account().await.paused.is_some());
        let (to, due) = (native.address.clone(), rig.connection().units(native.terms.send).unwrap());
        let other_payment = move |mut found: Json| {
            (found["to"], found["value"]) = (json!(to), json!(due));
            found
        };
        rig.proxy.set("eth_getTransactionByHash", Fault::lie(other_payment));
        assert!(rig.assign(&hash, &native).await.is_err());
        rig.proxy.heal();
        let recipient = abi::address_word(token.address.parse().unwrap());
        let topics = [abi::TRANSFER, abi::address_word(sender), recipient].map(|topic| topic.to_string());
        let (data, contract) = (abi::number_word(units(5)).to_string(), rig.anvil.contracts.tether.to_string());
        let event = json!({
            "address": contract,
            "topics": topics,
            "data": data,
            "blockNumber": "0x1",
            "blockHash": hash,
            "transactionHash": hash,
            "logIndex": "0x0",
        });
        let another_event = move |mut receipt: Json| {
            receipt["logs"].as_array_mut().unwrap().push(event.clone());
            receipt
        };
        rig.proxy.set("eth_getTransactionReceipt", Fault::lie(another_event));
        assert!(rig.assign(&hash, &token).await.is_err());
        for refund in [&native, &token] {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Planned);
        }
    }

    /// The transaction that has used it may have been the payment, whatever a person says.
    async fn a_nonce_that_nobody_finds_ends_no_refund(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("0.005", Eth).await;
        rig.round().await.unwrap();
        displace(&rig, &refund).await;
        for _ in 0..3 {
            later(&rig);
            rig.finalize().await;
        }
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
        let empty = |mut block: Json| {
            if block["transactions"].is_array() {
                block["transactions"] = json!([]);
            }
            block
        };
        rig.proxy.set("eth_getBlockByNumber", Fault::lie(empty));
        let report = rig.reconcile().await;
        assert_eq!(report.unexplained[0].transaction_hash, "nonce-0", "{report:#?}");
        rig.explain("nonce-0").await;
        let report = rig.reconcile().await;
        assert!(report.waiting.iter().any(|line| line.contains("had nonce 0")), "{report:#?}");
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
        rig.proxy.heal();
        let report = rig.reconcile().await;
        rig.explain(&report.unexplained[0].transaction_hash).await;
        let report = rig.reconcile().await;
        assert_eq!(report.ended, [(refund.id, TransferStatus::Reverted)], "{report:#?}");
    }

    async fn a_height_that_one_node_makes_up_does_not_hide_that_a_nonce_was_used(engine: Engine) {
        let (rig, _honest) = with_two_nodes(engine).await;
        let refund = rig.refund("0.005", Eth).await;
        rig.round().await.unwrap();
        displace(&rig, &refund).await;
        rig.anvil.mine(1).await;
        let ahead = |mut block: Json| {
            if let Some(digits) = block["number"].as_str().and_then(|number| number.strip_prefix("0x")) {
                let number = u64::from_str_radix(digits, 16).unwrap() + 1_000;
                block["number"] = json!(format!("{number:#x}"));
            }
            block
        };
        rig.proxy.set("eth_getBlockByNumber", Fault::lie(ahead));
        later(&rig);
        let _ = rig.round().await;
        rig.proxy.heal();
        for _ in 0..3 {
            rig.anvil.mine(40).await;
            later(&rig);
            rig.round().await.unwrap();
        }
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
    }

    /// At the account's first round. A nonce that was never reached would have to be waited for, for ever.
    async fn what_one_node_makes_up_keeps_no_new_account_from_paying(engine: Engine) {
        let (rig, _honest) = with_two_nodes(engine).await;
        rig.proxy.set("eth_getTransactionCount", Fault::lie(|_| json!("0x3b9aca00")));
        let _ = rig.round().await;
        assert!(rig.account().await.paused.is_some());
        rig.proxy.heal();
        assert_eq!(rig.reconcile().await.unexplained, vec![]);
        assert!(rig.resume().await.unwrap());
        // With too little gas it would fail in a block, for a fee.
        rig.proxy.set("eth_estimateGas", Fault::lie(|_| json!("0x1")));
        let refunds = [rig.refund("5", Usd).await, rig.refund("5", Usdt).await, rig.refund("0.01", Eth).await];
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &refunds).await;
    }

    /// It could be booked, and would stay in the books.
    async fn a_fee_that_one_node_makes_up_is_not_booked(engine: Engine) {
        let (rig, _honest) = with_two_nodes(engine).await;
        let mut books = Books::of(rig).await;
        books.rig.round().await.unwrap();
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.anvil.mine(16).await;
        let absurd = |mut receipt: Json| {
            if receipt.is_object() {
                receipt["effectiveGasPrice"] = json!("0xde0b6b3a7640000");
            }
            receipt
        };
        books.rig.proxy.set("eth_getTransactionReceipt", Fault::lie(absurd));
        assert!(matches!(books.step().await, Err(StepError::Contradicted(Network::Eth, ..))));
        let booked = "select 1 from own_movements where kind = 'network_fee'";
        assert!(!books.rig.app.exists(booked).await);
        books.rig.proxy.heal();
        books.follow().await;
        assert!(books.rig.app.exists(booked).await);
        books.rig.finalize().await;
        assert_completed(&books.rig, &[refund]).await;
        books.rig.app.assert_invariants().await;
    }

    /// Neither by another amount or block, nor if the others do not answer about what it has read.
    async fn one_of_three_nodes_neither_changes_a_fee_nor_stops_the_books(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let mut nodes = Vec::new();
        for _ in 0..3 {
            nodes.push(Arc::new(FlakyNode::start(&anvil.url).await));
        }
        let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
        let mut books = Books::of(rig).await;
        books.rig.round().await.unwrap();
        let first = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.anvil.mine(16).await;
        let absurd = |mut receipt: Json| {
            if receipt.is_object() {
                receipt["effectiveGasPrice"] = json!("0xde0b6b3a7640000");
            }
            receipt
        };
        nodes[0].set("eth_getTransactionReceipt", Fault::lie(absurd));
        books.follow().await;
        let booked = "select count(*) from own_movements where kind = 'network_fee' and cast(amount as real) < 1";
        assert_eq!(books.rig.app.count(booked).await, 1);
        nodes[0].heal();
        books.rig.finalize().await;
        books.follow().await;

        let second = books.rig.refund("6", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.anvil.mine(1).await;
        for node in &nodes[1..] {
            node.once("eth_getTransactionReceipt", Fault::Refuse);
        }
        books.step().await.unwrap();
        books.follow().await;
        assert_eq!(books.rig.app.count(booked).await, 2);

        let third = books.rig.refund("7", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.anvil.mine(1).await;
        let elsewhere = |mut receipt: Json| {
            if receipt.is_object() {
                receipt["blockHash"] = json!(format!("0x{}", "1".repeat(64)));
            }
            receipt
        };
        nodes[0].set("eth_getTransactionReceipt", Fault::lie(elsewhere));
        assert_eq!(books.step().await.unwrap(), Progress::AtHead, "it says that the block was replaced");
        assert_eq!(books.rig.app.count(booked).await, 3);
        nodes[0].heal();
        books.rig.finalize().await;
        assert_completed(&books.rig, &[first, second, third]).await;
        books.rig.app.assert_invariants().await;
    }

    /// All nodes say so: nobody waits for ever without being told.
    async fn a_fee_that_cannot_be_booked_is_told(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        let read = rig.transfer(&refund).await;
        rig.anvil.mine(16).await;
        let absurd = |mut receipt: Json| {
            if receipt.is_object() {
                receipt["effectiveGasPrice"] = json!(format!("0x{}", "f".repeat(32)));
            }
            receipt
        };
        rig.proxy.set("eth_getTransactionReceipt", Fault::lie(absurd));
        assert!(rig.round().await.is_err());
        let pause = rig.account().await.paused.unwrap();
        assert_eq!(pause.reason, PauseReason::ChainContradicts);
        assert!(pause.detail.contains("more than can be booked"), "{}", pause.detail);
        // It is in a block since it was read, so who has read it does not end it.
        let end = TransferEnd { status: TransferStatus::Completed, transaction_hash: None, height: None, fee: None };
        let ended = rig.app.store().end_transfer(&rig.app.context(), &read, &end, false).await;
        assert_eq!(code(ended), ErrorCode::PayoutsNotReconciled);
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Mined);
        rig.proxy.heal();
        rig.finalize().await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }
}
