//! Ranges of days that a list is filtered by: a period that moves with the calendar, or from one day to another.

use super::{
    days::day,
    session::SignedIn,
    zone::{Zone, ZoneSource},
};
use crate::{domain::names::Named, languages::Language, state::Requite, texts::titles::Title};
use axum::http::HeaderMap;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use strum::{IntoStaticStr, VariantArray};

/// The last year that is written with four digits.
const YEAR_MAX: i32 = 9999;

/// A period whose days depend on today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the URLs of lists.
pub enum Period {
    #[strum(serialize = "today")]
    Today,
    /// Today is one of them.
    #[strum(serialize = "last_7_days")]
    LastSevenDays,
    #[strum(serialize = "last_30_days")]
    LastThirtyDays,
    #[strum(serialize = "this_month")]
    ThisMonth,
    #[strum(serialize = "last_month")]
    LastMonth,
}

impl Period {
    /// The first and the last day.
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let before = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let first_of_month = today.with_day(1).unwrap_or(today);
        match self {
            Self::Today => (today, today),
            Self::LastSevenDays => (before(6), today),
            Self::LastThirtyDays => (before(29), today),
            Self::ThisMonth => (first_of_month, today),
            Self::LastMonth => {
                let first = first_of_month.checked_sub_months(Months::new(1)).unwrap_or(first_of_month);
                (first, first_of_month.checked_sub_days(Days::new(1)).unwrap_or(first_of_month))
            }
        }
    }
}

impl Title for Period {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Today => "lists-today",
            Self::LastSevenDays => "lists-last-seven-days",
            Self::LastThirtyDays => "lists-last-thirty-days",
            Self::ThisMonth => "lists-this-month",
            Self::LastMonth => "lists-last-month",
        })
    }
}

/// When and in which time zone a list is read, which decides what its days are.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    pub now: DateTime<Utc>,
    pub zone: Zone,
    pub zone_source: ZoneSource,
}

impl Calendar {
    /// That of whoever sent a request.
    pub fn new(requite: &Requite, headers: &HeaderMap, signed_in: Option<&SignedIn>) -> Self {
        let (zone, zone_source) = Zone::of_request(requite, headers, signed_in);
        Self { now: requite.context().now, zone, zone_source }
    }

    /// The earliest and the latest time that a list shows, both inclusive. If there are a period and days, both hold.
    pub fn range(&self, period: &str, from: &str, to: &str) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let period = Period::parse(period).map(|period| period.days(self.zone.day_of(self.now)));
        let first = [period.map(|(first, _)| first), day(from)].into_iter().flatten().max();
        let last = [period.map(|(_, last)| last), day(to)].into_iter().flatten().min();
        let end = last.and_then(|day| self.zone.end_of(day));
        // A year of five digits is not in the order of SQLite's texts, and nothing happens after it.
        (first.map(|day| self.zone.start_of(day)), end.filter(|at| at.year() <= YEAR_MAX))
    }
}
