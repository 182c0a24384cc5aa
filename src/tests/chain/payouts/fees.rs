//! Fees are raised, never lowered, and a transfer can be cancelled with its own nonce.

use super::*;
use crate::support::flaky_node::Fault;
use requite::{
    domain::refunds::transfer::AttemptKind,
    evm::{authorization::refund_nonce, transaction::Transaction},
};

on_each_engine! {
    async fn cases_7_and_8_a_stuck_fee_is_raised_enough_and_one_version_is_mined(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        let first = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.set_base_fee(80_000_000_000).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        // Not before its time, and then once.
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.attempts.len(), 1);
        later(&rig);
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        let attempts = rig.transfer(&refund).await.attempts;
        assert_eq!(attempts.len(), 2);
        // Nodes want a tenth more of both (case 8), so a lower one is never made.
        assert!(attempts[1].max_fee_per_gas >= first.max_fee_per_gas / 8 * 9);
        assert!(attempts[1].max_priority_fee_per_gas > first.max_priority_fee_per_gas / 8 * 9);
        let nonce = |raw: &str| Transaction::decode_signed(&raw.parse::<alloy_primitives::Bytes>().unwrap()).unwrap().nonce;
        assert_eq!(nonce(&attempts[0].raw), nonce(&attempts[1].raw));
        rig.finalize().await;
        let paid = rig.app.reload_refund(&refund).await;
        assert_eq!((paid.status, paid.transaction_hash.as_ref()), (RefundStatus::Completed, Some(&attempts[1].hash)));
        assert_eq!(rig.received(&refund).await, units(5));
        rig.app.assert_invariants().await;
    }

    async fn case_19_cancelled_with_the_same_nonce(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refunds = [rig.refund("5", Usd).await, rig.refund("6", Usdt).await];
        rig.round().await.unwrap();
        let authorised = rig.transfer(&refunds[0]).await.attempts[0].clone();
        for refund in &refunds {
            rig.app.store().request_cancellation(&rig.app.context(), &rig.app.owner, refund.id).await.unwrap();
        }
        rig.round().await.unwrap();
        for refund in &refunds {
            let attempts = rig.transfer(refund).await.attempts;
            assert_eq!(attempts.last().unwrap().kind, AttemptKind::Cancellation);
        }
        rig.finalize().await;
        for refund in &refunds {
            assert_eq!(rig.transfer_status(refund).await, TransferStatus::Cancelled);
            assert_eq!(rig.status(refund).await, RefundStatus::Rejected);
            assert_eq!(rig.received(refund).await, U256::ZERO);
        }
        // The authorisation was in the pool for everybody to see. It is worth nothing now.
        let raw = authorised.raw.parse::<alloy_primitives::Bytes>().unwrap();
        let data = Transaction::decode_signed(&raw).unwrap().data;
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
        rig.finalize().await;
        assert_eq!(rig.received(&refunds[0]).await, U256::ZERO);
        assert_eq!(rig.account().await.paused, None);
        rig.app.assert_invariants().await;
    }

    /// Networks of the OP stack say in the receipt what they took for the transaction's data, and what their operator takes.
    async fn the_fee_for_data_is_booked_with_that_for_gas(engine: Engine) {
        let rig = Rig::new(engine).await;
        let (refund, had) = (rig.refund("5", Usdt).await, rig.balance(Eth, rig.sender.address).await);
        let for_data = |mut receipt: serde_json::Value| {
            if receipt.is_object() {
                receipt["l1Fee"] = "0x3b9aca00".into();
                receipt["operatorFeeScalar"] = "0x0".into();
                receipt["operatorFeeConstant"] = "0x5".into();
            }
            receipt
        };
        rig.proxy.set("eth_getTransactionReceipt", Fault::lie(for_data));
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Completed);
        let gas = had - rig.balance(Eth, rig.sender.address).await;
        let fee = rig.transfer(&refund).await.transfer.fee.unwrap();
        assert_eq!(rig.connection().units(fee), Some(gas + U256::from(1_000_000_005)));
    }

    async fn an_authorisation_that_somebody_else_submits_is_paid_once(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let attempt = rig.transfer(&refund).await.attempts[0].clone();
        rig.anvil.drop_transaction(attempt.hash.parse().unwrap()).await;
        let raw = attempt.raw.parse::<alloy_primitives::Bytes>().unwrap();
        let data = Transaction::decode_signed(&raw).unwrap().data;
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        let other = rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
        rig.anvil.mine(1).await;
        assert_eq!(rig.received(&refund).await, units(5));
        later(&rig);
        rig.round().await.unwrap();
        rig.finalize().await;
        let paid = rig.app.reload_refund(&refund).await;
        assert_eq!((paid.status, paid.transaction_hash), (RefundStatus::Completed, Some(other.to_string())));
        assert_eq!(rig.received(&refund).await, units(5));
        assert_eq!(rig.account().await.paused, None);
        let words = [abi::address_word(rig.sender.address), refund_nonce(refund.id.0)];
        let used = Call::question(usdc, Selector::AUTHORIZATION_STATE.call(&words));
        let answer = rig.anvil.node.try_call(&used, BlockTag::Latest).await.unwrap();
        assert_eq!(abi::returned_bool(&answer), Some(true));
        rig.app.assert_invariants().await;
    }
}
