//! The time zone of a reader, in which the days that they filter by begin. It is the one that they have chosen, otherwise that of
//! their browser, in which a script shows times. Where no script has told it, it is that of the server's settings.

use super::{cookies, session::SignedIn};
use crate::{languages::Language, state::Requite, texts::titles::Title};
use axum::http::HeaderMap;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::fmt;

/// The cookie in which the script tells the zone of the browser. It is no secret, and scripts cannot write cookies that they
/// cannot read.
const COOKIE: &str = "requite_browser_zone";
/// Longer than the name of any zone, which are 32 characters at most.
const NAME_MAX_BYTES: usize = 64;
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

/// Why the days of a reader begin in their zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneSource {
    /// They have chosen it.
    Person,
    /// They have not, and it is that of the browser.
    Browser,
    /// The browser has told none: it runs no scripts, or this is its first request.
    Server,
}

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

impl Zone {
    /// The zone with exactly this name in the IANA database.
    pub fn parse(name: &str) -> Option<Self> {
        if name.len() > NAME_MAX_BYTES {
            return None;
        }
        name.parse().ok().map(Self)
    }

    /// The zones that are offered, UTC first and then by name.
    pub fn offered() -> impl Iterator<Item = Self> {
        let of_places =
            TZ_VARIANTS.iter().copied().filter(|zone| REGIONS.iter().any(|region| zone.name().starts_with(region)));
        std::iter::once(Self::default()).chain(of_places.map(Self))
    }

    /// The zone of whoever sent a request, and why it is theirs.
    pub fn of_request(requite: &Requite, headers: &HeaderMap, signed_in: Option<&SignedIn>) -> (Self, ZoneSource) {
        if let Some(chosen) = signed_in.and_then(SignedIn::time_zone) {
            return (chosen, ZoneSource::Person);
        }
        match cookies::read(headers, COOKIE).and_then(|name| Self::parse(&name)) {
            Some(zone) => (zone, ZoneSource::Browser),
            None => (Self(requite.settings.time_zone), ZoneSource::Server),
        }
    }

    /// The zone for code that stores it.
    pub const fn tz(self) -> Tz {
        self.0
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

impl Title for ZoneSource {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Person => "components-zone-of-person",
            Self::Browser => "components-zone-of-browser",
            Self::Server => "components-zone-of-server",
        })
    }
}

/// The script that tells the zone of the browser with every further request, for a year.
pub fn script() -> String {
    format!(
        "{{const zone=Intl.DateTimeFormat().resolvedOptions().timeZone,\
         secure=location.protocol==='https:'?';secure':'';\
         if(zone)document.cookie=`{COOKIE}=${{zone}};path=/;max-age=31536000;samesite=lax${{secure}}`}}"
    )
}
