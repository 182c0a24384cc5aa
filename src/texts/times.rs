//! Times in texts. The server writes them in UTC; a page shows them in the time zone of its reader.

use crate::languages::Language;
use chrono::{DateTime, Datelike, Utc};

/// A time in a language, to the minute or to the second: `23. Nov. 2026, 08:15 UTC`.
pub fn in_language(language: Language, at: DateTime<Utc>, seconds: bool) -> String {
    let time = at.format(if seconds { "%H:%M:%S" } else { "%H:%M" }).to_string();
    let month = language.with("date-month", [("number", at.month())]);
    let (day, year) = (at.day().to_string(), at.year().to_string());
    language.with("date-time", [("day", day), ("month", month), ("year", year), ("time", time)])
}

/// A sentence that may name a time. A page shows the time as an element, which a script rewrites for the reader; where there is
/// no script, as in the API and on the command line, it is in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedSentence {
    /// What is before the time; the whole sentence if it names none.
    pub before: String,
    pub at: Option<DateTime<Utc>>,
    pub after: String,
}

impl TimedSentence {
    /// The text with this id, in which the time has this name.
    pub fn new(language: Language, id: &str, name: &str, at: DateTime<Utc>) -> Self {
        let (before, after) = language.around(id, name);
        Self { before, at: Some(at), after }
    }

    pub fn in_utc(&self, language: Language) -> String {
        let time = self.at.map(|at| in_language(language, at, false)).unwrap_or_default();
        format!("{}{time}{}", self.before, self.after)
    }
}

/// A sentence without a time.
impl From<String> for TimedSentence {
    fn from(text: String) -> Self {
        Self { before: text, at: None, after: String::new() }
    }
}
