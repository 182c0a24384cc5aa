//! The currency of the books: in which statements show what movements were worth. It is chosen by the merchant and counts by
//! month, so that each statement has one.

use super::month::Month;
use crate::domain::{
    error::{DomainError, ErrorCode},
    money::{currency::Currency, fiat::FiatCurrency},
};
use std::collections::BTreeMap;

/// The currency of months before another one was chosen. The limits of policies are in it too.
pub const DEFAULT: Currency = Currency::Usd;

/// The currencies of a merchant's books, by the month from which each counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseCurrencies(BTreeMap<Month, Currency>);

impl HouseCurrencies {
    /// The currency of a month.
    pub fn of(&self, month: Month) -> Currency {
        self.0.range(..=month).next_back().map_or(DEFAULT, |(_, currency)| *currency)
    }

    /// The first one that counts only after this month.
    pub fn after(&self, month: Month) -> Option<(Month, Currency)> {
        self.0.range(month.following()..).next().map(|(since, currency)| (*since, *currency))
    }
}

impl FromIterator<(Month, Currency)> for HouseCurrencies {
    fn from_iter<I: IntoIterator<Item = (Month, Currency)>>(since: I) -> Self {
        Self(since.into_iter().collect())
    }
}

/// The currencies that books can be in: those of the world. Coins are held, and books are not in them.
pub fn choices() -> impl Iterator<Item = Currency> {
    [Currency::Usd, Currency::Eur].into_iter().chain(FiatCurrency::all().map(Currency::Fiat))
}

/// Parses the code of a currency that books can be in.
pub fn parse(code: &str) -> Result<Currency, DomainError> {
    choices()
        .find(|currency| currency.code() == code)
        .ok_or_else(|| DomainError::new(ErrorCode::CurrencyUnknown, "error-books-currency"))
}

/// The month from which another currency can count, so that no month has two: the current one if nothing was booked in it.
pub fn countable_from(current: Month, last_booked: Option<Month>) -> Month {
    match last_booked {
        Some(booked) if booked >= current => booked.following(),
        Some(_) | None => current,
    }
}
