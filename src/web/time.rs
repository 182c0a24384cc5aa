//! Times as text.

use chrono::{DateTime, SecondsFormat, Utc};

pub use crate::texts::times::in_language;

/// A time for people: `23 Nov 2026, 08:15 UTC`.
pub fn text(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// The same to the second: `23 Nov 2026, 08:15:42 UTC`.
pub fn text_with_seconds(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M:%S UTC").to_string()
}

/// A time for programs.
pub fn iso_8601(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
