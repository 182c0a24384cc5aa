//! What the database does not know pauses the account.

use super::{books::Books, *};
use crate::support::code;
use alloy_primitives::{B256, Bytes};
use requite::{
    chain::evm::deposits::StepError,
    domain::{error::ErrorCode, refunds::transfer::PauseReason},
    evm::{authorization::Authorization, transaction::Transaction},
    service::operations::removed_blocks,
    store::refunds::transfers::TransferEnd,
};
use std::collections::BTreeSet;

/// The statement of the migration that looks once more at what was recognised as payouts.
fn recognised_again(engine: Engine) -> String {
    let folder = if engine == Engine::Sqlite { "sqlite" } else { "postgres" };
    let file = format!("{}/migrations/{folder}/0110_moved_transfers.sql", env!("CARGO_MANIFEST_DIR"));
    let migration = std::fs::read_to_string(file).unwrap();
    let mut statements = migration.split_inclusive(";\n");
    let statement = statements.find(|statement| statement.contains("update own_movements")).unwrap();
    statement.to_owned()
}

on_each_engine! {
    async fn case_12_the_key_is_used_elsewhere(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.anvil.drop_transaction(rig.transfer(&refund).await.attempts[0].hash.parse().unwrap()).await;
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
        // The block in which that was seen becomes final.
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Displaced);
        assert_eq!(rig.held(&refund).await, Some(HeldReason::Displaced));
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::Displaced);
        // Nothing is signed any more.
        let next = rig.refund("1", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&next).await, Some(HeldReason::Paused));
        rig.app.assert_invariants().await;
    }

    async fn an_unknown_transaction_pauses_at_once(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
        // It is in the pool, and in no block.
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransaction);
        assert_eq!(rig.held(&refund).await, Some(HeldReason::Paused));
    }

    async fn an_account_with_a_past_starts_paused(engine: Engine) {
        let rig = Rig::new(engine).await;
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), Bytes::new()).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransaction);
    }

    async fn an_unknown_authorisation_or_outgoing_transfer_pauses(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let (token, stranger) = (&rig.anvil.contracts.usdc, rig.anvil.contracts.accounts.stranger.address);
        // An authorisation of nothing, so that only its own event tells: the key was used elsewhere.
        let (from, nonce) = (rig.sender.address, B256::repeat_byte(7));
        let nothing = Authorization { from, to: stranger, value: U256::ZERO, nonce };
        let call = nothing.call(rig.sender.sign(nothing.digest(&token.domain(CHAIN))));
        let submitted = rig.anvil.send_as(stranger, token.address, U256::ZERO, call).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        let paused = rig.account().await.paused.unwrap();
        assert_eq!(paused.reason, PauseReason::UnexplainedTransfer);
        let expected = format!("An authorisation that this database does not know was used. Transaction {submitted}.");
        assert_eq!(paused.detail, expected);
        // A server that is killed before it has stored the pause finds the transaction again.
        rig.app.store().resume_sender(&rig.app.context(), Network::Eth, &notation(rig.sender.address)).await.unwrap();
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.map(|pause| pause.reason), Some(PauseReason::UnexplainedTransfer));
        rig.explain(&submitted.to_string()).await;
        assert!(rig.resume().await.unwrap());
        // An allowance moves tokens without a transaction of the account.
        let usdc = token.address;
        let approve = crate::support::contracts::call(
            "approve(address,uint256)",
            &[abi::address_word(stranger), abi::number_word(units(1))],
        );
        rig.anvil.send_as(rig.sender.address, usdc, U256::ZERO, approve).await;
        rig.anvil.mine(1).await;
        let address = notation(rig.sender.address);
        rig.app.store().advance_next_nonce(Network::Eth, &address, 1).await.unwrap();
        let take = crate::support::contracts::call(
            "transferFrom(address,address,uint256)",
            &[abi::address_word(rig.sender.address), abi::address_word(stranger), abi::number_word(units(1))],
        );
        rig.anvil.send_as(stranger, usdc, U256::ZERO, take).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.paused.unwrap().reason, PauseReason::UnexplainedTransfer);
    }

    /// The bytes of a payment were in the pool for everybody to see. Its cancellation was final, and the network has removed
    /// that block.
    async fn a_payment_that_was_cancelled_and_is_paid_nevertheless_pauses(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refunds = [books.rig.refund("5", Usd).await, books.rig.refund("0.005", Eth).await];
        books.rig.round().await.unwrap();
        let mut payments = Vec::new();
        for refund in &refunds {
            payments.push(books.rig.transfer(refund).await.attempts[0].clone());
            let (app, owner) = (&books.rig.app, &books.rig.app.owner);
            app.store().request_cancellation(&app.context(), owner, refund.id).await.unwrap();
        }
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        for refund in &refunds {
            assert_eq!(books.rig.transfer_status(refund).await, TransferStatus::Cancelled);
            assert_eq!(books.rig.received(refund).await, U256::ZERO);
        }

        // Another chain, in which somebody submits the payments after the blocks that were compared here.
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        for payment in &payments {
            books.rig.anvil.node.send(&payment.raw.parse::<Bytes>().unwrap()).await.unwrap();
        }
        books.rig.anvil.mine(1).await;
        assert_ne!(books.rig.received(&refunds[1]).await, U256::ZERO);
        books.rig.round().await.unwrap();
        // A token tells it by its event.
        let paused = books.rig.account().await.paused.unwrap();
        assert_eq!(paused.reason, PauseReason::UnexplainedTransfer);
        assert!(paused.detail.contains(&payments[0].hash), "{}", paused.detail);

        // Native coin is found where blocks are followed.
        assert!(matches!(books.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        let (services, operator) = ((&books.rig.app.requite).into(), books.rig.operator());
        let stopped = removed_blocks::look(services, &operator, Network::Eth).await.unwrap().unwrap();
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        books.finish().await;
        books.rig.round().await.unwrap();
        let paused = books.rig.account().await.paused.unwrap();
        assert!(paused.detail.contains(&payments[1].hash), "{}", paused.detail);
        assert!(!books.rig.app.exists("select 1 from own_movements where kind = 'payout'").await);
        let violations = books.rig.app.check().await.violations;
        assert_eq!(violations.iter().map(|found| found.invariant).collect::<Vec<_>>(), [14, 14], "{violations:?}");
        let report = books.rig.reconcile().await;
        let listed: BTreeSet<_> = report.unexplained.iter().map(|found| found.transaction_hash.clone()).collect();
        assert_eq!(listed, payments.iter().map(|payment| payment.hash.clone()).collect(), "{report:#?}");
        for (refund, payment) in refunds.iter().zip(&payments) {
            let found = report.unexplained.iter().find(|found| found.transaction_hash == payment.hash).unwrap();
            let told = format!("It is the signed payment of refund {}, which had ended without it: its customer", refund.id);
            assert!(found.detail.starts_with("It paid ") && found.detail.contains(&told), "{found:#?}");
        }

        for hash in &listed {
            books.rig.explain(hash).await;
        }
        assert!(books.rig.resume().await.unwrap());
        let next = books.rig.refund("11", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!(books.rig.received(&next).await, units(11));
        assert!(books.rig.app.check().await.violations.is_empty());
    }

    /// Its bytes were in the pool too. It fails in a final block, which the network removes, and in another one it pays.
    async fn a_payment_that_had_failed_and_is_paid_after_a_removal_pauses(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("0.5", Eth).await;
        books.rig.round().await.unwrap();
        // Whatever is sent there fails.
        books.rig.anvil.set_code(refund.address.parse().unwrap(), &Bytes::from_static(&[0xfe])).await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Reverted);
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Rejected);
        let payment = books.rig.transfer(&refund).await.attempts[0].clone();

        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.rig.anvil.node.send(&payment.raw.parse::<Bytes>().unwrap()).await.unwrap();
        books.rig.anvil.mine(1).await;
        assert_ne!(books.rig.received(&refund).await, U256::ZERO);
        assert!(matches!(books.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        let (services, operator) = ((&books.rig.app.requite).into(), books.rig.operator());
        let stopped = removed_blocks::look(services, &operator, Network::Eth).await.unwrap().unwrap();
        assert_eq!(stopped.missing.iter().map(|transfer| transfer.id).collect::<Vec<_>>(), [refund.id]);
        assert_eq!(stopped.found_again, vec![]);
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        books.finish().await;
        // An older version has recognised it as the payment of its refund.
        let recognised = format!(
            "update own_movements set kind = 'payout' where kind = 'unknown' and transaction_hash = '{}'",
            payment.hash
        );
        assert_eq!(books.rig.app.tamper(&recognised).await.unwrap(), 1);
        assert_eq!(books.rig.app.tamper(&recognised_again(engine)).await.unwrap(), 1);
        books.rig.round().await.unwrap();
        assert!(!books.rig.app.exists("select 1 from own_movements where kind = 'payout'").await);
        let violations = books.rig.app.check().await.violations;
        assert_eq!(violations.iter().map(|found| found.invariant).collect::<Vec<_>>(), [14], "{violations:?}");
        assert!(violations[0].finding.contains(&refund.id.to_string()), "{violations:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        let report = books.rig.reconcile().await;
        let told = format!("It is the signed payment of refund {}, which had ended without it: its customer", refund.id);
        assert!(report.unexplained.len() == 1 && report.unexplained[0].detail.contains(&told), "{report:#?}");

        books.rig.explain(&payment.hash).await;
        assert!(books.rig.resume().await.unwrap());
        let next = books.rig.refund("11", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!(books.rig.received(&next).await, units(11));
        books.finish().await;
        assert!(books.rig.app.exists("select 1 from own_movements where kind = 'payout'").await);
        assert_eq!(books.rig.app.tamper(&recognised_again(engine)).await.unwrap(), 0, "what was paid stays so");
        books.rig.app.assert_invariants().await;
    }

    /// Its authorisation was in the pool for everybody to see, and a stranger submits it.
    async fn an_authorisation_of_a_cancelled_refund_that_somebody_else_submits_names_the_refund(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("5", Usd).await;
        books.rig.round().await.unwrap();
        let signed = books.rig.transfer(&refund).await.attempts[0].clone();
        let (app, owner) = (&books.rig.app, &books.rig.app.owner);
        app.store().request_cancellation(&app.context(), owner, refund.id).await.unwrap();
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Cancelled);
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        let contracts = &books.rig.anvil.contracts;
        let (stranger, usdc) = (contracts.accounts.stranger.address, contracts.usdc.address);
        let authorisation = Transaction::decode_signed(&signed.raw.parse::<Bytes>().unwrap()).unwrap();
        let hash = books.rig.anvil.send_as(stranger, usdc, U256::ZERO, authorisation.data).await.to_string();
        books.rig.anvil.mine(1).await;
        assert_eq!(books.rig.received(&refund).await, units(5));
        assert!(matches!(books.step().await, Err(StepError::BelowFinality(Network::Eth, _))));
        let (services, operator) = ((&books.rig.app.requite).into(), books.rig.operator());
        let stopped = removed_blocks::look(services, &operator, Network::Eth).await.unwrap().unwrap();
        assert!(removed_blocks::resume(services, &operator, &stopped, "the explorer shows it").await.unwrap());
        books.finish().await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let violations = books.rig.app.check().await.violations;
        assert_eq!(violations.iter().map(|found| found.invariant).collect::<Vec<_>>(), [14], "{violations:?}");
        assert!(violations[0].finding.contains(&refund.id.to_string()), "{violations:?}");
        let report = books.rig.reconcile().await;
        let told = format!("It used the authorisation of refund {}, which had ended without it", refund.id);
        let found = report.unexplained.iter().find(|found| found.transaction_hash == hash).unwrap();
        assert!(found.detail.contains(&told), "{report:#?}");
        books.rig.explain(&hash).await;
        assert!(books.rig.app.check().await.violations.is_empty());
    }

    /// What was assigned was followed to no block, and two people must not have assigned it to two refunds.
    async fn the_check_finds_one_transaction_that_was_assigned_to_two_refunds(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        let (recipient, tether) = (Address::repeat_byte(9), books.rig.anvil.contracts.tether);
        let call = Selector::TRANSFER.call(&[abi::address_word(recipient), abi::number_word(units(5))]);
        let by_hand = books.rig.anvil.send_as(books.rig.sender.address, tether, U256::ZERO, call).await.to_string();
        books.finish().await;
        books.rig.round().await.unwrap();
        assert!(books.rig.account().await.paused.is_some());
        let refunds =
            [books.rig.refund_to(recipient, "5", Usdt).await, books.rig.refund_to(recipient, "5", Usdt).await];
        books.rig.reconcile().await;
        books.rig.assign(&by_hand, &refunds[0]).await.unwrap();
        let height = books.rig.transfer(&refunds[0]).await.transfer.block_height;
        assert!(height.is_some());
        books.rig.app.work().await;
        assert_eq!(books.rig.status(&refunds[0]).await, RefundStatus::Completed);
        // Also before the next block is read, in which its movement is recognised.
        books.rig.app.assert_invariants().await;
        books.block().await;
        books.rig.app.assert_invariants().await;

        // Somebody who looked before it was assigned does not end another refund by it.
        let (read, app) = (books.rig.transfer(&refunds[1]).await, &books.rig.app);
        let transaction_hash = Some(by_hand.clone());
        let end = TransferEnd { status: TransferStatus::Completed, transaction_hash, height, fee: None };
        let ended = app.store().end_transfer(&app.context(), &read, &end, false).await;
        assert_eq!(code(ended), ErrorCode::PayoutsNotReconciled);

        let height = height.unwrap();
        let planted = format!(
            "update transfers set status = 'completed', transaction_hash = '{by_hand}', block_height = {height},
             held_reason = null, held_detail = null, held_since = null where id = '{}'",
            refunds[1].id
        );
        assert_eq!(books.rig.app.tamper(&planted).await.unwrap(), 1);
        let is_told = async || {
            let violations = books.rig.app.check().await.violations;
            assert_eq!(violations.iter().map(|found| found.invariant).collect::<Vec<_>>(), [14], "{violations:?}");
            refunds.iter().all(|refund| violations[0].finding.contains(&refund.id.to_string()))
        };
        assert!(is_told().await);
        // As an earlier version has stored it.
        books.rig.app.unprotect("transfers").await;
        let forgotten = format!("update transfers set block_height = null where transaction_hash = '{by_hand}'");
        assert_eq!(books.rig.app.tamper(&forgotten).await.unwrap(), 2);
        assert!(is_told().await);
    }
}
