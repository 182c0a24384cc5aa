//! Amounts in the reader's way, and plain ones for programs.

use super::german;
use crate::support::money;
use requite::{
    domain::{
        error::{DomainError, ErrorCode, ErrorText, TextValue},
        money::currency::Currency::{Eth, Usd},
    },
    languages::Language,
    texts::{amounts, errors, facts},
};
use rust_decimal::Decimal;
use serde_json::json;

#[test]
fn amounts_rates_and_percentages_have_the_marks_of_the_language() {
    let both = |write: &dyn Fn(Language) -> String| [Language::english(), german()].map(write);
    let dollars = money("12000.50", Usd);
    assert_eq!(both(&|language| amounts::in_coin(language, dollars)), ["12,000.50 USDC", "12.000,50 USDC"]);
    assert_eq!(both(&|language| amounts::in_currency(language, dollars)), ["12,000.50 USD", "12.000,50 USD"]);
    // Nothing is rounded here.
    let ether = money("0.123456789012345678", Eth);
    assert_eq!(amounts::in_coin(german(), ether), "0,123456789012345678 ETH");
    let price = Decimal::new(371_125, 2);
    assert_eq!(
        both(&|language| amounts::rate(language, "ETH", price, "USD")),
        ["1 ETH = 3,711.25 USD", "1 ETH = 3.711,25 USD"]
    );
    assert_eq!(both(&|language| amounts::percent(language, Decimal::new(150, 2))), ["1.5 %", "1,5 %"]);
    let stored = "12000.50 USDC, 3 ETH, 7 units of EURC, nothing";
    assert_eq!(amounts::stored(german(), stored), "12.000,50 USDC, 3 ETH, 7 units of EURC, nothing");
}

/// The values of errors are written by whoever shows them. Programs read plain numbers.
#[test]
fn the_amount_of_an_error_is_written_for_its_reader() {
    let left = TextValue::amount(money("12000.5", Usd).with_coin_symbol());
    let error = DomainError::new(ErrorCode::AmountExceedsRefundable, "error-amount-above-left").with("left", left);
    assert_eq!(errors::sentence(Language::english(), &error), "Only 12,000.50 USDC is left to refund.");
    assert_eq!(errors::sentence(german(), &error), "Nur 12.000,50 USDC können noch erstattet werden.");
    assert_eq!(errors::english(&error), "Only 12000.50 USDC is left to refund.");
    // It is the same after it was stored, also as a part of another text.
    let stored = ErrorText::sentences([error.message.clone(), ErrorText::plain("Why.")]).stored();
    assert_eq!(errors::stored(german(), &stored), "Nur 12.000,50 USDC können noch erstattet werden. Why.");
    assert_eq!(errors::english_stored(&stored), "Only 12000.50 USDC is left to refund. Why.");
}

#[test]
fn amounts_of_the_audit_log_are_told_in_the_language() {
    let value = |action: &str, name: &str, value: &str| {
        let detail = json!({ name: value });
        facts::of_entry(german(), action, &detail).remove(0).value
    };
    assert_eq!(value("refund.created", "amount", "12000.50"), "12.000,50");
    assert_eq!(value("policy.changed", "currency_limits", "0.5 BTC\n1000 ETH"), "0,5 BTC\n1.000 ETH");
    assert_eq!(value("transfer.fee_raised", "from", "1.5 gwei"), "1,5 gwei");
    assert_eq!(value("ledger.month_closed", "USD", "1000.00"), "1.000,00");
    assert_eq!(value("ledger.minimum_balances_changed", "after", "12000.50 USD"), "12.000,50 USD");
    // What only looks like an amount is not one.
    assert_eq!(value("refund.created", "orderNumber", "1000"), "1000");
    assert_eq!(value("user.role_changed", "from", "1.5"), "1.5");
}
