//! Times as text.

use crate::languages::Language;
use chrono::{DateTime, Datelike, SecondsFormat, Utc};

/// A time for people: `23 Nov 2026, 08:15 UTC`.
pub fn text(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// The same to the second: `23 Nov 2026, 08:15:42 UTC`.
pub fn text_with_seconds(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M:%S UTC").to_string()
}

/// A time in a language, to the minute or to the second: `23. Nov. 2026, 08:15 UTC`.
pub fn in_language(language: Language, at: DateTime<Utc>, seconds: bool) -> String {
    let time = at.format(if seconds { "%H:%M:%S" } else { "%H:%M" }).to_string();
    let month = language.with("date-month", [("number", at.month())]);
    let (day, year) = (at.day().to_string(), at.year().to_string());
    language.with("date-time", [("day", day), ("month", month), ("year", year), ("time", time)])
}

/// A time for programs.
pub fn iso_8601(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
