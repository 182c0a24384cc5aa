//! The filters of each list as typed, their conversion to the filters of the store, and the columns that can be chosen.

pub mod api_log;
pub mod audit;
pub mod balance_entries;
pub mod customers;
pub mod deliveries;
pub mod intents;
pub mod mails;
pub mod movements;
pub mod refunds;
pub mod unsupported_funds;

use super::{
    days::day,
    list_query::{BY_TIME, ListQuery, Unfiltered},
    periods::Period,
};
use crate::domain::{
    money::{Money, currency::Currency, number_format::NumberFormat},
    names::Named,
};
use rust_decimal::Decimal;

/// The orders of lists that are sorted by an amount.
const BY_AMOUNT: &[&str] = &["largest", "smallest"];

/// The query of a list without filters.
pub type PageQuery = ListQuery<Unfiltered>;

/// A period, for [`wrong_fields`].
fn wrong_period(period: &str) -> (&'static str, &str, bool) {
    ("lists-field-period", period, Period::parse(period).is_some())
}

/// The days of a range, for [`wrong_fields`].
fn wrong_days<'a>(from: &'a str, to: &'a str) -> [(&'static str, &'a str, bool); 2] {
    [("lists-field-from", from, day(from).is_some()), ("lists-field-to", to, day(to).is_some())]
}

/// Whether a period or a range of days narrows a list, where what cannot be read does not.
fn has_range(period: &str, from: &str, to: &str) -> bool {
    Period::parse(period).is_some() || day(from).is_some() || day(to).is_some()
}

/// The ids of the names of filled-in fields that cannot be parsed.
fn wrong_fields<const N: usize>(fields: [(&'static str, &str, bool); N]) -> Vec<&'static str> {
    let wrong = fields.into_iter().filter(|(_, text, understood)| !text.trim().is_empty() && !understood);
    wrong.map(|(name, ..)| name).collect()
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn by_amount(sort: &str) -> bool {
    BY_AMOUNT.contains(&sort)
}

/// An amount as typed, by the last mark in it: an address means the same to readers of every language.
fn amount(text: &str) -> Option<Decimal> {
    let (decimal, thousands) = if text.rfind(',') > text.rfind('.') { (',', '.') } else { ('.', ',') };
    let plain = NumberFormat { decimal, thousands }.read(text).ok()?;
    // Parsed with the decimals of the most precise currency, since the amount is only compared.
    Money::parse(&plain, Currency::Eth).ok().map(|money| money.amount())
}
