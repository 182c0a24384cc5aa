//! A backup of the database, of the signer's memory, or of both is restored. Nothing is paid twice.

mod doubled;
mod histories;
mod liars;
mod remade;
mod repeated;
mod rotated;

use super::{
    examined::{assert_finding, of_signer},
    *,
};
use crate::support::{code, flaky_node::Fault};
use requite::{
    chain::evm::examine::Level,
    domain::{
        error::ErrorCode,
        refunds::transfer::{AttemptKind, PauseReason},
    },
    signer::protocol::{Coin, Fees, PaymentRequest},
};
use std::collections::BTreeSet;

/// Five units of each coin; the native one in thousandths.
async fn one_of_each(rig: &Rig) -> Vec<Refund> {
    vec![rig.refund("5", Usd).await, rig.refund("5", Usdt).await, rig.refund("0.005", Eth).await]
}

async fn assert_received(rig: &Rig, refunds: &[Refund]) {
    for refund in refunds {
        let due = rig.connection().units(refund.terms.send).unwrap();
        assert_eq!(rig.received(refund).await, due, "{refund:#?}");
    }
}

async fn assert_completed(rig: &Rig, refunds: &[Refund]) {
    for refund in refunds {
        assert_eq!(rig.status(refund).await, RefundStatus::Completed, "{:#?}", rig.transfer(refund).await);
    }
    assert_received(rig, refunds).await;
}

/// The server works by itself for a while.
async fn go_on(rig: &Rig) {
    for _ in 0..3 {
        later(rig);
        rig.round().await.unwrap();
        rig.app.work().await;
        rig.anvil.mine(1).await;
    }
    rig.finalize().await;
}

