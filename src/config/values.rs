//! The values of settings.

use crate::{
    domain::{
        error::DomainError,
        money::{Money, currency::Currency},
        people::api_key::AddressRanges,
        policy::LONGEST,
        text::is_invisible,
        webhooks::CallbackFormat,
    },
    languages::Language,
    texts::errors::english,
};
use chrono::Duration;
use lettre::message::Mailbox;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// Why the value of a setting is refused. The command line writes it after the value, without its causes.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("it must begin with 'sqlite:' or 'postgres://'")]
    Database,
    #[error("it must look like 'https://refunds.example.com', without a path")]
    PublicUrl,
    #[error("{0}; write for example '90s', '8h' or '30d'")]
    Duration(#[from] humantime::DurationError),
    #[error("it is too long")]
    TooLong(#[from] chrono::OutOfRangeError),
    #[error("it is longer than ten years")]
    LongerThanTenYears,
    #[error("it must be at least 1ms")]
    TooShort,
    #[error("there is no such file")]
    NoSuchFile,
    #[error("it must look like 'https://rates.example.com/v1/{{currency}}'")]
    RatesUrl,
    #[error("it must begin with '/'")]
    JsonPointer,
    #[error("it must be a number such as 0.9")]
    NotANumber(#[from] rust_decimal::Error),
    #[error("it must be between 0 and 100 with at most four decimals")]
    Percent,
    #[error("it has line breaks or invisible characters")]
    InvisibleCharacters,
    #[error("it must be a number from 1 to 65535")]
    Port,
    #[error("there are texts in these languages only: {0}")]
    Language(String),
    #[error("it must have 1 to 64 letters, digits, dots, hyphens or underscores")]
    ServerName,
    #[error("write 'refunds@shop.example' or 'My shop <refunds@shop.example>'")]
    Mailbox(#[from] lettre::address::AddressError),
    /// A rule refuses it.
    #[error("{}", english(.0))]
    Refused(DomainError),
}

pub(super) fn database_url(text: &str) -> Result<String, SettingError> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    if known { Ok(text.to_owned()) } else { Err(SettingError::Database) }
}

pub(super) fn public_url(text: &str) -> Result<String, SettingError> {
    let trimmed = text.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(trimmed.to_owned()),
        _ => Err(SettingError::PublicUrl),
    }
}

pub(super) fn duration(text: &str) -> Result<Duration, SettingError> {
    let parsed = Duration::from_std(humantime::parse_duration(text)?)?;
    if parsed > LONGEST { Err(SettingError::LongerThanTenYears) } else { Ok(parsed) }
}

/// Parses a duration above zero.
pub(super) fn positive_duration(text: &str) -> Result<Duration, SettingError> {
    let parsed = duration(text)?;
    if parsed < Duration::milliseconds(1) { Err(SettingError::TooShort) } else { Ok(parsed) }
}

pub(super) fn existing_file(text: &str) -> Result<PathBuf, SettingError> {
    let path = PathBuf::from(text);
    if path.is_file() { Ok(path) } else { Err(SettingError::NoSuchFile) }
}

pub(super) fn http_url(text: &str) -> Result<String, SettingError> {
    let sample = text.replace("{currency}", "BTC");
    match reqwest::Url::parse(&sample) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(text.to_owned()),
        _ => Err(SettingError::RatesUrl),
    }
}

pub(super) fn json_pointer(text: &str) -> Result<String, SettingError> {
    if text.starts_with('/') { Ok(text.to_owned()) } else { Err(SettingError::JsonPointer) }
}

pub(super) fn language(text: &str) -> Result<Language, SettingError> {
    let known = || Language::all().map(Language::code).collect::<Vec<_>>().join(", ");
    Language::of_code(text).ok_or_else(|| SettingError::Language(known()))
}

pub(super) fn dollars(text: &str) -> Result<Money, SettingError> {
    Money::parse(text, Currency::Usd).map_err(SettingError::Refused)
}

pub(super) fn callback_format(text: &str) -> Result<CallbackFormat, SettingError> {
    CallbackFormat::parse(text).map_err(SettingError::Refused)
}

pub(super) fn address_ranges(text: &str) -> Result<AddressRanges, SettingError> {
    AddressRanges::parse(text).map_err(SettingError::Refused)
}

pub(super) fn percent(text: &str) -> Result<Decimal, SettingError> {
    let percent = Decimal::from_str_exact(text)?;
    if percent >= Decimal::ZERO && percent < Decimal::ONE_HUNDRED && percent.scale() <= 4 {
        Ok(percent.normalize())
    } else {
        Err(SettingError::Percent)
    }
}

/// Parses a sender: an address, or a name with an address in angle brackets.
pub fn mailbox(text: &str) -> Result<Mailbox, SettingError> {
    if text.chars().any(is_invisible) {
        return Err(SettingError::InvisibleCharacters);
    }
    Ok(text.parse()?)
}

pub(super) fn port(text: &str) -> Result<u16, SettingError> {
    text.trim().parse().ok().filter(|port| *port != 0).ok_or(SettingError::Port)
}

pub(super) fn server_name(text: &str) -> Result<String, SettingError> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let fits = (1..=64).contains(&text.len()) && text.chars().all(plain);
    if fits { Ok(text.to_owned()) } else { Err(SettingError::ServerName) }
}
