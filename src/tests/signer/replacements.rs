//! Replacements and cancellations: the same nonce with higher fees.

use super::{AUTHORIZED, GWEI, POLICY, Rig, cancellation, payment, with_fees};
use alloy_primitives::U256;
use requite::{
    evm::transaction::Transaction,
    signer::protocol::{Coin, Fees, PaymentRequest, Refusal, Signed},
};

fn decoded(signed: &Signed) -> Transaction {
    Transaction::decode_signed(&signed.raw).unwrap()
}

#[tokio::test]
async fn the_same_request_has_the_same_answer() {
    let rig = Rig::new().await;
    let first = rig.sign(&payment(0)).await;
    assert_eq!(rig.sign(&payment(0)).await, first);
    let higher = rig.sign(&with_fees(&payment(0), 18)).await;
    assert_ne!(higher.raw, first.raw);
    assert_eq!(rig.sign(&payment(0)).await, first, "also after a replacement, since it is known already");
    assert_eq!(rig.count("select count(*) from signatures").await, 2);
    assert_eq!(rig.count("select count(*) from transfers").await, 1);
}

#[tokio::test]
async fn a_replacement_pays_the_same_with_both_fees_an_eighth_higher() {
    let rig = Rig::new().await;
    let first = decoded(&rig.sign(&payment(0)).await);
    let Fees { gas_limit, max_fee_per_gas: fee, max_priority_fee_per_gas: tip } = payment(0).fees;
    let with = |max_fee_per_gas, max_priority_fee_per_gas| PaymentRequest {
        fees: Fees { gas_limit, max_fee_per_gas, max_priority_fee_per_gas },
        ..payment(0)
    };
    let (enough_fee, enough_tip) = (fee + fee / 8, tip + tip / 8);
    for request in [
        with(enough_fee - 1, enough_tip),
        with(enough_fee, enough_tip - 1),
        with(enough_fee, tip),
        with(fee, enough_tip),
        with(fee / 2, tip / 2),
        PaymentRequest { fees: Fees { gas_limit: gas_limit + 1, ..payment(0).fees }, ..payment(0) },
    ] {
        assert_eq!(rig.refusal_to_sign(&request).await, Refusal::ReplacementFeeTooLow, "{request:?}");
        assert_eq!(rig.refusal(cancellation(&request)).await, Refusal::ReplacementFeeTooLow, "{request:?}");
    }
    let replacement = decoded(&rig.sign(&with(enough_fee, enough_tip)).await);
    let expected = Transaction { max_fee_per_gas: enough_fee, max_priority_fee_per_gas: enough_tip, ..first };
    assert_eq!(replacement, expected);
    // The newest counts, not the first.
    assert_eq!(rig.refusal_to_sign(&with(enough_fee + 1, enough_tip + 1)).await, Refusal::ReplacementFeeTooLow);
    assert_eq!(rig.refusal_to_sign(&with_fees(&payment(0), 64)).await, Refusal::FeeTooHigh);
}

/// An eighth of nothing is nothing, and a node refuses equal fees.
#[tokio::test]
async fn a_replacement_of_a_transaction_without_a_priority_fee_has_one() {
    let rig = Rig::new().await;
    let with = |max_fee_per_gas, max_priority_fee_per_gas| PaymentRequest {
        fees: Fees { gas_limit: 21_000, max_fee_per_gas, max_priority_fee_per_gas },
        ..payment(0)
    };
    rig.sign(&with(GWEI, 0)).await;
    assert_eq!(rig.refusal_to_sign(&with(2 * GWEI, 0)).await, Refusal::ReplacementFeeTooLow);
    rig.sign(&with(2 * GWEI, 1)).await;
}

#[tokio::test]
async fn after_a_cancellation_nothing_is_paid() {
    let rig = Rig::new().await;
    rig.sign(&payment(0)).await;
    let higher = with_fees(&payment(0), 18);
    let cancelled = rig.cancel(&higher).await;
    let transaction = decoded(&cancelled);
    assert_eq!((transaction.to, transaction.value, transaction.nonce), (cancelled.from, U256::ZERO, 0));
    assert!(transaction.data.is_empty());
    assert_eq!(rig.cancel(&higher).await, cancelled);
    for request in [payment(0), higher.clone(), with_fees(&payment(0), 32)] {
        assert_eq!(rig.refusal_to_sign(&request).await, Refusal::Cancelled);
    }
    // The cancellation itself can be replaced by one with higher fees.
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(0), 19))).await, Refusal::ReplacementFeeTooLow);
    assert_ne!(rig.cancel(&with_fees(&payment(0), 24)).await.raw, cancelled.raw);
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(0), 64))).await, Refusal::FeeTooHigh);
    // Another transfer does not get the nonce.
    let other = PaymentRequest { transfer: super::transfer(7), ..payment(0) };
    assert_eq!(rig.refusal_to_sign(&other).await, Refusal::NonceTaken { transfer: payment(0).transfer });
}

