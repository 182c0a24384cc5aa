//! Amounts, rates and percentages in the reader's way. Whatever people read of them is written here; what programs read, files and
//! what is copied have plain numbers (`Money::number`). Every digit is kept: only lists and tiles cut numbers off
//! (`ui/components/amount.rs`).

use crate::{
    domain::{
        error::DomainError,
        money::{Money, number_format::NumberFormat},
    },
    languages::Language,
};
use rust_decimal::Decimal;

/// How the language writes numbers.
pub fn format_of(language: Language) -> NumberFormat {
    NumberFormat::of(&language.text("components-decimal"), &language.text("components-thousands"))
}

/// A plain number, such as `-12000.50`.
pub fn number(language: Language, plain: &str) -> String {
    format_of(language).write(plain)
}

/// An amount with the coin's symbol, as wallets show it: `12,000.50 USDC`.
pub fn in_coin(language: Language, money: Money) -> String {
    format!("{} {}", number(language, &money.number()), money.currency().coin_symbol())
}

/// An amount with the code of its currency: `12,000.50 USD`.
pub fn in_currency(language: Language, money: Money) -> String {
    format!("{} {}", number(language, &money.number()), money.currency())
}

/// Plain numbers with their units, as they are stored with a text: `12000.50 USDC, 3 ETH`. What has another form stays as it is.
pub fn stored(language: Language, plain: &str) -> String {
    plain.split(", ").map(|amount| with_unit(language, amount)).collect::<Vec<_>>().join(", ")
}

fn with_unit(language: Language, plain: &str) -> String {
    let amount = plain.split(' ').next().unwrap_or_default();
    match plain.strip_prefix(amount) {
        Some(unit) if Decimal::from_str_exact(amount).is_ok() => number(language, amount) + unit,
        _ => plain.to_owned(),
    }
}

/// What one unit costs: `1 ETH = 3,711.25 USD`.
pub fn rate(language: Language, of: &str, price: Decimal, per: &str) -> String {
    format!("1 {of} = {} {per}", number(language, &price.to_string()))
}

/// A percentage, with all decimals that it has.
pub fn percent(language: Language, percent: Decimal) -> String {
    format!("{} %", number(language, &percent.normalize().to_string()))
}

/// The plain number that was typed into a form on a page in the language.
pub fn read(language: Language, typed: &str) -> Result<String, DomainError> {
    format_of(language).read(typed)
}
