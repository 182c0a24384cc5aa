//! Every reason for which the signer refuses.

use super::{
    AUTHORIZED, FEES, GWEI, OPERATOR, PASSPHRASE, PLAIN, RECIPIENT, Rig, SENDER, SERVER, cancellation, key, payment,
    refusal, transfer, with_fees,
};
use alloy_primitives::{Address, U256, address};
use requite::signer::protocol::{
    Answer, Coin, Fees, Line, Passphrase, PaymentRequest, Refusal, Request, SignaturesRequest, Signed,
};

const ETHER: u64 = 1_000_000_000_000_000_000;

#[tokio::test]
async fn each_part_of_a_payment_is_checked() {
    let rig = Rig::new().await;
    let fees = |change: fn(&mut Fees)| {
        let mut fees = FEES;
        change(&mut fees);
        PaymentRequest { fees, ..payment(0) }
    };
    let to = |recipient| PaymentRequest { recipient, ..payment(0) };
    let amount = |amount| PaymentRequest { amount, ..payment(0) };
    let unknown = Coin::Token(address!("9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"));
    let above = U256::from(100_000_001);
    for (request, reason) in [
        (PaymentRequest { account: RECIPIENT, ..payment(0) }, Refusal::OtherAccount),
        (PaymentRequest { chain_id: 1, ..payment(0) }, Refusal::NetworkNotAllowed),
        (PaymentRequest { coin: unknown, ..payment(0) }, Refusal::CoinNotAllowed),
        (PaymentRequest { coin: Coin::Token(PLAIN), chain_id: 8453, ..payment(0) }, Refusal::CoinNotAllowed),
        (to(Address::ZERO), Refusal::RecipientNotAllowed),
        (to(SENDER), Refusal::RecipientNotAllowed),
        (to(PLAIN), Refusal::RecipientNotAllowed),
        (to(AUTHORIZED), Refusal::RecipientNotAllowed),
        (amount(U256::ZERO), Refusal::Malformed),
        (amount(U256::from(ETHER) + U256::ONE), Refusal::OverTransferLimit),
        (amount(U256::MAX), Refusal::OverTransferLimit),
        (PaymentRequest { coin: Coin::Token(PLAIN), amount: above, ..payment(0) }, Refusal::OverTransferLimit),
        (PaymentRequest { nonce: u64::MAX, ..payment(0) }, Refusal::Malformed),
        (fees(|fees| fees.gas_limit = 20_999), Refusal::Malformed),
        (fees(|fees| fees.max_priority_fee_per_gas = fees.max_fee_per_gas + 1), Refusal::Malformed),
        (fees(|fees| fees.max_fee_per_gas = 100 * GWEI + 1), Refusal::FeeTooHigh),
        (fees(|fees| fees.max_fee_per_gas = u128::MAX), Refusal::FeeTooHigh),
        (fees(|fees| fees.gas_limit = 200_001), Refusal::FeeTooHigh),
        // Each below its limit, but 0.016 in all.
        (fees(|fees| (fees.gas_limit, fees.max_fee_per_gas) = (200_000, 80 * GWEI)), Refusal::FeeTooHigh),
    ] {
        assert_eq!(rig.refusal_to_sign(&request).await, reason, "{request:?}");
    }
    assert_eq!(rig.count("select count(*) from signatures").await, 0);
    assert_eq!(rig.count("select count(*) from transfers").await, 0);
    // Nothing of it was taken: the largest payment is still possible.
    rig.sign(&amount(U256::from(ETHER))).await;
}

