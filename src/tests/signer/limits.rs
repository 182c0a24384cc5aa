//! Limits of a day, which rolls by the signer's own time.

use super::{FEES, GWEI, OPERATOR, Rig, SERVER, cancellation, payment, transfer, with_fees};
use alloy_primitives::U256;
use chrono::Duration;
use requite::signer::protocol::{Coin, Fees, PaymentRequest, Refusal, Request};

const HALF_ETHER: u64 = 500_000_000_000_000_000;

/// A payment of half an ether with small fees. The policy allows five in a day.
fn half(number: u64) -> PaymentRequest {
    let fees = Fees { gas_limit: 21_000, max_fee_per_gas: GWEI, max_priority_fee_per_gas: 1 };
    PaymentRequest { amount: U256::from(HALF_ETHER), fees, ..payment(number) }
}

#[tokio::test]
async fn the_limit_of_a_day_rolls() {
    let rig = Rig::new().await;
    for number in 0..5 {
        rig.sign(&half(number)).await;
        rig.clock.advance(Duration::hours(1));
    }
    // The first was five hours ago.
    assert_eq!(rig.refusal_to_sign(&half(5)).await, Refusal::OverDailyLimit);
    let one_wei = PaymentRequest { amount: U256::ONE, ..half(5) };
    assert_eq!(rig.refusal_to_sign(&one_wei).await, Refusal::OverDailyLimit);
    rig.clock.advance(Duration::hours(19) - Duration::milliseconds(1));
    assert_eq!(rig.refusal_to_sign(&half(5)).await, Refusal::OverDailyLimit);
    rig.clock.advance(Duration::milliseconds(1));
    rig.sign(&half(5)).await;
    assert_eq!(rig.refusal_to_sign(&half(6)).await, Refusal::OverDailyLimit, "the second was 23 hours ago");
    // Each coin has limits of its own.
    let token = Coin::Token(super::PLAIN);
    rig.sign(&PaymentRequest { coin: token, amount: U256::from(100_000_000), ..half(6) }).await;
    let status = rig.status().await;
    let spent = |coin| {
        let chain = status.chains.iter().find(|chain| chain.chain_id == super::CHAIN).unwrap();
        chain.coins.iter().find(|status| status.coin == coin).unwrap().spent_of_day
    };
    assert_eq!(spent(Coin::Native), U256::from(HALF_ETHER) * U256::from(5));
    assert_eq!(spent(token), U256::from(100_000_000));
}

#[tokio::test]
async fn a_transfer_counts_once_whatever_its_replacements() {
    let rig = Rig::new().await;
    for number in 0..5 {
        rig.sign(&half(number)).await;
    }
    let mut again = half(0);
    for _ in 0..3 {
        again.fees.max_fee_per_gas *= 2;
        again.fees.max_priority_fee_per_gas *= 2;
        rig.sign(&again).await;
    }
    assert_eq!(rig.refusal_to_sign(&half(5)).await, Refusal::OverDailyLimit);
}

#[tokio::test]
async fn a_clock_that_is_set_back_gives_nothing_back() {
    let rig = Rig::new().await;
    for number in 0..5 {
        rig.sign(&half(number)).await;
    }
    for days in [3, 300] {
        rig.clock.jump(-Duration::days(days));
        assert_eq!(rig.refusal_to_sign(&half(5)).await, Refusal::OverDailyLimit);
    }
    // Neither does a restart with a wrong clock: the memory knows the time.
    let rig = rig.restarted().await;
    assert_eq!(rig.refusal_to_sign(&half(5)).await, Refusal::OverDailyLimit);
    assert_eq!(rig.status().await.time, super::beginning());
    rig.clock.jump(Duration::days(303) + Duration::hours(24));
    rig.sign(&half(5)).await;
}