fn authorized() -> PaymentRequest {
    let fees = Fees { gas_limit: 100_000, max_fee_per_gas: 10 * GWEI, max_priority_fee_per_gas: GWEI };
    PaymentRequest { coin: Coin::Token(AUTHORIZED), amount: U256::from(5), fees, ..payment(0) }
}

fn higher(payment: &PaymentRequest) -> PaymentRequest {
    let mut higher = payment.clone();
    higher.fees.max_fee_per_gas *= 2;
    higher.fees.max_priority_fee_per_gas *= 2;
    higher
}

/// A payment that was authorised could be submitted by anybody, besides a replacement that pays in another way.
#[tokio::test]
async fn a_replacement_pays_in_the_same_way_even_if_the_policy_has_changed() {
    let rig = Rig::new().await;
    let first = decoded(&rig.sign(&authorized()).await);
    let without_domain = POLICY.replace("domain = {", "# domain = {");
    let rig = rig.with_policy(&without_domain).await;
    let replacement = decoded(&rig.sign(&higher(&authorized())).await);
    assert_eq!((replacement.to, &replacement.data), (first.to, &first.data));
    // Without the domain the authorisation cannot be revoked, so there is no cancellation that would not be one.
    let cancelled = rig.refusal(cancellation(&higher(&higher(&authorized())))).await;
    assert_eq!(cancelled, Refusal::CoinNotAllowed);
}

#[tokio::test]
async fn the_authorisation_of_a_token_with_another_domain_is_not_revoked_wrongly() {
    let rig = Rig::new().await;
    rig.sign(&authorized()).await;
    let rig = rig.with_policy(&POLICY.replace("USD Coin", "USDC")).await;
    assert_eq!(rig.refusal(cancellation(&higher(&authorized()))).await, Refusal::CoinNotAllowed);
    let rig = rig.with_policy(POLICY).await;
    let transaction = decoded(&rig.cancel(&higher(&authorized())).await);
    assert_eq!((transaction.to, transaction.value), (AUTHORIZED, U256::ZERO));
}

/// A transaction that was mined and failed has used up its nonce, but not the authorisation in it.
#[tokio::test]
async fn an_authorisation_is_revoked_with_a_nonce_of_its_own() {
    let rig = Rig::new().await;
    rig.sign(&authorized()).await;
    rig.sign(&payment(1)).await;
    let at = |nonce| PaymentRequest { nonce, ..authorized() };
    let taken = Refusal::NonceTaken { transfer: payment(1).transfer };
    assert_eq!(rig.refusal(cancellation(&at(1))).await, taken);
    let elsewhere = PaymentRequest { chain_id: 8453, ..at(2) };
    assert_eq!(rig.refusal(cancellation(&elsewhere)).await, Refusal::TransferKnown { nonce: 0 });
    let plain = PaymentRequest { nonce: 2, ..payment(1) };
    assert_eq!(rig.refusal(cancellation(&plain)).await, Refusal::TransferKnown { nonce: 1 });
    let too_much = PaymentRequest { fees: Fees { gas_limit: 200_001, ..authorized().fees }, ..at(2) };
    assert_eq!(rig.refusal(cancellation(&too_much)).await, Refusal::FeeTooHigh);

    // Nothing else has this nonce, so nothing has to be replaced.
    let revoked = rig.cancel(&at(2)).await;
    let transaction = decoded(&revoked);
    assert_eq!((transaction.to, transaction.value, transaction.nonce), (AUTHORIZED, U256::ZERO, 2));
    let rig = rig.restarted().await;
    assert_eq!(rig.cancel(&at(2)).await, revoked);
    let mut slightly = at(2);
    slightly.fees.max_fee_per_gas += 1;
    assert_eq!(rig.refusal(cancellation(&slightly)).await, Refusal::ReplacementFeeTooLow);
    assert_eq!(decoded(&rig.cancel(&higher(&at(2))).await).nonce, 2);
    // The nonce is the transfer's own now, and the transfer is over.
    let other = PaymentRequest { nonce: 2, ..payment(5) };
    assert_eq!(rig.refusal_to_sign(&other).await, Refusal::NonceTaken { transfer: authorized().transfer });
    assert_eq!(rig.refusal_to_sign(&authorized()).await, Refusal::Cancelled);
    // Both nonces can cost a fee.
    let status = rig.status().await;
    let chain = status.chains.iter().find(|chain| chain.chain_id == payment(0).chain_id).unwrap();
    assert_eq!(chain.highest_nonce, Some(2));
    let fee = |payment: &PaymentRequest| u128::from(payment.fees.gas_limit) * payment.fees.max_fee_per_gas;
    let sum = fee(&authorized()) + fee(&payment(1)) + fee(&higher(&at(2)));
    assert_eq!(chain.fees_of_day, U256::from(sum));
}
