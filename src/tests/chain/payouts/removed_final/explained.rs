//! Customers who were paid in another way, since the final block of their payment was removed, are not paid once more. What can
//! still be paid by itself is not to be paid in another way.

use super::*;
use alloy_primitives::B256;
use requite::{evm::authorization::Authorization, store::refunds::removed_payments::FailedPayment};

/// A payment of the account by an authorisation for a refund that no database has, which a stranger submits.
async fn pay_lost_refund(rig: &Rig, recipient: Address) -> (B256, B256) {
    let (usdc, stranger) = (&rig.anvil.contracts.usdc, rig.anvil.contracts.accounts.stranger.address);
    let nonce = refund_nonce(uuid::Uuid::from_u128(7));
    let authorization = Authorization { from: rig.sender.address, to: recipient, value: units(5), nonce };
    let signature = rig.sender.sign(authorization.digest(&usdc.domain(CHAIN)));
    let hash = rig.anvil.send_as(stranger, usdc.address, U256::ZERO, authorization.call(signature)).await;
    (hash, nonce)
}

on_each_engine! {
    async fn a_refund_that_was_paid_in_another_way_is_not_sent_after_a_second_removal(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let first = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        let payment = books.rig.transfer(&refund).await.attempts[0].clone();
        books.rig.anvil.revert(first).await;
        let second = books.rig.anvil.snapshot().await;
        // Another transaction takes its place, and the customer is paid in another way.
        let stranger = books.rig.anvil.contracts.accounts.stranger.address;
        let other = books.rig.anvil.send_as(books.rig.sender.address, stranger, U256::ZERO, alloy_primitives::Bytes::new());
        let other = other.await.to_string();
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        let listed = books.rig.reconcile().await.unexplained;
        let failed = listed.iter().find(|found| found.detail.contains(&refund.id.to_string())).unwrap();
        assert_eq!(failed.transaction_hash, payment.hash);
        books.rig.explain(&payment.hash).await;
        for found in listed.iter().filter(|found| found.transaction_hash != payment.hash) {
            books.rig.explain(&found.transaction_hash).await;
        }
        assert!(books.rig.resume().await.unwrap());

        // Its place is free again. Nothing takes it by itself, also not if a person has what is missing sent.
        books.rig.anvil.revert(second).await;
        books.rig.anvil.mine(120).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused.unwrap().reason, PauseReason::ChainContradicts);
        let told = books.rig.reconcile_with(Orphans::Send).await.waiting;
        assert!(told.iter().any(|told| told.contains("was paid by other means")), "{told:?}");
        assert!(!told.iter().any(|told| told.contains("was sent again")), "{told:?}");
        books.rig.finalize().await;
        assert_eq!((books.rig.anvil.pool().await, books.rig.received(&refund).await), (vec![], U256::ZERO));

        // If the same takes its place, nobody has to explain it once more.
        books.rig.anvil.send_as(books.rig.sender.address, stranger, U256::ZERO, alloy_primitives::Bytes::new()).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let listed = books.rig.reconcile().await.unexplained;
        assert!(!listed.iter().any(|found| found.detail.contains(&refund.id.to_string())), "{other}: {listed:?}");
        books.rig.app.assert_invariants().await;
    }

    async fn one_explanation_is_about_the_refunds_that_were_told(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usdt).await, rig.refund("6", Usdt).await];
        rig.round().await.unwrap();
        rig.finalize().await;
        let sql = "insert into removed_payments (transfer_id, removed_at) select id, planned_at from transfers";
        assert_eq!(rig.app.tamper(sql).await.unwrap(), 2);
        let (store, now, sender) = (rig.app.store(), rig.app.context().now, notation(rig.sender.address));
        let hash = B256::repeat_byte(7).to_string();
        let fail = async |refund: &Refund, height: u64| {
            let transfer = rig.transfer(refund).await.transfer;
            let detail = format!("Pay {} since block {height}.", transfer.id);
            let (transaction_hash, is_shortfall) = (hash.clone(), false);
            let failed = FailedPayment { transaction_hash, height: Some(height), detail, is_shortfall };
            store.record_failed_payment(now, &transfer, &failed).await.unwrap()
        };
        fail(&refunds[0], 9).await;
        rig.explain(&hash).await;
        // The next one names itself only, and the first is not told once more.
        let listed = fail(&refunds[1], 9).await;
        assert!(!listed.detail.contains(&refunds[0].id.to_string()), "{listed:?}");
        assert_eq!(fail(&refunds[0], 10).await.detail, listed.detail);
        let listed = store.unexplained_transactions(Network::Eth, &sender).await.unwrap();
        assert!(listed.len() == 1 && listed[0].detail.contains(&refunds[1].id.to_string()), "{listed:?}");
        let otherwise = store.payments_made_otherwise(Network::Eth).await.unwrap();
        for (refund, is_paid_otherwise) in [(&refunds[0], true), (&refunds[1], false)] {
            let payment = rig.transfer(refund).await.attempts[0].hash.clone();
            assert_eq!(otherwise.contains(&payment), is_paid_otherwise);
        }
    }

    /// The authorisation is that of a refund that was lost, and a person has assigned its payment to another one.
    async fn the_authorisation_of_a_lost_refund_pays_what_it_was_assigned_to(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let recipient = Address::repeat_byte(9);
        let (hash, nonce) = pay_lost_refund(&books.rig, recipient).await;
        books.finish().await;
        books.rig.round().await.unwrap();
        let refund = books.rig.refund_to(recipient, "5", Usd).await;
        books.rig.reconcile().await;
        books.rig.assign(&hash.to_string(), &refund).await.unwrap();
        books.rig.app.work().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        assert!(books.rig.resume().await.unwrap());

        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        let told = books.rig.account().await.paused.unwrap().detail;
        assert!(told.contains(&refund.id.to_string()) && told.contains("Do not pay"), "{told}");
        let services = (&books.rig.app.requite).into();
        let explained = payouts::explain(services, &books.rig.operator(), Network::Eth, &hash.to_string(), "paid").await;
        assert_eq!(code(explained), ErrorCode::TransactionMismatch);

        // Somebody submits it again, in another transaction.
        let (again, same) = pay_lost_refund(&books.rig, recipient).await;
        assert_eq!(nonce, same);
        // No round has seen it, and another refund owes the same.
        books.rig.anvil.mine(16).await;
        let other = books.rig.refund_to(recipient, "5", Usd).await;
        assert_eq!(code(books.rig.assign(&again.to_string(), &other).await), ErrorCode::TransactionMismatch);
        books.finish().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.received(&refund).await, units(5));
        let sql = "select transaction_hash from removed_payments where failed_at is null and block_height is not null";
        assert_eq!(books.rig.app.texts(sql).await, [again.to_string()]);
        books.rig.reconcile().await;
        books.rig.app.assert_invariants().await;
    }

    /// Its block was removed, and somebody else has made the payment. Another refund owes the same to the same recipient.
    async fn the_authorisation_of_a_completed_refund_pays_no_other_one(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        let payment = books.rig.transfer(&refund).await.attempts[0].clone();
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        let contracts = &books.rig.anvil.contracts;
        let (stranger, usdc) = (contracts.accounts.stranger.address, contracts.usdc.address);
        let authorisation =
            Transaction::decode_signed(&payment.raw.parse::<alloy_primitives::Bytes>().unwrap()).unwrap();
        let by_stranger = books.rig.anvil.send_as(stranger, usdc, U256::ZERO, authorisation.data).await.to_string();
        books.rig.anvil.mine(60).await;
        let other = books.rig.refund_to(refund.address.parse().unwrap(), "10", Usd).await;
        let report = books.rig.reconcile_with(Orphans::Tell).await;
        let fits = report.fitting.get(&by_stranger).is_some_and(|fitting| fitting.contains(&other.id));
        let is_told = report.unexplained.iter().any(|found| found.detail.contains(&other.id.to_string()));
        assert!(!fits && !is_told, "{report:#?}");
        assert_eq!(code(books.rig.assign(&by_stranger, &other).await), ErrorCode::TransactionMismatch);
    }
}