#[tokio::test]
async fn a_transfer_is_one_payment_for_ever() {
    let rig = Rig::new().await;
    let first = payment(3);
    rig.sign(&first).await;
    let other = address!("3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
    for request in [
        PaymentRequest { nonce: 4, ..first.clone() },
        PaymentRequest { recipient: other, ..first.clone() },
        PaymentRequest { amount: first.amount + U256::ONE, ..first.clone() },
        PaymentRequest { coin: Coin::Token(PLAIN), ..first.clone() },
        PaymentRequest {
            chain_id: 8453,
            fees: Fees { max_fee_per_gas: GWEI, max_priority_fee_per_gas: 1, ..FEES },
            ..first.clone()
        },
        with_fees(&PaymentRequest { amount: first.amount + U256::ONE, ..first.clone() }, 20),
    ] {
        assert_eq!(rig.refusal_to_sign(&request).await, Refusal::TransferKnown { nonce: 3 }, "{request:?}");
    }
    let thief = PaymentRequest { transfer: transfer(99), ..with_fees(&first, 32) };
    assert_eq!(rig.refusal_to_sign(&thief).await, Refusal::NonceTaken { transfer: first.transfer });
    assert_eq!(rig.count("select count(*) from signatures").await, 1);
    // The same nonce is free on another network.
    let fees = Fees { max_fee_per_gas: GWEI, max_priority_fee_per_gas: 1, ..FEES };
    rig.sign(&PaymentRequest { chain_id: 8453, fees, ..thief }).await;
}

/// It could never be mined, and would hold up every reconciliation.
#[tokio::test]
async fn a_nonce_far_above_the_newest_one_is_refused() {
    let rig = Rig::new().await;
    let first = PaymentRequest { nonce: 5_000, ..payment(1) };
    rig.sign(&first).await;
    let far = PaymentRequest { nonce: 6_001, ..payment(2) };
    assert_eq!(rig.refusal_to_sign(&far).await, Refusal::Malformed);
    rig.sign(&PaymentRequest { nonce: 6_000, ..far }).await;
    assert_eq!(rig.count("select count(*) from signatures").await, 2);
}

#[tokio::test]
async fn only_what_was_signed_is_cancelled() {
    let rig = Rig::new().await;
    let known = payment(3);
    rig.sign(&known).await;
    let higher = with_fees(&known, 18);
    let other = PaymentRequest { transfer: transfer(99), ..higher.clone() };
    assert_eq!(rig.refusal(cancellation(&payment(5))).await, Refusal::TransferUnknown);
    assert_eq!(rig.refusal(cancellation(&other)).await, Refusal::NonceTaken { transfer: known.transfer });
    let elsewhere = PaymentRequest { nonce: 4, ..higher.clone() };
    assert_eq!(rig.refusal(cancellation(&elsewhere)).await, Refusal::TransferKnown { nonce: 3 });
    assert_eq!(rig.refusal(cancellation(&PaymentRequest { chain_id: 1, ..higher })).await, Refusal::NetworkNotAllowed);
    assert_eq!(rig.count("select count(*) from signatures").await, 1);
}

#[tokio::test]
async fn a_locked_signer_signs_nothing() {
    let rig = Rig::locked().await;
    assert!(rig.status().await.locked);
    assert_eq!(rig.refusal_to_sign(&payment(0)).await, Refusal::Locked);
    let other = PaymentRequest { account: RECIPIENT, ..payment(0) };
    assert_eq!(rig.refusal_to_sign(&other).await, Refusal::OtherAccount, "unlocking it would not help");
    let operator = rig.signer.peer(OPERATOR);
    let wrong = Request::Unlock { passphrase: "something else entirely".to_owned().into() };
    assert_eq!(refusal(rig.answer_to(operator, &wrong).await), Refusal::WrongPassphrase);
    assert!(rig.status().await.locked);

    let unlock = Request::Unlock { passphrase: PASSPHRASE.to_owned().into() };
    assert_eq!(rig.answer_to(operator, &unlock).await, Answer::Done {});
    assert!(!rig.status().await.locked);
    let Signed { raw, .. } = rig.sign(&payment(0)).await;
    assert_eq!(rig.answer_to(operator, &Request::Lock {}).await, Answer::Done {});
    assert_eq!(rig.refusal_to_sign(&payment(0)).await, Refusal::Locked, "not even what was signed before");
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(0), 20))).await, Refusal::Locked);
    assert_eq!(rig.answer_to(operator, &unlock).await, Answer::Done {});
    assert_eq!(rig.sign(&payment(0)).await.raw, raw);
}

