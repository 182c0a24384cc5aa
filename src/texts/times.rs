//! Times in texts. The server writes them in UTC.

use crate::languages::Language;
use chrono::{DateTime, Datelike, Utc};

/// A time in a language, to the minute or to the second: `23. Nov. 2026, 08:15 UTC`.
pub fn in_language(language: Language, at: DateTime<Utc>, seconds: bool) -> String {
    let time = at.format(if seconds { "%H:%M:%S" } else { "%H:%M" }).to_string();
    let month = language.with("date-month", [("number", at.month())]);
    let (day, year) = (at.day().to_string(), at.year().to_string());
    language.with("date-time", [("day", day), ("month", month), ("year", year), ("time", time)])
}
