//! The names of currencies.

use crate::{domain::money::currency::Currency, languages::Language};

/// What the ids of the names of the world's currencies begin with, before their codes.
pub const CURRENCY: &str = "currency-";

/// What a currency is called. Coins are called alike in every language.
pub fn of_currency(language: Language, currency: Currency) -> String {
    match currency {
        Currency::Fiat(fiat) => language.text(&format!("{CURRENCY}{}", fiat.code())),
        coin => coin.coin().to_owned(),
    }
}
