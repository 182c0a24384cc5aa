//! The names of currencies, and of what says their rates.

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

/// Where a rate comes from, by its name in the database. That of a service is its host, which is the same in every language.
pub fn of_rate_source(language: Language, source: &str) -> String {
    language.text(match source {
        "sandbox table" => "rate-source-sandbox",
        "rates file" => "rate-source-file",
        "rates service" => "rate-source-service",
        "same currency" => "rate-source-same-currency",
        "no source" => "rate-source-none",
        host => return host.to_owned(),
    })
}
