//! Calendar months in UTC, by which the ledger is stated and closed.

use crate::domain::error::{DomainError, ErrorCode, ErrorText, TextValue};
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, NaiveTime, Utc};
use std::fmt;

/// How long after its end a month can be closed. Until then, what began before its end has been booked, the clocks of all
/// servers have passed it, and the rates of its last movements are kept.
const CLOSABLE_AFTER: Duration = Duration::hours(1);

/// A month: from its first moment in UTC until before the first moment of the next one. Its content is its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a time.
    pub fn of(time: DateTime<Utc>) -> Self {
        let day = time.date_naive();
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Parses a month as `2026-11`.
    pub fn parse(text: &str) -> Option<Self> {
        // Exactly four digits for the year, which excludes years that a database cannot store.
        let (year, month) = text.split_once('-')?;
        let are_digits =
            |part: &str, number: usize| part.len() == number && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(year, 4) || !are_digits(month, 2) {
            return None;
        }
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).map(Self)
    }

    /// Its first moment.
    pub fn start(self) -> DateTime<Utc> {
        self.0.and_time(NaiveTime::MIN).and_utc()
    }

    /// The first moment after it.
    pub fn end(self) -> DateTime<Utc> {
        self.following().start()
    }

    #[must_use]
    pub fn following(self) -> Self {
        self.ahead(1)
    }

    /// The month a number of months later.
    #[must_use]
    pub fn ahead(self, months: u32) -> Self {
        self.0.checked_add_months(Months::new(months)).map_or(self, Self)
    }

    /// The month a number of months earlier.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        self.0.checked_sub_months(Months::new(months)).map_or(self, Self)
    }

    /// Its name, such as `November 2026`.
    pub fn title(self) -> String {
        self.0.format("%B %Y").to_string()
    }

    /// The same in an error.
    pub fn text_value(self) -> TextValue {
        TextValue::month(self.start())
    }

    /// Since when it can be closed.
    pub fn closable_from(self) -> DateTime<Utc> {
        self.end() + CLOSABLE_AFTER
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// The month that is closed next: months are closed one after another, so that each opens with what the one before closed
/// with. `None` before anything was booked.
pub fn next_to_close(closed_until: Option<DateTime<Utc>>, first_booking: Option<DateTime<Utc>>) -> Option<Month> {
    closed_until.or(first_booking).map(Month::of)
}

/// Rejects a month that cannot be closed now; `next` is the one that is closed next.
pub fn require_closable(month: Month, next: Option<Month>, now: DateTime<Utc>) -> Result<(), DomainError> {
    let refuse = |message: ErrorText| Err(DomainError::new(ErrorCode::MonthNotClosable, message));
    match next {
        None => refuse("error-no-month-to-close".into()),
        Some(next) if month < next => {
            refuse(ErrorText::new("error-month-closed-already").with("month", month.text_value()))
        }
        Some(next) if month > next => {
            let text = ErrorText::new("error-month-out-of-turn");
            refuse(text.with("next", next.text_value()).with("month", month.text_value()))
        }
        Some(_) if now < month.closable_from() => {
            let from = month.closable_from();
            let text = ErrorText::new("error-month-not-over").with("month", month.text_value());
            refuse(text.with("day", TextValue::day(from)).with("time", from.format("%H:%M").to_string()))
        }
        Some(_) => Ok(()),
    }
}
