//! Another transaction takes the place of a payment whose final block the network has removed.

use super::*;
use alloy_primitives::{B256, Bytes};
use requite::{
    domain::refunds::transfer::AttemptKind, evm::transaction::Transaction,
    store::refunds::removed_payments::FailedPayment,
};

/// The transactions that have paid since their blocks were removed.
async fn paid_again(rig: &Rig) -> Vec<String> {
    let sql = "select transaction_hash from removed_payments where failed_at is null and block_height is not null";
    rig.app.texts(sql).await
}

on_each_engine! {
    /// Its authorisation was in the pool for everybody to see. Then that block is removed too, and its own payment pays.
    async fn a_removed_payment_that_somebody_else_has_made_was_made(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        let first = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("10", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Completed);
        let payment = books.rig.transfer(&refund).await.attempts[0].clone();
        books.rig.anvil.revert(first).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;

        let second = books.rig.anvil.snapshot().await;
        let contracts = &books.rig.anvil.contracts;
        let (stranger, usdc) = (contracts.accounts.stranger.address, contracts.usdc.address);
        let authorisation = Transaction::decode_signed(&payment.raw.parse::<Bytes>().unwrap()).unwrap();
        let by_stranger = books.rig.anvil.send_as(stranger, usdc, U256::ZERO, authorisation.data).await.to_string();
        books.finish().await;
        // The payment is sent again, and fails.
        books.rig.reconcile().await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(paid_again(&books.rig).await, [by_stranger]);
        assert_eq!(books.rig.received(&refund).await, units(10));
        let report = books.rig.reconcile().await;
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;

        books.rig.anvil.revert(second).await;
        books.rig.anvil.mine(120).await;
        books.follow_again().await;
        assert_eq!(paid_again(&books.rig).await, [""; 0], "the second removal is noticed");
        assert_eq!(books.rig.received(&refund).await, U256::ZERO);
        books.rig.reconcile().await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(paid_again(&books.rig).await, [payment.hash]);
        assert_eq!(books.rig.received(&refund).await, units(10));
        let report = books.rig.reconcile().await;
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;
    }

    /// It was the slower one before.
    async fn a_cancellation_in_place_of_a_removed_payment_is_told(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        let (app, owner) = (&books.rig.app, &books.rig.app.owner);
        app.store().request_cancellation(&app.context(), owner, refund.id).await.unwrap();
        books.rig.round().await.unwrap();
        let attempts = books.rig.transfer(&refund).await.attempts;
        let (payment, cancellation) = (&attempts[0], &attempts[1]);
        assert_eq!(cancellation.kind, AttemptKind::Cancellation);
        books.rig.anvil.drop_transaction(cancellation.hash.parse().unwrap()).await;
        books.rig.anvil.node.send(&payment.raw.parse().unwrap()).await.unwrap();
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.transfer_status(&refund).await, TransferStatus::Completed);

        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.node.send(&cancellation.raw.parse().unwrap()).await.unwrap();
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        let told = books.rig.account().await.paused.unwrap().detail;
        let names = told.contains(&refund.id.to_string()) && told.contains(&cancellation.hash);
        assert!(names && told.contains("which pays nothing") && told.contains(" USDT to "), "{told}");
        assert_eq!(books.violated().await, [14]);
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].transaction_hash == cancellation.hash, "{listed:?}");
        assert_eq!((&listed[0].detail, books.rig.received(&refund).await), (&told, U256::ZERO));
        books.rig.explain(&cancellation.hash).await;
        assert!(books.rig.resume().await.unwrap());
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused, None);
        books.rig.app.assert_invariants().await;
    }

    async fn a_transaction_that_has_not_paid_two_refunds_names_both(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usdt).await, rig.refund("6", Usdt).await];
        rig.round().await.unwrap();
        rig.finalize().await;
        let sql = "insert into removed_payments (transfer_id, removed_at) select id, planned_at from transfers";
        assert_eq!(rig.app.tamper(sql).await.unwrap(), 2);
        let (store, now, sender) = (rig.app.store(), rig.app.context().now, notation(rig.sender.address));
        let transfers = [rig.transfer(&refunds[0]).await.transfer, rig.transfer(&refunds[1]).await.transfer];
        let transaction_hash = B256::repeat_byte(7).to_string();
        for transfer in &transfers {
            let detail = format!("Pay {}.", transfer.id);
            let (transaction_hash, is_shortfall) = (transaction_hash.clone(), false);
            let failed = FailedPayment { transaction_hash, height: Some(9), detail, is_shortfall };
            assert!(store.record_failed_payment(now, transfer, &failed).await.unwrap().is_new);
            assert!(!store.record_failed_payment(now, transfer, &failed).await.unwrap().is_new);
        }
        let listed = store.unexplained_transactions(Network::Eth, &sender).await.unwrap();
        assert!(listed.len() == 1 && listed[0].transaction_hash == transaction_hash, "{listed:?}");
        assert!(refunds.iter().all(|refund| listed[0].detail.contains(&refund.id.to_string())), "{listed:?}");
        // Those that were paid after all are named no longer.
        for (transfer, left) in transfers.iter().zip([1, 0]) {
            let paid_by = transfer.transaction_hash.as_ref().unwrap();
            store.record_paid_again(now, transfer, (paid_by, 10), None).await.unwrap();
            let listed = store.unexplained_transactions(Network::Eth, &sender).await.unwrap();
            assert_eq!(listed.len(), left);
            assert!(listed.iter().all(|found| !found.detail.contains(&transfer.id.to_string())), "{listed:?}");
        }
        rig.app.assert_invariants().await;
    }
}
