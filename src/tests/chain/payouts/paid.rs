//! What is paid, and what is seen of it.

use super::{books::Books, *};
use crate::support::code;
use alloy_primitives::Bytes;
use requite::domain::{error::ErrorCode, refunds::transfer::PauseReason};

on_each_engine! {
    /// As with a token that keeps a fee, or that reports success and does nothing.
    async fn a_payment_that_succeeds_and_moves_something_else_is_told(engine: Engine) {
        let mut books = Books::new(engine).await;
        books.finish().await;
        let refund = books.rig.refund("5", Usdt).await;
        books.rig.round().await.unwrap();
        // Whatever it is asked succeeds and does nothing.
        books.rig.anvil.set_code(books.rig.anvil.contracts.tether, &Bytes::from_static(&[0])).await;
        books.rig.finalize().await;
        books.finish().await;
        assert_eq!(books.rig.status(&refund).await, RefundStatus::Completed);
        let pause = books.rig.account().await.paused.unwrap();
        let names = pause.detail.contains(&refund.id.to_string()) && pause.detail.contains("5.00 USDT");
        assert!(pause.reason == PauseReason::ChainContradicts && names, "{pause:?}");
        let violations = books.rig.app.check().await.violations;
        assert!(violations.len() == 1 && violations[0].invariant == 14, "{violations:?}");
        let listed = books.rig.reconcile().await.unexplained;
        assert!(listed.len() == 1 && listed[0].detail == pause.detail, "{listed:?}");
        assert_eq!(code(books.rig.resume().await), ErrorCode::PayoutsNotReconciled);
        books.rig.explain(&listed[0].transaction_hash).await;
        assert!(books.rig.resume().await.unwrap());
        let next = books.rig.refund("6", Usd).await;
        books.rig.round().await.unwrap();
        books.rig.finalize().await;
        assert_eq!((books.rig.status(&next).await, books.rig.account().await.paused), (RefundStatus::Completed, None));
        books.rig.app.assert_invariants().await;
    }


    async fn each_coin_reaches_its_recipient_once(engine: Engine) {
        let rig = Rig::new(engine).await;
        let mut refunds = Vec::new();
        for (amount, coin) in [("12.5", Usd), ("7.25", Eur), ("3", Usdt), ("0.01", Eth)] {
            refunds.push(rig.refund(amount, coin).await);
        }
        assert_eq!(rig.round().await.unwrap(), 4);
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Broadcast);
            assert_eq!(rig.status(refund).await, RefundStatus::Processing);
        }
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Mined);
            assert_eq!(rig.status(refund).await, RefundStatus::Processing);
        }
        rig.finalize().await;
        for (refund, expected) in refunds.iter().zip([
            U256::from(12_500_000), U256::from(7_250_000), U256::from(3_000_000), U256::from(10_u64.pow(16)),
        ]) {
            let ended = rig.app.reload_refund(refund).await;
            assert_eq!(ended.status, RefundStatus::Completed, "{:?}", rig.transfer(refund).await);
            let receipt = rig.anvil.node.receipts(&[ended.transaction_hash.unwrap().parse().unwrap()]).await.unwrap();
            assert!(receipt[0].as_ref().unwrap().succeeded());
            assert_eq!(rig.received(refund).await, expected);
        }
        for (refund, coin) in refunds.iter().zip([Usd, Eur, Usdt, Eth]) {
            let hash = rig.app.reload_refund(refund).await.transaction_hash.unwrap().parse().unwrap();
            let used = rig.anvil.node.receipts(&[hash]).await.unwrap()[0].as_ref().unwrap().gas_used.to::<u64>();
            let quoted = rig.connection().settings.facts.transfer_gas(coin);
            assert!(used <= quoted && used * 3 >= quoted * 2, "{coin:?}: {used} of {quoted} gas");
        }
        // Nothing more happens.
        rig.finalize().await;
        rig.finalize().await;
        assert_eq!(rig.received(&refunds[0]).await, U256::from(12_500_000));
        assert_eq!(rig.account().await.next_nonce, rig.anvil.node.transaction_count(rig.sender.address, BlockTag::Latest).await.unwrap());
        rig.app.assert_invariants().await;
    }
}
