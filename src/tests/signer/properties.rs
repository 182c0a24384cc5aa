//! Whatever is asked for, in whatever order: a transfer is one payment, a nonce is one transfer, and no 24 hours have
//! more than the limit.

use super::{AUTHORIZED, CHAIN, GWEI, Rig, SENDER, cancellation, payment};
use alloy_primitives::{Address, Bytes, U256, address};
use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use requite::{
    context::Clock,
    evm::transaction::Transaction,
    signer::protocol::{Answer, Coin, Fees, PaymentRequest, Request},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const RECIPIENTS: [Address; 2] =
    [address!("70997970C51812dc3A010C7d01b50e0d17dc79C8"), address!("3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")];
const COINS: [Coin; 2] = [Coin::Native, Coin::Token(AUTHORIZED)];
/// Of the policy, in wei.
const FEES_PER_DAY: u64 = 20_000_000_000_000_000;

/// Of the policy, in the smallest unit.
const fn per_day(coin: Coin) -> u64 {
    match coin {
        Coin::Native => 2_500_000_000_000_000_000,
        Coin::Token(_) => 250_000_000,
    }
}

#[derive(Clone, Debug)]
enum Step {
    Sign(PaymentRequest),
    Cancel(PaymentRequest),
    Wait(i64),
    /// The clock is set, forwards or back.
    SetClock(i64),
    Restart,
}

/// Few transfers, nonces and amounts, so that they meet.
fn any_payment() -> impl Strategy<Value = PaymentRequest> {
    (0..12_u128, 0..16_u64, 0..4_usize, 1..4_u64, 0..8_u32, 1..3_u64).prop_map(
        |(transfer, nonce, choice, tenths, bumps, gas)| {
            let price = GWEI * 3_u128.pow(bumps) / 2_u128.pow(bumps);
            PaymentRequest {
                transfer: super::transfer(transfer),
                coin: COINS[choice / 2],
                recipient: RECIPIENTS[choice % 2],
                amount: U256::from(tenths) * U256::from(per_day(COINS[choice / 2]) / 10),
                fees: Fees { gas_limit: gas * 100_000, max_fee_per_gas: 2 * price, max_priority_fee_per_gas: price },
                ..payment(nonce)
            }
        },
    )
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // Mostly a nonce that the transfer has for itself.
        12 => any_payment().prop_map(|payment| {
            let nonce = u64::try_from(payment.transfer.as_u128() & 0xff).unwrap();
            let coin = COINS[usize::try_from(nonce % 2).unwrap()];
            let amount = U256::from(per_day(coin) / 5);
            Step::Sign(PaymentRequest { nonce, coin, amount, recipient: RECIPIENTS[0], ..payment })
        }),
        6 => any_payment().prop_map(Step::Sign),
        2 => any_payment().prop_map(Step::Cancel),
        3 => (1..12_i64).prop_map(Step::Wait),
        1 => (-50..30_i64).prop_map(Step::SetClock),
        1 => Just(Step::Restart),
    ]
}

/// What an observer saw who received every answer.
#[derive(Default)]
struct Seen {
    /// What each transfer pays: nonce, contract or recipient, value, and call.
    transfers: BTreeMap<Uuid, BTreeSet<(u64, Address, U256, Bytes)>>,
    nonces: BTreeMap<u64, BTreeSet<Uuid>>,
    cancelled: BTreeSet<Uuid>,
    /// When each transfer was paid first, by the signer's time, and how much.
    payments: BTreeMap<Uuid, (DateTime<Utc>, Coin, U256)>,
    /// When which nonce was signed, and what it can cost.
    fees: Vec<(DateTime<Utc>, u64, U256)>,
    by_request: BTreeMap<String, Vec<u8>>,
}

impl Seen {
    fn payment(&mut self, request: &PaymentRequest, raw: &[u8], now: DateTime<Utc>) {
        let transaction = Transaction::decode_signed(raw).unwrap();
        let transfer = request.transfer;
        assert!(!self.cancelled.contains(&transfer), "paid after its cancellation");
        let Transaction { nonce, to, value, data, .. } = transaction.clone();
        assert_eq!(nonce, request.nonce);
        match request.coin {
            Coin::Native => assert_eq!((to, value, data.len()), (request.recipient, request.amount, 0)),
            Coin::Token(contract) => {
                assert_eq!((to, value), (contract, U256::ZERO));
                assert_eq!(&data[36..68], request.recipient.into_word().as_slice());
                assert_eq!(&data[68..100], request.amount.to_be_bytes::<32>().as_slice());
            }
        }
        self.transfers.entry(transfer).or_default().insert((nonce, to, value, data));
        self.payments.entry(transfer).or_insert((now, request.coin, request.amount));
        self.any(Request::Sign(request.clone()), transfer, &transaction, raw, now);
    }

