//! Conversions: exact to the last unit, rounded once, at the expense of the debited side.

use crate::domain::money::any_money;
use alloy_primitives::U512;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use requite::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    ledger::SettlementTerms,
    money::{Money, currency::Currency},
    names::Named,
    refunds::quote::{
        Conversion, ConversionRates, CurrentFee, FeePayer, QuoteTerms, Rate, Rounding, multiply, multiply_and_divide,
    },
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

fn conversion(amount: Money, funding: Currency) -> Conversion {
    Conversion {
        amount,
        value: amount,
        coin: amount.currency(),
        network: Network::Eth,
        funding,
        fee_payer: FeePayer::Merchant,
    }
}

/// The terms when the paid coin is sent.
fn terms_of(conversion: &Conversion, to_funding: &Rate, fee: Money, of_fee: &Rate) -> Result<QuoteTerms, DomainError> {
    let to_coin = rate(conversion.value.currency(), conversion.coin, "1");
    QuoteTerms::new(
        conversion,
        &ConversionRates { to_coin, to_funding: to_funding.clone(), of_fee: of_fee.clone() },
        now(fee),
    )
}

fn now(amount: Money) -> CurrentFee {
    CurrentFee { amount, at: DateTime::<Utc>::UNIX_EPOCH }
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
        let terms =
            terms_of(&conversion(send, Currency::Usd), &to_dollars, money("1.2", Currency::Usd), &same).unwrap();
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
fn a_fee_paid_by_the_customer_is_deducted_from_the_amount_sent() {
    let to_dollars = rate(Currency::Eth, Currency::Usd, "3711");
    let to_ether = rate(Currency::Usd, Currency::Eth, "0.000269469145782808");
    let conversion =
        Conversion { fee_payer: FeePayer::Customer, ..conversion(money("0.1", Currency::Eth), Currency::Usd) };
    let terms = terms_of(&conversion, &to_dollars, money("1.2", Currency::Usd), &to_ether).unwrap();
    // 1.2 dollars are 0.0003233629749393696 ETH, deducted to the last wei.
    assert_eq!(terms.send, money("0.09967663702506063", Currency::Eth));
    assert_eq!(terms.total, money("371.10", Currency::Usd));
    assert_eq!(terms.fee, money("1.20", Currency::Usd));
    assert_eq!(terms.conversion(), conversion);
    let tiny =
        Conversion { amount: money("0.0003", Currency::Eth), value: money("0.0003", Currency::Eth), ..conversion };
    let refused = terms_of(&tiny, &to_dollars, money("1.2", Currency::Usd), &to_ether).unwrap_err();
    assert_eq!((refused.code, refused.field), (ErrorCode::AmountBelowFee, Some(Field::Amount)));
}

#[test]
fn a_converted_payout_is_rounded_down_and_its_debit_up() {
    // 100 euros of an order's price that was paid with 0.03 ETH, sent as USDT, funded in bitcoin.
    let conversion = Conversion {
        amount: money("0.03", Currency::Eth),
        value: money("100", Currency::Eur),
        coin: Currency::Usdt,
        network: Network::Eth,
        funding: Currency::Btc,
        fee_payer: FeePayer::Customer,
    };
    let rates = ConversionRates {
        to_coin: rate(Currency::Eur, Currency::Usdt, "1.08123456789"),
        to_funding: rate(Currency::Usdt, Currency::Btc, "0.0000103"),
        of_fee: rate(Currency::Usd, Currency::Usdt, "1.0001"),
    };
    let terms = QuoteTerms::new(&conversion, &rates, now(money("1.2", Currency::Usd))).unwrap();
    // 108.123456 USDT, of which the customer pays a network fee of 1.20012.
    assert_eq!(terms.send, money("106.923336", Currency::Usdt));
    assert_eq!((terms.amount, terms.coin_rate), (conversion.amount, rates.to_coin.price));
    assert_eq!(terms.debit, money("0.00110132", Currency::Btc), "0.0011013103608 rounded up");
    assert_eq!(terms.total, money("0.00111368", Currency::Btc), "what 108.123456 USDT cost");
    assert_eq!(terms.conversion(), conversion);
    let dust = Conversion { value: money("0.000001", Currency::Eur), ..conversion };
    let rates = ConversionRates { to_coin: rate(Currency::Eur, Currency::Usdt, "0.5"), ..rates };
    let refused = QuoteTerms::new(&dust, &rates, now(money("1.2", Currency::Usd))).unwrap_err();
    assert_eq!((refused.code, refused.field), (ErrorCode::AmountNotPositive, Some(Field::Amount)));
}

#[test]
fn a_rate_of_another_pair_is_refused() {
    let same = rate(Currency::Usd, Currency::Usd, "1");
    let wrong = rate(Currency::Btc, Currency::Usd, "2");
    let refused =
        terms_of(&conversion(money("1", Currency::Eth), Currency::Usd), &wrong, money("1", Currency::Usd), &same);
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
    fn a_part_of_a_whole_is_exact_and_rounded_down(amount in any_money(), part in any_money(), whole in any_money(), decimals in 0_u32..=18) {
        if let Some(share) = multiply_and_divide(amount.amount(), part.amount(), whole.amount(), decimals) {
            // share <= amount * part / whole < share + 1 unit, compared without dividing.
            let wide = |value: Decimal| units(value);
            let product = wide(amount.amount()) * wide(part.amount());
            let unit = Decimal::new(1, decimals);
            prop_assert!(wide(share) * wide(whole.amount()) <= product);
            prop_assert!((wide(share) + wide(unit)) * wide(whole.amount()) > product);
        }
        prop_assert_eq!(multiply_and_divide(amount.amount(), part.amount(), Decimal::ZERO, decimals), None);
    }

    #[test]
    fn no_unit_is_created_or_lost_whichever_side_pays_the_fee(
        amount in any_money(),
        mantissa in 1_u64..10_000_000,
        fee_mantissa in 1_u64..10_000_000,
    ) {
        let price = Decimal::new(i64::try_from(mantissa).unwrap(), 4);
        let fee_price = Decimal::new(i64::try_from(fee_mantissa).unwrap(), 6);
        for funding in Currency::all() {
            let conversion = Conversion { fee_payer: FeePayer::Customer, ..conversion(amount, funding) };
            let at = DateTime::<Utc>::UNIX_EPOCH;
            let rate = Rate { of: amount.currency(), per: funding, price, source: "test".into(), at };
            let fee_rate = Rate { of: Currency::Usd, per: amount.currency(), price: fee_price, ..rate.clone() };
            let Ok(terms) = terms_of(&conversion, &rate, money("0.5", Currency::Usd), &fee_rate) else { continue };
            prop_assert!(!terms.send.is_zero() && terms.send.amount() <= amount.amount());
            let whole = multiply(amount.amount(), price, funding.decimals(), Rounding::Up).unwrap();
            prop_assert_eq!(terms.total.amount(), whole, "the merchant pays for the amount and nothing more");
            prop_assert_eq!(terms.debit.plus(terms.fee).unwrap(), terms.total);
        }
    }

    #[test]
    fn the_debit_is_never_less_than_the_payout_costs(send in any_money(), mantissa in 1_u64..10_000_000) {
        let price = Decimal::new(i64::try_from(mantissa).unwrap(), 4);
        for funding in Currency::all() {
            let rate = Rate { of: send.currency(), per: funding, price, source: "test".into(), at: DateTime::<Utc>::UNIX_EPOCH };
            let fee_rate = Rate { of: Currency::Usd, ..rate.clone() };
            if let Ok(terms) = terms_of(&conversion(send, funding), &rate, money("0.5", Currency::Usd), &fee_rate) {
                let unit = Decimal::new(1, funding.decimals());
                // Digits finer than the ledger's decimals are cut off, so the difference can be a whole unit.
                prop_assert!(terms.rounding >= Decimal::ZERO && terms.rounding <= unit);
                prop_assert!(terms.total >= terms.debit);
            }
        }
    }
}
