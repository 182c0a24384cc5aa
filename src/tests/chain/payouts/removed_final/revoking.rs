//! Final blocks are removed while the authorisation of a payment that failed in them is revoked.

use super::*;

/// How often the events of one authorisation were asked for.
fn searches(rig: &Rig) -> usize {
    let names_one = |asked: &serde_json::Value| asked[0]["topics"].as_array().is_some_and(|topics| topics.len() == 3);
    rig.proxy.requests("eth_getLogs").iter().filter(|asked| names_one(asked)).count()
}

on_each_engine! {
    /// Its nonce would hold up the revocation and all payments after it.
    async fn a_payment_whose_failure_was_removed_is_sent_again_while_it_is_revoked(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let snapshot = rig.anvil.snapshot().await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        rig.anvil.blacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
        rig.finalize().await;
        rig.round().await.unwrap();
        let revoking = rig.transfer(&refund).await.transfer;
        assert_eq!((revoking.status, revoking.revocation_nonce), (TransferStatus::Revoking, Some(1)));
        assert_eq!(searches(&rig), 0, "the token says that the authorisation was not used");

        // In the other chain the recipient is not blocked.
        rig.anvil.revert(snapshot).await;
        rig.anvil.mine(60).await;
        later(&rig);
        rig.round().await.unwrap();
        let next = rig.refund("6", Usd).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        for (refund, amount) in [(&refund, 5), (&next, 6)] {
            assert_eq!((rig.status(refund).await, rig.received(refund).await), (RefundStatus::Completed, units(amount)));
        }
        assert!(searches(&rig) > 0, "it was used");
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    /// Blocks are dearer than when the payment was signed, and no signer signs it once more.
    async fn a_payment_that_is_sent_again_and_too_cheap_while_it_is_revoked_is_replaced(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.round().await.unwrap();
        let snapshot = rig.anvil.snapshot().await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        rig.anvil.blacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
        rig.finalize().await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Revoking);
        let signed = rig.transfer(&refund).await.attempts.len();

        rig.anvil.revert(snapshot).await;
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(60).await;
        for _ in 0..3 {
            later(&rig);
            rig.anvil.set_base_fee(80_000_000_000).await;
            rig.anvil.mine(1).await;
            rig.round().await.unwrap();
        }
        let (transfer, head) = (rig.transfer(&refund).await, rig.anvil.head().await);
        let attempts = &transfer.attempts;
        let raised = attempts[signed..].first().unwrap_or_else(|| panic!("{transfer:#?} {head:?}"));
        assert_eq!(raised.kind, requite::domain::refunds::transfer::AttemptKind::Cancellation);
        assert!(raised.max_fee_per_gas > attempts[0].max_fee_per_gas);
        rig.finalize().await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Rejected, U256::ZERO));
        assert_eq!(rig.account().await.paused, None);
        let next = rig.refund("6", Usd).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.received(&next).await, units(6));
        rig.app.assert_invariants().await;
    }
}
