//! The seal of an approval: changing any sealed part changes the seal.

use chrono::{DateTime, Duration, Utc};
use requite::domain::{
    address::network::Network,
    error::{ErrorCode, ErrorText},
    ids::{MerchantId, PaymentIntentId, QuoteId, RefundId},
    money::{
        Money,
        currency::Currency::{Eth, Eur, Usd},
    },
    refunds::{
        approval::{Seal, require_renewable},
        quote::{FeePayer, Quote, QuoteTerms},
        refund::{Refund, RefundReason, RefundStatus},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use uuid::Uuid;

fn money(text: &str) -> Money {
    Money::parse(text, Usd).unwrap()
}

fn quote() -> Quote {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let terms = QuoteTerms {
        amount: money("100"),
        value: money("100"),
        coin_rate: Decimal::ONE,
        send: money("100"),
        fee_payer: FeePayer::Merchant,
        network: Network::Base,
        rate: Decimal::ONE,
        rate_source: "test".to_owned(),
        rate_at: at,
        debit: money("100"),
        rounding: Decimal::ZERO,
        fee: money("0.02"),
        fee_at: Some(at),
        total: money("100.02"),
    };
    Quote {
        id: QuoteId(Uuid::from_u128(1)),
        merchant_id: MerchantId(Uuid::from_u128(2)),
        terms,
        created_at: at,
        expires_at: at + Duration::minutes(1),
    }
}

pub fn refund() -> Refund {
    let quote = quote();
    Refund {
        id: RefundId(Uuid::from_u128(3)),
        number: 1,
        merchant_id: quote.merchant_id,
        intent_id: PaymentIntentId(Uuid::from_u128(4)),
        order_number: 1001,
        status: RefundStatus::AwaitingApproval,
        network: Network::Base,
        address: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed".to_owned(),
        address_sent: "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed".to_owned(),
        memo: None,
        quote_id: quote.id,
        terms: quote.terms,
        customer_email: None,
        reason: RefundReason::Other,
        note: None,
        override_reason: None,
        overrides: Vec::new(),
        created_by: ErrorText::name("Ann"),
        author: None,
        approval_needed: true,
        offer_quote_id: None,
        held_until: None,
        transfer_held: None,
        is_unsigned: false,
        payouts_paused: false,
        is_behind: false,
        confirm_until: None,
        transaction_hash: None,
        rejection_type: None,
        rejection_reason: None,
        created_at: quote.created_at,
        updated_at: quote.created_at,
    }
}

type Change = fn(&mut Refund, &mut Quote);

#[test]
fn every_approved_part_is_sealed() {
    let changes: Vec<Change> = vec![
        |_, _| {},
        |refund, _| refund.id = RefundId(Uuid::from_u128(9)),
        |refund, _| refund.intent_id = PaymentIntentId(Uuid::from_u128(9)),
        |refund, _| refund.network = Network::Poly,
        |refund, _| refund.address.replace_range(3..4, "B"),
        |refund, _| refund.memo = Some("7".to_owned()),
        |_, quote| quote.id = QuoteId(Uuid::from_u128(9)),
        // Including the value, which is the amount where there is no price.
        |_, quote| (quote.terms.amount, quote.terms.value) = (money("100.000001"), money("100.000001")),
        |_, quote| quote.terms.value = Money::parse("100", Eur).unwrap(),
        |_, quote| quote.terms.value = Money::parse("101", Eur).unwrap(),
        |_, quote| quote.terms.send = money("99"),
        |_, quote| quote.terms.send = Money::parse("100", Eth).unwrap(),
        |_, quote| quote.terms.fee_payer = FeePayer::Customer,
        |_, quote| quote.terms.rate = Decimal::TWO,
        |_, quote| quote.terms.debit = money("101"),
        |_, quote| quote.terms.fee = money("0.03"),
        |_, quote| quote.terms.total = money("100.03"),
    ];
    let seals: BTreeSet<_> = changes
        .iter()
        .map(|change| {
            let (mut refund, mut quote) = (refund(), quote());
            change(&mut refund, &mut quote);
            Seal::of(&refund, &quote).to_string()
        })
        .collect();
    assert_eq!(seals.len(), changes.len());
}

#[test]
fn equivalent_values_have_the_same_seal() {
    let (mut refund, mut quote) = (refund(), quote());
    let seal = Seal::of(&refund, &quote);
    refund.status = RefundStatus::Processing;
    refund.updated_at += Duration::hours(1);
    refund.transaction_hash = Some("0x1".to_owned());
    // The same number with more decimal places.
    quote.terms.rate = Decimal::new(1_000, 3);
    assert_eq!(Seal::of(&refund, &quote), seal);
    assert!(seal.require(seal.as_str()).is_ok());
    assert!(seal.require("").is_err());
}

/// Two different lists of parts never encode the same, wherever a part ends.
#[test]
fn moving_a_character_from_one_part_to_the_next_changes_the_seal() {
    let quote = quote();
    let of = |address: &str, memo: &str| {
        Seal::of(&Refund { address: address.to_owned(), memo: Some(memo.to_owned()), ..refund() }, &quote)
    };
    assert_ne!(of("0x1", "23"), of("0x12", "3"));
}

#[test]
fn new_terms_must_match_the_refund_and_stay_within_the_tolerance() {
    let old = quote().terms;
    let of = |change: fn(&mut QuoteTerms)| {
        let mut new = old.clone();
        change(&mut new);
        require_renewable(&old, &new, Decimal::ONE).map_err(|error| error.code)
    };
    assert_eq!(of(|_| {}), Ok(()));
    assert_eq!(of(|new| new.total = money("50")), Ok(()), "what takes less is welcome");
    assert_eq!(of(|new| new.total = money("101.0202")), Ok(()), "exactly one percent more");
    assert_eq!(of(|new| new.total = money("101.020201")), Err(ErrorCode::RateMoved));
    let others: [fn(&mut QuoteTerms); 6] = [
        |new| new.amount = money("99"),
        |new| new.value = money("99"),
        |new| new.send = Money::parse("100", Eth).unwrap(),
        |new| new.network = Network::Poly,
        |new| new.debit = Money::parse("100", Eur).unwrap(),
        |new| new.fee_payer = FeePayer::Customer,
    ];
    for change in others {
        assert_eq!(of(change), Err(ErrorCode::QuoteMismatch));
    }
}