    fn cancellation(&mut self, request: &PaymentRequest, raw: &[u8], now: DateTime<Utc>) {
        let transaction = Transaction::decode_signed(raw).unwrap();
        assert_eq!(transaction.value, U256::ZERO);
        let is_revocation = transaction.to == AUTHORIZED && transaction.data.len() == 4 + 5 * 32;
        assert!(is_revocation || (transaction.to == SENDER && transaction.data.is_empty()));
        assert!(self.transfers.contains_key(&request.transfer), "cancelled what was never signed");
        self.cancelled.insert(request.transfer);
        self.any(cancellation(request), request.transfer, &transaction, raw, now);
    }

    fn any(&mut self, request: Request, transfer: Uuid, transaction: &Transaction, raw: &[u8], now: DateTime<Utc>) {
        assert_eq!(transaction.chain_id, CHAIN);
        self.nonces.entry(transaction.nonce).or_default().insert(transfer);
        let key = serde_json::to_string(&request).unwrap();
        let before = self.by_request.get(&key);
        assert!(before.is_none_or(|before| before == raw), "the same request has another answer");
        if before.is_none() {
            let fee = U256::from(transaction.gas_limit) * U256::from(transaction.max_fee_per_gas);
            self.fees.push((now, transaction.nonce, fee));
        }
        self.by_request.insert(key, raw.to_vec());
    }

    fn check(&self) {
        assert!(self.transfers.values().all(|payments| payments.len() == 1), "{:?}", self.transfers);
        assert!(self.nonces.values().all(|transfers| transfers.len() == 1), "{:?}", self.nonces);
        let in_day = |end: &DateTime<Utc>, at: &DateTime<Utc>| at <= end && *end - *at < Duration::hours(24);
        for (end, coin, _) in self.payments.values() {
            let day = self.payments.values().filter(|(at, other, _)| other == coin && in_day(end, at));
            let sum = day.fold(U256::ZERO, |sum, (_, _, amount)| sum + amount);
            assert!(sum <= U256::from(per_day(*coin)), "{sum} in the day before {end}");
        }
        for (end, _, _) in &self.fees {
            let mut day: BTreeMap<u64, U256> = BTreeMap::new();
            for (_, nonce, fee) in self.fees.iter().filter(|(at, _, _)| in_day(end, at)) {
                let highest = day.entry(*nonce).or_default();
                *highest = (*highest).max(*fee);
            }
            let sum = day.values().fold(U256::ZERO, |sum, fee| sum + fee);
            assert!(sum <= U256::from(FEES_PER_DAY), "{sum} wei of fees in the day before {end}");
        }
    }
}

async fn run(steps: Vec<Step>) -> Seen {
    let mut rig = Rig::new().await;
    let mut seen = Seen::default();
    let mut now = rig.clock.now();
    for step in steps {
        match step {
            Step::Wait(hours) => rig.clock.advance(Duration::hours(hours)),
            Step::SetClock(hours) => rig.clock.jump(Duration::hours(hours)),
            Step::Restart => rig = rig.restarted().await,
            Step::Sign(request) => {
                now = now.max(rig.clock.now());
                if let Answer::Signed(signed) = rig.answer(&Request::Sign(request.clone())).await {
                    seen.payment(&request, &signed.raw, now);
                }
            }
            Step::Cancel(request) => {
                now = now.max(rig.clock.now());
                if let Answer::Signed(signed) = rig.answer(&cancellation(&request)).await {
                    seen.cancellation(&request, &signed.raw, now);
                }
            }
        }
    }
    // The memory is intact after all of it.
    let rig = rig.restarted().await;
    let remembered = usize::try_from(rig.count("select count(*) from signatures").await).unwrap();
    assert_eq!(remembered, seen.by_request.len());
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_requests_pays_twice_or_more_than_the_limit(
        steps in prop::collection::vec(any_step(), 1..60)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps)).check();
    }
}
