//! Conversions: exact to the last unit, rounded once, against the one who is debited.

use super::money::any_money;
use alloy_primitives::U512;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use requite::domain::{
    currency::Currency,
    ledger::SettlementTerms,
    money::Money,
    network::Network,
    quote::{Conversion, FeePayer, Rate, Rounding, Terms, multiply},
    refusal::ErrorCode,
};
use rust_decimal::Decimal;

fn rate(of: Currency, per: Currency, price: &str) -> Rate {
    Rate {
        of,
        per,
        price: Decimal::from_str_exact(price).unwrap(),
        source: "test".into(),
        at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn wish(amount: Money, funding: Currency) -> Conversion {
    Conversion { amount, network: Network::Eth, funding, fee_payer: FeePayer::Merchant }
}

fn money(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap()
}

/// In units of 10^-36, which hold every product exactly.
fn units(value: Decimal) -> U512 {
    U512::from(value.mantissa().unsigned_abs()) * U512::from(10).pow(U512::from(36 - value.scale()))
}

#[test]
fn debits_round_up_and_nothing_is_lost() {
    for (send, price, debit, rounding) in [
        ("0.1", "3711", "371.10", "0"),
        ("0.000000000000000001", "3711", "0.000001", "0.000000999999996289"),
        ("1", "0.3333333", "0.333334", "0.0000007"),
    ] {
        let send = money(send, Currency::Eth);
        let to_dollars = rate(Currency::Eth, Currency::Usd, price);
        let same = rate(Currency::Usd, Currency::Usd, "1");
        let terms = Terms::new(&wish(send, Currency::Usd), &to_dollars, money("1.2", Currency::Usd), &same).unwrap();
        assert_eq!(terms.debit, money(debit, Currency::Usd));
        assert_eq!(terms.rounding, Decimal::from_str_exact(rounding).unwrap());
        assert_eq!(terms.total, terms.debit.plus(money("1.2", Currency::Usd)).unwrap());
    }
}

#[test]
fn credits_round_down_and_the_fee_rounds_up() {
    let terms = SettlementTerms {
        rate: rate(Currency::Eth, Currency::Usd, "0.3333333"),
        fee_percent: Decimal::from_str_exact("0.9").unwrap(),
    };
    let settlement = terms.settle(money("1", Currency::Eth)).unwrap();
    assert_eq!(settlement.fee, money("0.003", Currency::Usd));
    assert_eq!(settlement.net, money("0.330333", Currency::Usd));
    assert_eq!(settlement.rounding, Decimal::from_str_exact("0.0000003").unwrap());
}

#[test]
fn a_customer_who_pays_the_fee_gets_so_much_less_and_the_merchant_pays_no_more() {
    let to_dollars = rate(Currency::Eth, Currency::Usd, "3711");
    let to_ether = rate(Currency::Usd, Currency::Eth, "0.000269469145782808");
    let wish = Conversion { fee_payer: FeePayer::Customer, ..wish(money("0.1", Currency::Eth), Currency::Usd) };
    let terms = Terms::new(&wish, &to_dollars, money("1.2", Currency::Usd), &to_ether).unwrap();
    // 1.2 dollars are 0.0003233629749393696 ETH, kept back to the last wei.
    assert_eq!(terms.send, money("0.09967663702506063", Currency::Eth));
    assert_eq!(terms.total, money("371.10", Currency::Usd));
    assert_eq!(terms.fee, money("1.20", Currency::Usd));
    assert_eq!(terms.conversion(), wish);
    let tiny = Conversion { amount: money("0.0003", Currency::Eth), ..wish };
    let refused = Terms::new(&tiny, &to_dollars, money("1.2", Currency::Usd), &to_ether).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::AmountBelowFee, Some("amount")));
}

#[test]
fn a_rate_of_another_pair_is_refused() {
    let same = rate(Currency::Usd, Currency::Usd, "1");
    let wrong = rate(Currency::Btc, Currency::Usd, "2");
    let refused = Terms::new(&wish(money("1", Currency::Eth), Currency::Usd), &wrong, money("1", Currency::Usd), &same);
    assert_eq!(refused.unwrap_err().code, ErrorCode::RateUnavailable);
}

proptest! {
    #[test]
    fn a_product_is_exact_and_rounded_once(
        amount in any_money(),
        mantissa in 1_u64..1_000_000_000_000_000,
        scale in 0_u32..=18,
        decimals in 0_u32..=18,
    ) {
        let price = Decimal::from_i128_with_scale(i128::from(mantissa), scale);
        let exact = units(amount.amount()).checked_mul(units(price)).unwrap() / U512::from(10).pow(U512::from(36));
        for rounding in [Rounding::Up, Rounding::Down] {
            let Some(product) = multiply(amount.amount(), price, decimals, rounding) else { continue };
            let product = units(product);
            let unit = U512::from(10).pow(U512::from(36 - decimals));
            prop_assert_eq!(product % unit, U512::ZERO);
            match rounding {
                Rounding::Up => prop_assert!(product >= exact && product - exact < unit),
                Rounding::Down => prop_assert!(product <= exact && exact - product < unit),
            }
        }
    }

    #[test]
    fn whoever_pays_the_fee_no_unit_is_made_or_lost(
        amount in any_money(),
        mantissa in 1_u64..10_000_000,
        fee_mantissa in 1_u64..10_000_000,
    ) {
        let price = Decimal::new(i64::try_from(mantissa).unwrap(), 4);
        let fee_price = Decimal::new(i64::try_from(fee_mantissa).unwrap(), 6);
        for funding in Currency::ALL {
            let wish = Conversion { fee_payer: FeePayer::Customer, ..wish(amount, funding) };
            let at = DateTime::<Utc>::UNIX_EPOCH;
            let rate = Rate { of: amount.currency(), per: funding, price, source: "test".into(), at };
            let fee_rate = Rate { of: Currency::Usd, per: amount.currency(), price: fee_price, ..rate.clone() };
            let Ok(terms) = Terms::new(&wish, &rate, money("0.5", Currency::Usd), &fee_rate) else { continue };
            prop_assert!(!terms.send.is_zero() && terms.send.amount() <= amount.amount());
            let whole = multiply(amount.amount(), price, funding.decimals(), Rounding::Up).unwrap();
            prop_assert_eq!(terms.total.amount(), whole, "the merchant pays for the amount and nothing more");
            prop_assert_eq!(terms.debit.plus(terms.fee).unwrap(), terms.total);
        }
    }

    #[test]
    fn terms_never_cost_the_merchant_a_unit_too_few(send in any_money(), mantissa in 1_u64..10_000_000) {
        let price = Decimal::new(i64::try_from(mantissa).unwrap(), 4);
        for funding in Currency::ALL {
            let rate = Rate { of: send.currency(), per: funding, price, source: "test".into(), at: DateTime::<Utc>::UNIX_EPOCH };
            let fee_rate = Rate { of: Currency::Usd, ..rate.clone() };
            if let Ok(terms) = Terms::new(&wish(send, funding), &rate, money("0.5", Currency::Usd), &fee_rate) {
                let unit = Decimal::new(1, funding.decimals());
                // Of a product that is finer than the ledger the rest is cut off, so the difference can be a whole unit.
                prop_assert!(terms.rounding >= Decimal::ZERO && terms.rounding <= unit);
                prop_assert!(terms.total >= terms.debit);
            }
        }
    }
}
