//! Days, months and times as browsers send them. Months and times are in UTC; in which time zone a day begins is decided by who
//! reads it.

use crate::domain::reports::month::Month;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// The query of a page about one day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayQuery {
    /// As `2026-11-23`.
    pub day: String,
}

impl DayQuery {
    /// The day; today if the query has none or an invalid one.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        day(&self.day).unwrap_or_else(|| now.date_naive())
    }
}

/// The query of a list of months, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthsQuery {
    /// The newest month that is listed, as `2026-11`.
    pub until: String,
}

impl MonthsQuery {
    /// The list up to this month.
    pub fn until(month: Month) -> Self {
        Self { until: month.to_string() }
    }

    /// The newest month; `None` if the query has none or an invalid one.
    pub fn newest(&self) -> Option<Month> {
        Month::parse(&self.until)
    }

    /// The URL of the list, or of its file where `path` is the path of that.
    pub fn address(&self, path: &str) -> String {
        format!("{path}?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }
}

/// A day as `2026-11-23`.
pub fn day(text: &str) -> Option<NaiveDate> {
    // Exactly ten characters, which excludes years that a database cannot store.
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|_| text.trim().len() == 10)
}

/// A time as `2026-11-23T08:15`, with or without seconds, or the first moment of a day.
pub fn time(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.trim().split_once('T').unwrap_or((text, "00:00"));
    let time =
        NaiveTime::parse_from_str(time, "%H:%M").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S")).ok()?;
    Some(day(date)?.and_time(time).and_utc())
}