#[tokio::test]
async fn users_may_ask_only_for_what_is_theirs() {
    let rig = Rig::new().await;
    let (server, operator, stranger) = (rig.signer.peer(SERVER), rig.signer.peer(OPERATOR), rig.signer.peer(1234));
    let root = rig.signer.peer(0);
    assert!(server.is_client && !server.is_operator);
    assert!(!operator.is_client && operator.is_operator && !root.is_client && root.is_operator);
    assert!(!stranger.is_client && !stranger.is_operator);
    let page = SignaturesRequest { chain_id: super::CHAIN, account: SENDER, from_nonce: 0, after: 0 };
    let unlock = Request::Unlock { passphrase: PASSPHRASE.to_owned().into() };
    for (peer, request) in [
        (server, Request::Lock {}),
        (server, unlock.clone()),
        (operator, Request::Sign(payment(0))),
        (root, Request::Sign(payment(0))),
        (operator, cancellation(&payment(0))),
        (operator, Request::Signatures(page)),
        (stranger, Request::Status {}),
        (stranger, Request::Sign(payment(0))),
        (stranger, Request::Lock {}),
        (stranger, unlock),
    ] {
        assert_eq!(refusal(rig.answer_to(peer, &request).await), Refusal::NotAllowed, "{peer:?} {request:?}");
    }
    assert!(!rig.status().await.locked);
    assert!(matches!(rig.answer_to(operator, &Request::Status {}).await, Answer::Status(_)));
    assert_eq!(rig.count("select count(*) from signatures").await, 0);
}

/// A server that was stopped while it asked, or a signer that was, must not sign after payouts were paused meanwhile.
#[tokio::test]
async fn nothing_is_signed_after_whoever_asked_has_given_up() {
    let rig = Rig::new().await;
    let now = rig.status().await.time;
    let answer = async |seconds: i64, request: Request| {
        let until = Some(now + chrono::Duration::seconds(seconds));
        rig.answer_to_line(rig.signer.peer(SERVER), &Line { request, until }).await
    };
    let sign = |number| Request::Sign(payment(number));
    assert_eq!(refusal(answer(-1, sign(0)).await), Refusal::Busy);
    assert_eq!(rig.count("select count(*) from signatures").await, 0);
    let signed = super::signed(answer(5, sign(0)).await);
    assert_eq!(refusal(answer(-1, sign(1)).await), Refusal::Busy);
    // What was signed before is no new signature.
    assert_eq!(super::signed(answer(-1, sign(0)).await), signed);
    assert_eq!(refusal(answer(5, Request::Lock {}).await), Refusal::NotAllowed);
}

#[tokio::test]
async fn what_is_no_request_is_refused_without_being_quoted() {
    let rig = Rig::new().await;
    let server = rig.signer.peer(SERVER);
    let changed = |pointer: &str, value: serde_json::Value| {
        let mut line = serde_json::to_value(Line::from(Request::Sign(payment(0)))).unwrap();
        let (object, member) = pointer.rsplit_once('/').unwrap();
        line.pointer_mut(object).unwrap()[member] = value;
        line.to_string()
    };
    for line in [
        "".to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
        r#"{"status":{}}"#.to_owned(),
        r#"{"request":{"sign":{}}}"#.to_owned(),
        r#"{"request":{"status":{}}} {"request":{"status":{}}}"#.to_owned(),
        r#"{"request":{"unlock":{"passphrase":5,"secret":"hunter22hunter22"}}}"#.to_owned(),
        r#"{"request":{"hunter22hunter22":{}}}"#.to_owned(),
        "[".repeat(10_000),
        changed("/request/sign/data", "0xa9059cbb".into()),
        changed("/request/sign/nonce", (-1).into()),
        changed("/request/sign/recipient", "0x1234".into()),
        changed("/until", "soon".into()),
        changed("/at", "2026-11-29T08:00:00Z".into()),
    ] {
        let Answer::Refused(refused) = rig.signer.answer(server, line.as_bytes()).await else { panic!("{line}") };
        assert_eq!(refused.reason, Refusal::Malformed);
        assert!(!refused.message.contains("hunter22"), "{}", refused.message);
    }
}