on_each_engine! {
    async fn case_25_a_database_from_before_the_payouts(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refunds = one_of_each(&rig).await;
        let backup = rig.app.back_up().await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &refunds).await;
        rig.app.restore(&backup).await;
        go_on(&rig).await;
        assert_received(&rig, &refunds).await;
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransaction);
        assert_eq!(rig.held(&refunds[1]).await, Some(HeldReason::Paused));
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        let report = rig.reconcile().await;
        let adopted = BTreeSet::from_iter(report.adopted);
        assert_eq!(adopted, refunds.iter().map(|refund| refund.id).collect());
        assert_eq!((report.unexplained, report.waiting, report.unproven), (vec![], vec![], vec![]));
        assert_eq!(report.next_nonce, 3);
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        assert_eq!(rig.account().await.paused, None);
        // Later refunds are paid.
        let next = [rig.refund("1", Usdt).await];
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &next).await;
        rig.app.assert_invariants().await;
    }

    async fn case_25_the_signers_memory_is_lost_too(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refunds = one_of_each(&rig).await;
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        go_on(&rig).await;
        assert_received(&rig, &refunds).await;
        let report = rig.reconcile().await;
        // The token remembers its authorisation; for the others a person has to say what the transactions were.
        assert_eq!(report.ended, [(refunds[0].id, TransferStatus::Completed)]);
        assert_eq!((report.unexplained.len(), report.unproven.len(), report.next_nonce), (2, 1, 3), "{report:#?}");
        assert!(report.unproven[0].contains(&refunds[1].id.to_string()));
        for refund in &refunds[1..] {
            let hint = format!("It is exactly what refund {} must pay.", refund.id);
            assert!(report.unexplained.iter().any(|found| found.detail.contains(&hint)), "{report:#?}");
        }
        let item = |refund: &Refund| {
            let recipient = refund.address.parse::<Address>().unwrap().to_checksum(None);
            let mut items = report.unexplained.iter();
            items.find(|found| found.detail.contains(&recipient)).unwrap().transaction_hash.clone()
        };
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        assert_eq!(code(rig.assign(&item(&refunds[1]), &refunds[2]).await), ErrorCode::TransactionMismatch);
        rig.assign(&item(&refunds[1]), &refunds[1]).await.unwrap();
        rig.assign(&item(&refunds[2]), &refunds[2]).await.unwrap();
        assert_eq!(code(rig.assign(&item(&refunds[2]), &refunds[2]).await), ErrorCode::TransactionMismatch);
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    /// Database and memory are old, and the transaction is in no pool: nothing that is visible differs.
    async fn an_old_database_is_not_paid_from_before_a_person_has_looked(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let restart = async |rig: &mut Rig, hours: i64| {
            rig.app.advance(Duration::hours(hours));
            let now = rig.app.back_up().await;
            rig.app.restore(&now).await;
            rig.round().await.unwrap();
        };
        // Nobody was ever asked to sign for it, so nothing can be missing.
        restart(&mut rig, 5).await;
        assert_eq!(rig.account().await.paused, None);
        let first = [rig.refund("1", Usdt).await];
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &first).await;
        // This process has compared it, however long a round takes.
        rig.app.advance(Duration::hours(5));
        rig.round().await.unwrap();
        rig.app.advance(Duration::minutes(59));
        restart(&mut rig, 0).await;
        assert_eq!(rig.account().await.paused, None);
        // Under a server that runs, the last round that it has stored goes missing.
        rig.app.tamper("update senders set seen_at = (select min(planned_at) from transfers)").await.unwrap();
        rig.round().await.unwrap();
        let pause = rig.account().await.paused.unwrap();
        assert!(pause.reason == PauseReason::NotFollowed && pause.detail.contains("while the server was running"), "{pause:?}");
        let refused = rig.resume().await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::PayoutsNotReconciled);
        assert!(refused.to_string().contains("requite payouts reconcile ETH"), "{refused}");
        rig.reconcile().await;
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused, None);
        let refunds = [rig.refund("5", Usdt).await, rig.refund("0.005", Eth).await];
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        for refund in &refunds {
            let hash = rig.transfer(refund).await.attempts[0].hash.clone();
            rig.anvil.drop_transaction(hash.parse().unwrap()).await;
        }
        rig.app.advance(Duration::hours(5));
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        go_on(&rig).await;
        let pause = rig.account().await.paused.unwrap();
        assert_eq!(pause.reason, PauseReason::NotFollowed);
        assert!(pause.detail.contains("5 hours ago"), "{}", pause.detail);
        for refund in &refunds {
            assert_eq!((rig.held(refund).await, rig.transfer(refund).await.attempts.len()), (Some(HeldReason::Paused), 0));
        }
        let shown = rig.app.sign_in("owner@example.com").await.get("/payouts").await.text();
        assert!(shown.contains("5 hours ago") && shown.contains("Resume payouts on Ethereum"), "{shown}");
        let report = rig.reconcile().await;
        assert_eq!((report.unexplained, report.waiting, report.next_nonce), (vec![], vec![], 1));
        // A server that begins later finds the pause, and not a database that is old.
        restart(&mut rig, 0).await;
        assert!(rig.account().await.paused.is_some());
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    async fn a_database_from_before_the_account_was_used(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refunds = one_of_each(&rig).await;
        let backup = rig.app.back_up().await;
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.app.restore(&backup).await;
        go_on(&rig).await;
        assert_received(&rig, &refunds).await;
        assert!(rig.account().await.paused.is_some());
        let report = rig.reconcile().await;
        assert_eq!(report.adopted.len(), 3, "{report:#?}");
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        rig.app.assert_invariants().await;
    }

    async fn a_refund_that_the_database_does_not_have_is_explained(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let backup = rig.app.back_up().await;
        let lost = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.drop_transaction(rig.transfer(&lost).await.attempts[0].hash.parse().unwrap()).await;
        rig.app.restore(&backup).await;
        go_on(&rig).await;
        // Only the signer knows, and its nonce holds up all others.
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedSignature);
        let report = rig.reconcile_with(Orphans::Tell).await;
        assert_eq!((report.unexplained.len(), report.waiting.len()), (0, 1), "{report:#?}");
        let told = &report.waiting[0];
        assert!(told.contains(&lost.address) && told.contains("5.00 USDT") && told.contains("--send"), "{told}");
        let pool = rig.anvil.node.transaction_count(rig.sender.address, BlockTag::Pending).await.unwrap();
        assert_eq!(pool, 0, "nothing is sent before a person has looked");
        let report = rig.reconcile().await;
        assert_eq!((report.unexplained.len(), report.waiting.len()), (0, 1), "{report:#?}");
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        rig.finalize().await;
        let report = rig.reconcile().await;
        assert!(report.unexplained[0].detail.contains(&lost.id.to_string()), "{report:#?}");
        rig.explain(&report.unexplained[0].transaction_hash).await;
        assert!(rig.resume().await.unwrap());
        let next = [rig.refund("1", Usdt).await];
        go_on(&rig).await;
        assert_completed(&rig, &next).await;
        assert_received(&rig, &[lost]).await;
        // What the signer has signed with a nonce after those that anybody knows can be in no block, and is not sent.
        let gap = PaymentRequest {
            transfer: rig.app.context().id(),
            chain_id: CHAIN,
            account: rig.sender.address,
            nonce: 9,
            coin: Coin::Native,
            recipient: Address::repeat_byte(9),
            amount: U256::from(1),
            fees: Fees { gas_limit: 30_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 },
        };
        rig.signer_client().sign(&gap).await.unwrap();
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedSignature);
        let report = rig.reconcile().await;
        let told = &report.waiting[0];
        assert!(told.contains("cannot be in one: the account's next nonce is 2") && !told.contains("--send"), "{told}");
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        rig.app.assert_invariants().await;
    }

    async fn a_version_that_was_signed_after_the_backup_is_learned(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usdt).await];
        rig.round().await.unwrap();
        let backup = rig.app.back_up().await;
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refunds[0]).await.attempts.len(), 2);
        rig.finalize().await;
        rig.app.restore(&backup).await;
        go_on(&rig).await;
        go_on(&rig).await;
        // Its first version has displaced itself, which is no reason to stop for long.
        if rig.account().await.paused.is_some() {
            let report = rig.reconcile().await;
            assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
            assert!(rig.resume().await.unwrap());
            go_on(&rig).await;
        }
        assert_completed(&rig, &refunds).await;
        rig.app.assert_invariants().await;
    }

    async fn an_older_memory_of_the_signer_still_replaces_and_cancels(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let memory = rig.back_up_memory().await;
        let (raised, cancelled) = (rig.refund("5", Usdt).await, rig.refund("6", Usd).await);
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.signer_forgot_at, None);
        assert_finding(&of_signer(&rig).await, Level::Ok, "it has the key");
        rig.restore_memory(&memory).await;
        assert_finding(&of_signer(&rig).await, Level::Warning, "older than the database");
        rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, cancelled.id).await.unwrap();
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&raised).await.attempts.len(), 2);
        assert_eq!(rig.transfer(&cancelled).await.attempts.last().unwrap().kind, AttemptKind::Cancellation);
        go_on(&rig).await;
        // The signer has caught up, and people are told as long as its limits of the day may be wrong.
        assert_finding(&of_signer(&rig).await, Level::Ok, "it has the key");
        let shown = rig.app.sign_in("owner@example.com").await.get("/payouts").await.text();
        assert!(shown.contains("memory is older than the database"), "{shown}");
        let account = rig.account().await;
        let noticed = account.signer_forgot_at.unwrap();
        assert!(account.has_signer_forgotten(noticed + Duration::hours(23)));
        assert!(!account.has_signer_forgotten(noticed + Duration::hours(25)));
        assert_completed(&rig, &[raised]).await;
        assert_eq!(rig.status(&cancelled).await, RefundStatus::Rejected);
        assert_eq!(rig.received(&cancelled).await, U256::ZERO);
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    async fn nodes_without_old_states_are_searched_block_by_block(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("0.005", Eth).await;
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        rig.round().await.unwrap();
        let head = rig.anvil.head().await.number.to::<u64>();
        rig.proxy.set("eth_getTransactionCount", Fault::NoStatesBefore(head - 8));
        // The blocks have no transactions, so nothing is found, and that is said.
        let empty = |mut block: serde_json::Value| {
            if block["transactions"].is_array() {
                block["transactions"] = serde_json::json!([]);
            }
            block
        };
        rig.proxy.set("eth_getBlockByNumber", Fault::lie(empty));
        let report = rig.reconcile().await;
        assert_eq!(report.unexplained[0].transaction_hash, "nonce-0", "{report:#?}");
        assert_eq!(code(rig.resume().await), ErrorCode::PayoutsNotReconciled);
        rig.proxy.heal();
        rig.proxy.set("eth_getTransactionCount", Fault::NoStatesBefore(head - 8));
        let report = rig.reconcile().await;
        assert_eq!(report.unexplained.len(), 1, "{report:#?}");
        rig.assign(&report.unexplained[0].transaction_hash, &refund).await.unwrap();
        assert!(rig.resume().await.unwrap());
        rig.proxy.heal();
        go_on(&rig).await;
        assert_completed(&rig, &[refund]).await;
        rig.app.assert_invariants().await;
    }

    async fn the_token_tells_what_was_cancelled(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let refund = rig.refund("5", Usd).await;
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.round().await.unwrap();
        rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, refund.id).await.unwrap();
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Cancelled);
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        go_on(&rig).await;
        let report = rig.reconcile().await;
        assert_eq!(report.ended, [(refund.id, TransferStatus::Withdrawn)], "{report:#?}");
        rig.explain(&report.unexplained[0].transaction_hash).await;
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Rejected);
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    async fn a_version_that_everybody_has_forgotten_is_recognised_by_what_it_paid(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usd).await, rig.refund("6", Usdt).await];
        rig.round().await.unwrap();
        let (backup, memory) = (rig.app.back_up().await, rig.back_up_memory().await);
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_completed(&rig, &refunds).await;
        rig.app.restore(&backup).await;
        rig.restore_memory(&memory).await;
        go_on(&rig).await;
        assert_eq!(rig.status(&refunds[0]).await, RefundStatus::Completed);
        assert_eq!(rig.transfer_status(&refunds[1]).await, TransferStatus::Displaced);
        let report = rig.reconcile().await;
        assert_eq!(report.ended, [(refunds[1].id, TransferStatus::Completed)], "{report:#?}");
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(rig.resume().await.unwrap());
        go_on(&rig).await;
        assert_completed(&rig, &refunds).await;
        rig.app.assert_invariants().await;
    }
}
