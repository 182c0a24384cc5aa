//! A payment that had succeeded without moving what is owed, and whose final block the network removes.

use super::*;
use alloy_primitives::Bytes;

on_each_engine! {
    /// Its customer got what was missing, and the payment itself was made.
    async fn an_explained_shortfall_whose_block_is_removed_is_sent_again(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let snapshot = books.rig.anvil.snapshot().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        // Whatever it is asked succeeds and does nothing.
        books.rig.anvil.set_code(books.rig.anvil.contracts.tether, &Bytes::from_static(&[0])).await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        let listed = books.rig.reconcile().await.unexplained;
        assert_eq!(listed.len(), 1, "{listed:?}");
        books.rig.explain(&listed[0].transaction_hash).await;
        assert!(books.rig.resume().await.unwrap());

        // The token is as it was before too.
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.account().await.paused.unwrap().reason, PauseReason::ChainContradicts);
        let told = books.rig.reconcile().await.waiting;
        assert!(told.iter().any(|told| told.contains("was sent again")), "{told:?}");
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.received(&refund).await, units(5));
        let report = books.rig.reconcile().await;
        assert_eq!((report.unexplained, report.waiting), (vec![], vec![]));
        assert!(books.rig.resume().await.unwrap());
        books.rig.app.assert_invariants().await;
    }
}
