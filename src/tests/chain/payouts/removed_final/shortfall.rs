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

    /// Its own block is not removed. An older version had listed it, which did not distinguish it from what was paid in another
    /// way.
    async fn an_explained_shortfall_below_the_removed_blocks_stays_explained(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.rig.round().await.unwrap();
        books.finish().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        books.rig.anvil.set_code(books.rig.anvil.contracts.tether, &Bytes::from_static(&[0])).await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        let listed = books.rig.reconcile().await.unexplained;
        assert_eq!(listed.len(), 1, "{listed:?}");
        books.rig.explain(&listed[0].transaction_hash).await;
        assert!(books.rig.resume().await.unwrap());
        // The block of a later deposit is the last one that the network keeps.
        let (_, address) = books.intent().await;
        books.pay(address, 30).await;
        books.finish().await;
        assert_eq!(books.rig.app.tamper("update removed_payments set is_shortfall = 0").await.unwrap(), 1);
        // It is looked at once an hour.
        books.rig.app.advance(Duration::hours(2));
        books.rig.round().await.unwrap();
        let known = "select count(*) from removed_payments where is_shortfall = 1 and explained_at is not null";
        assert_eq!((books.rig.app.count(known).await, books.rig.account().await.paused), (1, None));

        let snapshot = books.rig.anvil.snapshot().await;
        let stranger = books.rig.anvil.contracts.accounts.stranger.address;
        books.rig.anvil.send_as(stranger, stranger, U256::ZERO, Bytes::new()).await;
        books.finish().await;
        books.rig.anvil.revert(snapshot).await;
        books.rig.anvil.mine(60).await;
        books.follow_again().await;
        books.rig.round().await.unwrap();
        assert_eq!(books.rig.app.count(known).await, 1);
        assert_eq!(books.rig.reconcile().await.unexplained, vec![]);
        assert!(books.rig.resume().await.unwrap());
    }
}
