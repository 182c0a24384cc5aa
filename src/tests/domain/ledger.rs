//! Every posting set balances, to the last of eighteen decimals.

use super::money::any_money;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use requite::domain::{
    address::network::Network,
    error::ErrorCode,
    ledger::{AccountKind, Posting, PostingReason, PostingSet, SettlementTerms},
    money::{Money, currency::Currency},
    refunds::quote::{Conversion, ConversionRates, CurrentFee, FeePayer, QuoteTerms, Rate},
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use strum::VariantArray;

fn any_rate() -> impl Strategy<Value = Decimal> {
    (1_i64..100_000_000, 0_u32..=12).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn rate(of: Currency, per: Currency, price: Decimal) -> Rate {
    let price = if of == per { Decimal::ONE } else { price };
    Rate { of, per, price, source: "test".into(), at: DateTime::<Utc>::UNIX_EPOCH }
}

fn sums(sets: &[PostingSet]) -> BTreeMap<(Currency, AccountKind), Decimal> {
    let mut sums: BTreeMap<_, Decimal> = BTreeMap::new();
    for posting in sets.iter().flat_map(PostingSet::postings) {
        *sums.entry((posting.currency, posting.account)).or_default() += posting.amount;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

fn is_balanced(set: &PostingSet) -> bool {
    let mut by_currency: BTreeMap<Currency, Decimal> = BTreeMap::new();
    for posting in set.postings() {
        *by_currency.entry(posting.currency).or_default() += posting.amount;
    }
    by_currency.values().all(Decimal::is_zero)
}

/// Statements take each booking as a movement of one currency, or of none, and those of one kind go in one direction.
fn is_one_movement(set: &PostingSet) -> bool {
    let is_stated = |kind| matches!(kind, AccountKind::Available | AccountKind::Reserved | AccountKind::Fees);
    let stated: Vec<_> = set.postings().iter().filter(|posting| is_stated(posting.account)).collect();
    let held: Decimal = set.change_of(AccountKind::Available) + set.change_of(AccountKind::Reserved);
    // Bookings of one kind are added before it is told what came and what went.
    let moved = held + set.change_of(AccountKind::Fees);
    let goes_as_its_kind = match set.reason() {
        PostingReason::PaymentSettled | PostingReason::DepositRecovered | PostingReason::SandboxFunding => {
            moved >= Decimal::ZERO
        }
        PostingReason::PaymentTakenBack | PostingReason::DepositWrittenOff | PostingReason::RefundCompleted => {
            moved <= Decimal::ZERO
        }
        PostingReason::RefundReserved
        | PostingReason::RefundRepriced
        | PostingReason::RefundCorrected
        | PostingReason::RefundReleased => true,
    };
    goes_as_its_kind
        && stated.iter().all(|posting| posting.currency == stated[0].currency)
        && (set.reason().changes_holdings() || held.is_zero())
}

#[test]
fn an_unbalanced_posting_set_cannot_be_created() {
    let posting = |account, currency, amount| Posting { account, currency, amount };
    let across = vec![
        posting(AccountKind::Available, Currency::Usd, Decimal::ONE),
        posting(AccountKind::Deposits, Currency::Eur, -Decimal::ONE),
    ];
    assert_eq!(PostingSet::balanced(PostingReason::SandboxFunding, across).unwrap_err().code, ErrorCode::Internal);
}

proptest! {
    #[test]
    fn a_refund_balances_at_every_step(
        send in any_money(),
        funding in prop::sample::select(Currency::VARIANTS),
        coin in prop::sample::select(Currency::VARIANTS),
        coin_price in any_rate(),
        price in any_rate(),
        fee_price in any_rate(),
        fee_payer in prop::sample::select(FeePayer::VARIANTS),
    ) {
        let fee = Money::parse("0.5", Currency::Usd).unwrap();
        let conversion = Conversion { amount: send, value: send, coin, network: Network::Eth, funding, fee_payer };
        let rates = ConversionRates {
            to_coin: rate(send.currency(), coin, if coin == send.currency() { Decimal::ONE } else { coin_price }),
            to_funding: rate(coin, funding, price),
            of_fee: rate(Currency::Usd, conversion.fee_currency(), fee_price),
        };
        let terms = QuoteTerms::new(&conversion, &rates, CurrentFee { amount: fee, at: DateTime::<Utc>::UNIX_EPOCH });
        let Ok(terms) = terms else { return Ok(()) };
        let reserved = PostingSet::refund_reserved(&terms).unwrap();
        let completed = PostingSet::refund_completed(&terms).unwrap();
        let released = PostingSet::refund_released(&terms).unwrap();
        for set in [&reserved, &completed, &released] {
            prop_assert!(is_balanced(set) && is_one_movement(set), "{set:?}");
        }
        prop_assert!(sums(&[reserved.clone(), released]).is_empty(), "a rejected refund leaves no trace");
        let after = sums(&[reserved, completed]);
        let of = |currency, kind| after.get(&(currency, kind)).copied().unwrap_or_default();
        prop_assert_eq!(of(funding, AccountKind::Available), -terms.total.amount());
        prop_assert_eq!(of(funding, AccountKind::Reserved), Decimal::ZERO);
        prop_assert_eq!(of(coin, AccountKind::PaidOut), terms.send.amount());
    }

    #[test]
    fn a_payment_balances(paid in any_money(), into in prop::sample::select(Currency::VARIANTS), price in any_rate(), fee in 0_i64..990_000) {
        let terms = SettlementTerms { rate: rate(paid.currency(), into, price), fee_percent: Decimal::new(fee, 4) };
        let Ok(settlement) = terms.settle(paid) else { return Ok(()) };
        let set = PostingSet::payment_settled(paid, &settlement).unwrap();
        prop_assert!(is_balanced(&set) && is_one_movement(&set), "{set:?}");
        let after = sums(&[set]);
        let of = |currency, kind| after.get(&(currency, kind)).copied().unwrap_or_default();
        prop_assert_eq!(of(into, AccountKind::Available), settlement.net.amount());
        prop_assert_eq!(of(paid.currency(), AccountKind::Deposits), -paid.amount());
        prop_assert!(settlement.rounding >= Decimal::ZERO);
    }
}
