//! Exact amounts.

use proptest::prelude::*;
use requite::domain::{
    error::ErrorCode,
    money::{LIMIT, Money, currency::Currency, fiat::FiatCurrency},
    names::Named,
};
use rust_decimal::Decimal;
use strum::VariantArray;

fn parsed(text: &str, currency: Currency) -> Result<String, ErrorCode> {
    Money::parse(text, currency).map(|money| money.number()).map_err(|error| error.code)
}

/// Only a price can be in another currency of the world: no balance, payment or refund can.
#[test]
fn a_currency_of_the_world_is_no_coin() {
    let all: Vec<_> = FiatCurrency::all().collect();
    assert!(all.is_sorted() && all.len() > 150, "by code, and each once");
    for fiat in all {
        let code = fiat.code();
        assert!(code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
        assert!(Currency::parse(code).is_err(), "{code}");
        let currency = Currency::parse_of_price(code).unwrap();
        assert_eq!((currency, currency.code()), (Currency::Fiat(fiat), code));
        assert!(!Currency::all().any(|coin| coin == currency), "{code}");
    }
    for coin in Currency::all() {
        assert_eq!(Currency::parse_of_price(coin.code()), Ok(coin));
    }
}

#[test]
fn amounts_are_parsed_as_people_write_them() {
    for (text, currency, expected) in [
        ("12.50", Currency::Usd, Ok("12.50")),
        (" 12.5 ", Currency::Usd, Ok("12.50")),
        ("0", Currency::Usd, Ok("0.00")),
        ("007", Currency::Btc, Ok("7")),
        ("0.000000000000000001", Currency::Eth, Ok("0.000000000000000001")),
        ("0.100000000000000000", Currency::Usd, Ok("0.10")),
        ("9999999999.999999999999999999", Currency::Eth, Ok("9999999999.999999999999999999")),
        ("10000000000", Currency::Eth, Err(ErrorCode::AmountTooLarge)),
        ("1000000000000000000000000000000", Currency::Usd, Err(ErrorCode::AmountTooLarge)),
        ("0.0000001", Currency::Usd, Err(ErrorCode::AmountTooPrecise)),
        ("0.000000001", Currency::Btc, Err(ErrorCode::AmountTooPrecise)),
        ("0.0000000000000000001", Currency::Eth, Err(ErrorCode::AmountTooPrecise)),
        ("-1", Currency::Usd, Err(ErrorCode::AmountNotPositive)),
        ("", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        (".5", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("5.", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("+5", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("1e3", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("1,50", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("1_000", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("1.2.3", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("٣", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("--1", Currency::Usd, Err(ErrorCode::AmountMalformed)),
        ("NaN", Currency::Usd, Err(ErrorCode::AmountMalformed)),
    ] {
        assert_eq!(parsed(text, currency), expected.map(str::to_owned), "{text:?} {currency}");
    }
}

#[test]
fn currencies_are_never_mixed() {
    let (one, other) = (Money::parse("1", Currency::Usd).unwrap(), Money::parse("1", Currency::Eur).unwrap());
    assert_eq!(one.plus(other).unwrap_err().code, ErrorCode::CurrencyMismatch);
    assert_eq!(one.minus(other).unwrap_err().code, ErrorCode::CurrencyMismatch);
    assert_eq!(one.partial_cmp(&other), None);
}

/// Any amount of any currency.
pub fn any_money() -> impl Strategy<Value = Money> {
    (prop::sample::select(Currency::VARIANTS), 0_u64..10_000_000_000, 0_u64..1_000_000_000_000_000_000).prop_map(
        |(currency, whole, fraction)| {
            let places = usize::try_from(currency.decimals()).unwrap();
            let fraction: String = format!("{fraction:018}").chars().take(places).collect();
            Money::parse(&format!("{whole}.{fraction}"), currency).unwrap()
        },
    )
}

proptest! {
    #[test]
    fn a_printed_amount_parses_back(money in any_money()) {
        prop_assert_eq!(Money::parse(&money.number(), money.currency()).unwrap(), money);
        prop_assert_eq!(Money::parse(&money.number_with_all_decimals(), money.currency()).unwrap(), money);
    }

    #[test]
    fn parsing_never_panics_and_accepts_only_plain_decimals(text in ".{0,40}") {
        for currency in Currency::all() {
            if let Ok(money) = Money::parse(&text, currency) {
                prop_assert!(text.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
                prop_assert!(money.amount() >= Decimal::ZERO && money.amount() < LIMIT);
                prop_assert!(money.amount().scale() <= currency.decimals());
            }
        }
    }

    #[test]
    fn addition_and_subtraction_are_exact(one in any_money(), other in any_money()) {
        let other = Money::new(other.amount().trunc(), one.currency()).unwrap();
        match one.plus(other) {
            Ok(sum) => {
                prop_assert_eq!(sum.minus(other).unwrap(), one);
                prop_assert_eq!(sum.minus(one).unwrap(), other);
            }
            Err(error) => prop_assert_eq!(error.code, ErrorCode::AmountTooLarge),
        }
        if other.amount() > one.amount() {
            prop_assert_eq!(one.minus(other).unwrap_err().code, ErrorCode::AmountNotPositive);
        }
    }

    #[test]
    fn a_share_is_never_more_than_the_whole(money in any_money(), percent in 0_u32..200) {
        let share = money.percent(percent);
        prop_assert!(share <= money);
        prop_assert!(share.amount().scale() <= money.currency().decimals());
        if percent >= 100 {
            prop_assert_eq!(share, money);
        }
    }
}