/// 0.00063 ether each; the policy allows 0.02 in a day.
#[tokio::test]
async fn fees_have_a_limit_of_a_day_in_which_a_replacement_counts_by_what_it_adds() {
    let rig = Rig::new().await;
    let fee = U256::from(21_000_u128 * FEES.max_fee_per_gas);
    for number in 0..31 {
        rig.sign(&payment(number)).await;
    }
    // 31 take 0.01953; another would take 0.02016.
    assert_eq!(rig.refusal_to_sign(&payment(31)).await, Refusal::OverDailyFeeLimit);
    assert_eq!(rig.refusal_to_sign(&with_fees(&payment(0), 32)).await, Refusal::OverDailyFeeLimit);
    // Half as much again adds 0.000315.
    rig.sign(&with_fees(&payment(0), 24)).await;
    let status = rig.status().await;
    let chain = status.chains.iter().find(|chain| chain.chain_id == super::CHAIN).unwrap();
    assert_eq!(chain.fees_of_day, fee * U256::from(31) + fee / U256::from(2));
    assert_eq!((chain.highest_nonce, chain.signatures), (Some(30), 32));
    rig.clock.advance(Duration::hours(24));
    rig.sign(&payment(31)).await;
    // What is replaced a day later counts again, since it can be mined only now.
    let mut number = 32;
    while let requite::signer::protocol::Answer::Signed(_) = rig.answer(&Request::Sign(payment(number))).await {
        number += 1;
    }
    assert_eq!(number, 31 + 31);
    assert_eq!(rig.refusal_to_sign(&with_fees(&payment(1), 18)).await, Refusal::OverDailyFeeLimit);
}

/// Every signature is remembered for ever, so a thief of the server could fill the disk with them.
#[tokio::test]
async fn signatures_have_a_limit_for_each_transfer_and_each_day() {
    let policy = format!("signatures-per-transfer = 2\nsignatures-per-day = 6\n{}", super::POLICY);
    let rig = Rig::new().await.with_policy(&policy).await;
    let first = rig.sign(&with_fees(&payment(0), 2)).await;
    rig.sign(&with_fees(&payment(0), 4)).await;
    assert_eq!(rig.refusal_to_sign(&with_fees(&payment(0), 6)).await, Refusal::TooManySignatures);
    assert_eq!(rig.sign(&with_fees(&payment(0), 2)).await, first, "what is remembered is answered again");
    // It can still be cancelled, and that can be raised once.
    rig.cancel(&with_fees(&payment(0), 6)).await;
    rig.cancel(&with_fees(&payment(0), 8)).await;
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(0), 10))).await, Refusal::TooManySignatures);
    rig.sign(&payment(1)).await;
    rig.sign(&payment(2)).await;
    assert_eq!(rig.refusal_to_sign(&payment(3)).await, Refusal::TooManySignatures);
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(1), 18))).await, Refusal::TooManySignatures);
    let status = rig.status().await;
    assert_eq!((status.signatures_of_day, status.signatures_per_day), (6, 6));
    rig.clock.advance(Duration::hours(24));
    rig.sign(&payment(3)).await;
}

#[tokio::test]
async fn refusals_beyond_a_number_in_a_minute_are_counted() {
    let rig = Rig::new().await;
    let bad = PaymentRequest { amount: U256::MAX, ..payment(0) };
    for _ in 0..50 {
        assert_eq!(rig.refusal_to_sign(&bad).await, Refusal::OverTransferLimit);
    }
    assert_eq!(rig.count("select count(*) from log").await, 20);
    // Signatures are always written, and what was counted with them.
    rig.sign(&payment(0)).await;
    assert_eq!(rig.count("select count(*) from log where outcome = 'signed'").await, 1);
    let counted = "select count(*) from log where outcome = 'over_transfer_limit' and detail like '30 times%'";
    assert_eq!(rig.count(counted).await, 1);
    assert_eq!(rig.count("select count(*) from log").await, 22);
    // The next minute has room again, also for other users.
    rig.clock.advance(Duration::minutes(1));
    let sign = Request::Sign(PaymentRequest { transfer: transfer(5), ..bad });
    rig.answer_to(rig.signer.peer(OPERATOR), &sign).await;
    rig.answer_to(rig.signer.peer(SERVER), &sign).await;
    assert_eq!(rig.count("select count(*) from log where outcome = 'not_allowed' and peer = 992").await, 1);
    // What is counted at the end is written at the end.
    rig.status().await;
    let rig = rig.restarted().await;
    assert_eq!(rig.count("select count(*) from log where request = 'status' and detail like '1 time,%'").await, 1);
}
