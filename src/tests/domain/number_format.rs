//! How numbers are written in a language, and what people type.

use proptest::prelude::*;
use requite::domain::{
    error::ErrorCode,
    money::{Money, currency::Currency, number_format::NumberFormat},
};
use rust_decimal::Decimal;

const ENGLISH: NumberFormat = NumberFormat { decimal: '.', thousands: ',' };
const GERMAN: NumberFormat = NumberFormat { decimal: ',', thousands: '.' };

fn read(format: NumberFormat, typed: &str) -> Result<String, ErrorCode> {
    format.read(typed).map_err(|error| {
        assert_eq!(error.message.id(), "error-amount-ambiguous", "{typed}");
        error.code
    })
}

#[test]
fn thousands_are_set_apart_and_no_digit_is_lost() {
    for (plain, english, german) in [
        ("0", "0", "0"),
        ("0.00", "0.00", "0,00"),
        ("999", "999", "999"),
        ("1000", "1,000", "1.000"),
        ("12000.50", "12,000.50", "12.000,50"),
        ("-12000.50", "-12,000.50", "-12.000,50"),
        ("-100", "-100", "-100"),
        ("9999999999.999999999999999999", "9,999,999,999.999999999999999999", "9.999.999.999,999999999999999999"),
    ] {
        assert_eq!((ENGLISH.write(plain).as_str(), GERMAN.write(plain).as_str()), (english, german));
    }
    assert_eq!(NumberFormat::of(",", "."), GERMAN);
}

#[test]
fn a_comma_is_read_as_the_page_has_it() {
    for (typed, english, german) in [
        ("12.50", "12.50", "12.50"),
        (" 12.50 ", "12.50", "12.50"),
        ("1500", "1500", "1500"),
        ("0.125", "0.125", "0.125"),
        ("0.000000000000000001", "0.000000000000000001", "0.000000000000000001"),
        ("1500.125", "1500.125", "1500.125"),
    ] {
        assert_eq!(read(ENGLISH, typed), Ok(english.to_owned()), "{typed}");
        assert_eq!(read(GERMAN, typed), Ok(german.to_owned()), "{typed}");
    }
    for (typed, plain) in [
        ("12,50", "12.50"),
        ("0,125", "0.125"),
        ("1,1250", "1.1250"),
        ("1500,125", "1500.125"),
        ("12.000,50", "12000.50"),
        ("1.234.567,890", "1234567.890"),
        ("-12,50", "-12.50"),
    ] {
        assert_eq!(read(GERMAN, typed), Ok(plain.to_owned()), "{typed}");
    }
    // In English a point has always been the mark of decimals.
    for (typed, plain) in [("1.500", "1.500"), ("12,000.50", "12000.50"), ("1,234,567.890", "1234567.890")] {
        assert_eq!(read(ENGLISH, typed), Ok(plain.to_owned()), "{typed}");
    }
}

/// A thousandth of an amount is not refunded because somebody grouped digits in another way.
#[test]
fn what_could_be_thousands_or_decimals_is_refused() {
    for typed in ["1,500", "12,345", "999,000", "1,234,567"] {
        assert_eq!(read(GERMAN, typed), Err(ErrorCode::AmountMalformed), "{typed}");
        assert_eq!(read(ENGLISH, typed), Err(ErrorCode::AmountMalformed), "{typed}");
    }
    for typed in ["1.500", "12.345", "1.234.567"] {
        assert_eq!(read(GERMAN, typed), Err(ErrorCode::AmountMalformed), "{typed}");
    }
}

/// What is no number stays as it was typed, so that the form shows it again, and whoever parses it refuses it.
#[test]
fn another_text_is_left_to_whoever_parses_it() {
    for typed in ["", "abc", "1,2,3", "12.5,0", "1.2.3", "12,000.50 USDC", "1e3", ",5", "5,", "12,50€", "1'500"] {
        for format in [ENGLISH, GERMAN] {
            let plain = read(format, typed).unwrap();
            assert_eq!(plain, typed);
            assert!(Money::parse(&plain, Currency::Eth).is_err(), "{typed}");
        }
    }
    assert_eq!(read(GERMAN, "12,000.50"), Ok("12,000.50".to_owned()), "marks of another language");
    assert_eq!(read(ENGLISH, "12.000,50"), Ok("12.000,50".to_owned()));
}

proptest! {
    #[test]
    fn what_an_input_shows_is_read_as_the_same_amount(units in 0_i64..10_000_000_000, scale in 0_u32..=8) {
        let money = Money::new(Decimal::new(units, scale), Currency::Eth).unwrap();
        for format in [ENGLISH, GERMAN] {
            let typed = format.write_to_type(&money.number());
            let read = format.read(&typed).unwrap();
            prop_assert_eq!(Money::parse(&read, Currency::Eth).unwrap(), money, "{}", typed);
        }
    }
}

#[test]
fn an_input_shows_what_cannot_be_misread() {
    for (plain, german) in
        [("1.125", "1,1250"), ("12.50", "12,50"), ("0.125", "0,125"), ("1500", "1500"), ("abc", "abc")]
    {
        assert_eq!(GERMAN.write_to_type(plain), german);
        assert_eq!(ENGLISH.write_to_type(plain), plain);
    }
}
