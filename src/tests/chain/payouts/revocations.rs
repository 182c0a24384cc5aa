//! The authorisation of a payment that failed is revoked, and somebody else was faster.

use super::{held::failed_authorization, *};
use alloy_primitives::{B256, Bytes};
use requite::evm::transaction::Transaction;

on_each_engine! {
    /// The refund is paid, and whatever was signed later still waits for the nonce of its revocation.
    async fn a_revocation_that_comes_too_late_is_followed_to_its_block(engine: Engine) {
        let rig = Rig::new(engine).await;
        let had = rig.balance(Eth, rig.sender.address).await;
        let refund = failed_authorization(&rig).await;
        rig.round().await.unwrap();
        let attempts = rig.transfer(&refund).await.attempts;
        rig.anvil.drop_transaction(attempts.last().unwrap().hash.parse::<B256>().unwrap()).await;
        let payment = Transaction::decode_signed(&attempts[0].raw.parse::<Bytes>().unwrap()).unwrap();
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        rig.anvil.send_as(stranger, usdc, U256::ZERO, payment.data).await;
        rig.anvil.mine(16).await;
        rig.round().await.unwrap();
        assert_eq!(rig.received(&refund).await, units(5));
        assert_eq!((rig.transfer_status(&refund).await, rig.account().await.paused), (TransferStatus::Revoking, None));
        let next = rig.refund("6", Usd).await;
        later(&rig);
        rig.round().await.unwrap();
        rig.finalize().await;
        for (refund, amount) in [(&refund, 5), (&next, 6)] {
            assert_eq!((rig.status(refund).await, rig.received(refund).await), (RefundStatus::Completed, units(amount)));
        }
        assert_eq!(rig.account().await.paused, None);
        let mut fees = U256::ZERO;
        for refund in [&refund, &next] {
            fees += rig.connection().units(rig.transfer(refund).await.transfer.fee.unwrap()).unwrap();
        }
        assert_eq!(rig.balance(Eth, rig.sender.address).await, had - fees, "the revocation was paid for too");
        rig.app.assert_invariants().await;
    }
}
