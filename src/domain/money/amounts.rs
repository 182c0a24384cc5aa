//! Amounts of several currencies, at most one of each, as people type them: one a line, such as `0.5 BTC`.

use super::{Money, currency::Currency};
use crate::domain::error::{DomainError, ErrorCode, Field};
use std::{collections::BTreeMap, fmt::Write};

/// The amounts by their currencies.
pub type Amounts = BTreeMap<Currency, Money>;

/// Parses the amounts that were typed into a field. None of them is zero.
pub fn parse(text: &str, field: Field) -> Result<Amounts, DomainError> {
    let on_field = |error: DomainError| error.on(field);
    let mut amounts = Amounts::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((amount, code)) = line.split_once(char::is_whitespace) else {
            return Err(on_field(DomainError::new(ErrorCode::TextInvalid, "error-currency-limit")));
        };
        let currency = Currency::parse(code.trim()).map_err(on_field)?;
        let amount = Money::parse_positive(amount, currency).map_err(on_field)?;
        if amounts.insert(currency, amount).is_some() {
            let error = DomainError::new(ErrorCode::TextInvalid, "error-currency-limit-twice");
            return Err(on_field(error.with("currency", currency.code())));
        }
    }
    Ok(amounts)
}

/// Changes the number of each line, such as from the way in which a language writes it.
pub fn map_numbers(text: &str, change: impl Fn(&str) -> Result<String, DomainError>) -> Result<String, DomainError> {
    let line = |line: &str| {
        let (amount, currency) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        change(amount).map(|amount| format!("{amount} {currency}").trim_end().to_owned())
    };
    let lines: Result<Vec<_>, _> = text.lines().map(str::trim).map(line).collect();
    Ok(lines?.join("\n"))
}

/// Formats amounts; parsing the result gives the same amounts.
pub fn text(amounts: &Amounts) -> String {
    let mut text = String::new();
    for amount in amounts.values() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{amount}");
    }
    text.truncate(text.trim_end().len());
    text
}
