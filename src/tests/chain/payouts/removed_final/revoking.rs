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
}