#[test]
fn secrets_are_not_shown() {
    let request = Request::Unlock { passphrase: PASSPHRASE.to_owned().into() };
    assert!(!format!("{request:?}").contains("horse"));
    assert!(!format!("{:?}", key()).to_lowercase().contains("ac0974"));
    assert!(!format!("{:?}", Passphrase::from(PASSPHRASE.to_owned())).contains("horse"));
}

#[test]
fn amounts_are_read_in_decimal_and_hexadecimal() {
    let mut request = serde_json::to_value(Request::Sign(payment(0))).unwrap();
    for text in ["1000", "0x3e8"] {
        request["sign"]["amount"] = text.into();
        let read: Request = serde_json::from_value(request.clone()).unwrap();
        assert_eq!(read, Request::Sign(payment(0)));
    }
}

#[tokio::test]
async fn another_key_with_the_same_memory_pays_nothing_again() {
    let rig = Rig::new().await;
    rig.sign(&payment(0)).await;
    let Rig { folder, clock, policy, signer } = rig;
    signer.close().await.unwrap();
    drop(signer);
    let entropy = crate::support::CountingEntropy::default();
    let other = requite::signer::keystore::Keystore::random_key(&entropy);
    let account = other.address();
    let keystore =
        requite::signer::keystore::Keystore::encrypt(&other, &super::passphrase(), super::CHEAP, &entropy).unwrap();
    let memory = requite::signer::memory::Memory::open(&folder.path().join("memory.db")).await.unwrap();
    let signer = requite::signer::process::Signer::new(policy.clone(), keystore, memory, clock.clone(), OPERATOR);
    let signer = std::sync::Arc::new(signer.await.unwrap());
    signer.unlock(super::passphrase()).await.unwrap();
    let rig = Rig { folder, clock, policy, signer };
    // A server whose settings still have the old account.
    let Answer::Refused(refused) = rig.answer(&Request::Sign(payment(0))).await else { panic!("it was signed") };
    assert_eq!(refused.reason, Refusal::OtherAccount);
    assert!(refused.message.contains(&format!("the key of {account}, and {SENDER} is to pay")), "{}", refused.message);
    assert_eq!(rig.refusal(cancellation(&with_fees(&payment(0), 20))).await, Refusal::OtherAccount);
    for again in [payment(0), with_fees(&payment(0), 20)] {
        let again = PaymentRequest { account, ..again };
        assert_eq!(rig.refusal_to_sign(&again).await, Refusal::TransferKnown { nonce: 0 });
        assert_eq!(rig.refusal(cancellation(&again)).await, Refusal::TransferKnown { nonce: 0 });
    }
    assert_eq!(rig.count("select count(*) from signatures").await, 1);
    // The new key has nonces of its own.
    let new = PaymentRequest { account, transfer: transfer(1), ..payment(0) };
    assert_eq!(rig.sign(&new).await.from, account);
    // The memory has what each of the two has signed, and the limits of a day are those of the signer.
    let status = rig.status().await;
    let chain = status.chains.iter().find(|chain| chain.chain_id == super::CHAIN).unwrap();
    assert_eq!((chain.signatures, chain.highest_nonce, status.signatures_of_day), (1, Some(0), 2));
    let native = chain.coins.iter().find(|status| status.coin == Coin::Native).unwrap();
    assert_eq!(native.spent_of_day, payment(0).amount + new.amount);
    for (asked, number, has_account) in [(account, 1, true), (SENDER, 1, true), (RECIPIENT, 0, false)] {
        let request = SignaturesRequest { chain_id: super::CHAIN, account: asked, from_nonce: 0, after: 0 };
        let Answer::Signatures(page) = rig.answer(&Request::Signatures(request)).await else { panic!("no page") };
        assert_eq!((page.signatures.len(), page.has_account), (number, has_account), "{asked}");
        assert!(page.signatures.iter().all(|one| one.signed.from == asked));
    }
}
