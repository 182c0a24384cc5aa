//! A node that lies, a signer that forgets or is another one, and two people at once: nothing is paid twice.

use super::*;
use crate::{
    chain::payouts::custody::{Alteration, Altered},
    support::anvil::Anvil,
};
use alloy_primitives::{B256, Bytes};
use requite::{
    chain::evm::custody::CustodyError,
    evm::{authorization::refund_nonce, transaction::Transaction},
    service::operations::payouts::PayoutServices,
    signer::protocol::{SignaturesRequest, Status},
};
use serde_json::json;

async fn forget(rig: &mut Rig) {
    rig.signer.take().unwrap().stop().await;
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(rig.folder.path().join(format!("memory.db{suffix}")));
    }
}

/// A policy without the domain of USDC, with which it is paid by plain transfers.
fn without_domain(rig: &Rig) -> String {
    let usdc = &rig.anvil.contracts.usdc;
    let domain = format!("domain = {{ name = \"{}\", version = \"{}\" }}", usdc.name, usdc.version);
    policy(&rig.anvil).replace(&domain, "")
}

on_each_engine! {
    /// An authorisation in the pool does not depend on the nonce: beside a plain transfer, both could be paid.
    async fn a_signer_that_forgot_does_not_pay_in_a_second_way(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        let allowed = policy(&rig.anvil);
        forget(&mut rig).await;
        let plain = without_domain(&rig);
        rig.restart_signer(&plain).await;
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        // A signer whose policy is wrong is not asked for a higher fee.
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerRefuses));
        let client = rig.signer_client();
        let signatures = SignaturesRequest { chain_id: CHAIN, account: rig.sender.address, from_nonce: 0, after: 0 };
        assert_eq!(client.signatures(signatures).await.unwrap().signatures, vec![]);

        // If it was asked nevertheless, what it has signed is never sent.
        let second = client.sign(&rig.dearer(&refund, &first)).await.unwrap();
        rig.restart_signer(&allowed).await;
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedSignature);
        let report = rig.reconcile().await;
        assert!(report.waiting.iter().any(|line| line.contains("could be paid twice")), "{report:#?}");
        assert_eq!(rig.transfer(&refund).await.attempts.len(), 1);
        assert!(!rig.anvil.pool().await.contains(&second.hash));
        rig.anvil.set_base_fee(1_000_000_000).await;
        go_on(&rig).await;
        rig.reconcile().await;
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }

    /// It is cancelled by a transaction that takes the nonce and leaves the authorisation.
    async fn a_cancellation_by_a_signer_that_forgot_revokes_first(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        forget(&mut rig).await;
        let plain = without_domain(&rig);
        rig.restart_signer(&plain).await;
        let mut request = rig.dearer(&refund, &first);
        request.fees.max_fee_per_gas = first.max_fee_per_gas;
        request.fees.max_priority_fee_per_gas = first.max_priority_fee_per_gas;
        SignerClient::new(rig.folder.path().join("signer.sock")).sign(&request).await.unwrap();
        let allowed = policy(&rig.anvil);
        rig.restart_signer(&allowed).await;
        rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, refund.id).await.unwrap();
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.last().unwrap().kind, AttemptKind::Cancellation);
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Revoking);
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing, "its money is not released");
    }

    /// One node says that the nonce of a payment in the pool is used, or that blocks are final that nobody else has.
    async fn one_lying_node_ends_and_stops_nothing(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let nodes = [Arc::new(FlakyNode::start(&anvil.url).await), Arc::new(FlakyNode::start(&anvil.url).await)];
        let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
        let refund = rig.refund("0.005", Eth).await;
        rig.round().await.unwrap();
        rig.anvil.set_base_fee(900_000_000_000).await;
        nodes[0].set("eth_getTransactionCount", Fault::lie(|_| json!("0x1")));
        for _ in 0..4 {
            rig.anvil.mine(16).await;
            later(&rig);
            rig.round().await.unwrap();
        }
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
        assert_eq!(rig.account().await.paused, None);
        nodes[0].heal();

        let height = |mut block: serde_json::Value| {
            block["number"] = json!("0x4000000000000000");
            block
        };
        nodes[0].set("eth_getBlockByNumber", Fault::lie(height));
        let before = rig.account().await.seen.unwrap().finalized;
        let _ = rig.round().await;
        nodes[0].heal();
        let seen = rig.account().await.seen.unwrap().finalized;
        assert!((before..before + 1_000).contains(&seen), "{before}, then {seen}");
        let compared = rig.app.store().compared_height(Network::Eth, &notation(rig.sender.address)).await.unwrap();
        assert!(compared < Some(before + 1_000), "{before}, then {compared:?}");
        rig.anvil.set_base_fee(1_000_000_000).await;
        go_on(&rig).await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }

    /// The nonce of the payment was used by another transaction, and one node says that the authorisation was used too.
    async fn an_event_that_one_node_invents_ends_no_refund(engine: Engine) {
        let anvil = Arc::new(Anvil::start_as(CHAIN).await);
        let nodes = [Arc::new(FlakyNode::start(&anvil.url).await), Arc::new(FlakyNode::start(&anvil.url).await)];
        let rig = Rig::of(engine, anvil, &nodes, |file, _| file).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        rig.anvil.drop_transaction(rig.transfer(&refund).await.attempts[0].hash.parse().unwrap()).await;
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let sent = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        let topics = [abi::AUTHORIZATION_USED, abi::address_word(rig.sender.address), refund_nonce(refund.id.0)];
        // In no transaction, or in a real one as the event of another contract.
        let other = Address::repeat_byte(0xcd);
        for (contract, hash) in [(rig.anvil.contracts.usdc.address, B256::repeat_byte(0xab)), (other, sent)] {
            let event = json!({
                "address": contract.to_string(),
                "topics": topics.map(|topic| topic.to_string()),
                "data": "0x",
                "blockNumber": "0x1",
                "blockHash": B256::repeat_byte(1).to_string(),
                "transactionHash": hash.to_string(),
                "logIndex": "0x0",
            });
            let invented = event.clone();
            let invent = move |mut logs: serde_json::Value| {
                logs.as_array_mut().unwrap().push(invented.clone());
                logs
            };
            nodes[0].set("eth_getLogs", Fault::lie(invent));
            let add = move |mut receipt: serde_json::Value| {
                if receipt["transactionHash"] == event["transactionHash"] {
                    receipt["logs"].as_array_mut().unwrap().push(event.clone());
                }
                receipt
            };
            nodes[0].set("eth_getTransactionReceipt", Fault::lie(add));
            for _ in 0..3 {
                rig.anvil.mine(40).await;
                later(&rig);
                let _ = rig.round().await;
                rig.app.work().await;
            }
            assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
            assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Processing, U256::ZERO));
        }
    }

    /// Somebody has paid by hand with the same nonce. Whoever has seen the authorisation could still submit it.
    async fn a_refund_that_was_paid_by_hand_is_not_ended_while_its_authorisation_lives(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.drop_transaction(first.hash.parse().unwrap()).await;
        let (usdc, recipient) = (rig.anvil.contracts.usdc.address, refund.address.parse().unwrap());
        let call = Selector::TRANSFER.call(&[abi::address_word(recipient), abi::number_word(units(5))]);
        let by_hand = rig.anvil.send_as(rig.sender.address, usdc, U256::ZERO, call).await;
        for _ in 0..3 {
            later(&rig);
            rig.finalize().await;
        }
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
        let report = rig.reconcile().await;
        assert!(report.waiting.iter().any(|line| line.contains("Cancel the authorisation")), "{report:#?}");
        assert_eq!(code(rig.assign(&by_hand.to_string(), &refund).await), ErrorCode::TransactionMismatch);
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
        // Nor is it rejected for a nonce that nobody has found.
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
        // Once it was used, nothing can be paid any more.
        let authorisation = Transaction::decode_signed(&first.raw.parse::<Bytes>().unwrap()).unwrap();
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(stranger, usdc, U256::ZERO, authorisation.data).await;
        rig.anvil.mine(60).await;
        rig.reconcile().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Completed);
    }

    /// Its socket was swapped with that of another account's signer after it had told its own account.
    async fn a_signer_with_another_key_signs_nothing(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        let right = rig.sender.clone();
        forget(&mut rig).await;
        rig.sender = rig.anvil.contracts.accounts.stranger.clone();
        rig.restart_signer(&policy(&rig.anvil)).await;
        rig.sender = right;
        let lying = Altered::new(&rig, Swapped(rig.sender.address));
        rig.round_with(&lying).await.unwrap();
        let held = rig.transfer(&refund).await;
        assert_eq!((held.attempts, held.transfer.held.as_ref().unwrap().reason), (vec![], HeldReason::SignerRefuses));
        assert!(held.transfer.held.unwrap().detail.contains("is to pay"));
        let status = lying.signer.status().await.unwrap();
        assert!(status.chains.iter().all(|chain| chain.signatures == 0), "{status:?}");
        forget(&mut rig).await;
        rig.restart_signer(&policy(&rig.anvil)).await;
        go_on(&rig).await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }

    /// A thief of the server, or an old one that still runs, had it signed.
    async fn what_was_signed_for_a_refund_that_has_ended_is_never_sent(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usdt).await;
        let (tether, recipient) = (rig.anvil.contracts.tether, refund.address.parse().unwrap());
        let call = Selector::TRANSFER.call(&[abi::address_word(recipient), abi::number_word(units(5))]);
        let by_hand = rig.anvil.send_as(rig.sender.address, tether, U256::ZERO, call).await;
        rig.finalize().await;
        rig.reconcile().await;
        rig.assign(&by_hand.to_string(), &refund).await.unwrap();
        let again = PaymentRequest {
            transfer: refund.id.0,
            chain_id: CHAIN,
            account: rig.sender.address,
            nonce: 1,
            coin: Coin::Token(tether),
            recipient,
            amount: units(6),
            fees: Fees { gas_limit: 200_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 },
        };
        SignerClient::new(rig.folder.path().join("signer.sock")).sign(&again).await.unwrap();
        let report = rig.reconcile().await;
        let told = &report.waiting[0];
        assert!(report.waiting.len() == 1 && told.contains("has ended here") && told.contains("never sent"), "{report:#?}");
        assert!(rig.anvil.pool().await.is_empty());
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        // Another transaction uses its nonce up.
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        let other = rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
        rig.finalize().await;
        assert_eq!(rig.reconcile().await.waiting, Vec::<String>::new());
        rig.explain(&other.to_string()).await;
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }

    async fn two_people_assign_one_transaction_once(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let recipient = Address::repeat_byte(9);
        let backup = rig.app.back_up().await;
        rig.refund_to(recipient, "5", Usdt).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.app.restore(&backup).await;
        go_on(&rig).await;
        let refunds = [rig.refund_to(recipient, "5", Usdt).await, rig.refund_to(recipient, "5", Usdt).await];
        let report = rig.reconcile().await;
        let hash = &report.unexplained[0].transaction_hash;
        // Without a node nobody can say that it has paid nothing that waits here.
        let (services, operator) = (PayoutServices::from(&rig.app.requite), rig.operator());
        let blind = PayoutServices { chain: None, ..services };
        let explained = payouts::explain(blind, &operator, Network::Eth, hash, "an earlier refund").await;
        assert_eq!(code(explained), ErrorCode::ChainUnavailable);
        let (one, other) = futures::join!(rig.assign(hash, &refunds[0]), rig.assign(hash, &refunds[1]));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|is_ok| **is_ok).count(), 1, "{one:?}, {other:?}");
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_eq!(rig.balance(Usdt, recipient).await, units(10), "one of them was paid now");
        for refund in &refunds {
            assert_eq!(rig.status(refund).await, RefundStatus::Completed);
        }
        rig.app.assert_invariants().await;
    }
}

/// Says that it has this account's key, and signs with another.
struct Swapped(Address);

#[async_trait::async_trait]
impl Alteration for Swapped {
    async fn status(&self, signer: &SignerClient) -> Result<Status, CustodyError> {
        Ok(Status { address: self.0, ..Custody::status(signer).await? })
    }
}
