//! Days and months in texts.

use crate::{domain::reports::month::Month, languages::Language};
use chrono::{Datelike, NaiveDate};

/// A month: `November 2026`.
pub fn of_month(language: Language, month: Month) -> String {
    month_and_year(language, month.start().date_naive())
}

/// A day: `24 November 2026`.
pub fn of_day(language: Language, day: NaiveDate) -> String {
    language.with("date-day", [("day", day.day().to_string()), ("month", month_and_year(language, day))])
}

/// A day of a year that is known: `24 Nov`.
pub fn of_day_in_year(language: Language, day: NaiveDate) -> String {
    let month = language.with("date-month", [("number", day.month())]);
    language.with("date-day-in-year", [("day", day.day().to_string()), ("month", month)])
}

/// The month of a day.
pub(super) fn month_and_year(language: Language, day: NaiveDate) -> String {
    let month = language.with("date-month-in-full", [("number", day.month())]);
    language.with("date-month-and-year", [("month", month), ("year", day.year().to_string())])
}
