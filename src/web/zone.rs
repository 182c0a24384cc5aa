//! The time zone of a reader, stored in a cookie. The days that they filter by begin in it; without a choice, in that of the
//! server's settings.

use super::cookies;
use crate::state::Requite;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::{fmt, time::Duration as StdDuration};

const COOKIE: &str = "requite_zone";
const LIFETIME: StdDuration = StdDuration::from_secs(365 * 24 * 60 * 60);
/// The first parts of the names that people know. The others are of the past, or are offsets without a place.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];
/// The longest time by which clocks were ever moved forward: a day that a country skipped.
const LONGEST_GAP_HOURS: i64 = 26;

/// A time zone with its history, such as `Europe/Berlin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

impl Zone {
    /// The zone with exactly this name in the IANA database.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The zones that are offered, UTC first and then by name.
    pub fn offered() -> impl Iterator<Item = Self> {
        let of_places =
            TZ_VARIANTS.iter().copied().filter(|zone| REGIONS.iter().any(|region| zone.name().starts_with(region)));
        std::iter::once(Self::default()).chain(of_places.map(Self))
    }

    /// The zone in the cookie of a request; the server's setting without one.
    pub fn of_request(requite: &Requite, headers: &HeaderMap) -> Self {
        let chosen = cookies::read(headers, COOKIE).and_then(|name| Self::parse(&name));
        chosen.unwrap_or(Self(requite.settings.time_zone))
    }

    /// The cookie that stores the zone.
    pub fn cookie(self) -> Cookie<'static> {
        cookies::cookie(COOKIE, self.name(), LIFETIME)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The day that it is there at this time.
    pub fn day_of(self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.0).date_naive()
    }

    /// The first moment of a day. Some days begin later than at midnight, because clocks are moved then.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        let mut times = (0..=LONGEST_GAP_HOURS).filter_map(|hours| midnight.checked_add_signed(Duration::hours(hours)));
        let first = times.find_map(|time| self.0.from_local_datetime(&time).earliest());
        first.map_or_else(|| midnight.and_utc(), |first| first.with_timezone(&Utc))
    }

    /// The last microsecond of a day.
    pub fn end_of(self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let next = day.checked_add_days(Days::new(1))?;
        Some(self.start_of(next) - Duration::microseconds(1))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
