//! The parameters of a request, read one by one, with all errors collected.

use super::error::{ApiError, ErrorSubject};
use crate::{
    api::input::{
        form::{self, RawParameters},
        problems::Problems,
        unknown::asks_for_preview,
    },
    domain::{
        error::{DomainError, ErrorCode},
        text::{self, Lines},
    },
};
use axum::extract::{FromRequest, Request};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use std::ops::RangeInclusive;

/// Parameters by name, and the errors found so far.
pub struct Parameters {
    sent: RawParameters,
    problems: Problems,
}

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        Ok(Self { sent: form::read(request, state).await?, problems: Problems::new() })
    }
}

impl Parameters {
    /// Reads a parameter as it was sent, even if it is empty.
    pub fn as_sent(&mut self, name: &'static str) -> Option<String> {
        let sent = self.single(name).map(|text| text.map(str::to_owned));
        sent.map_err(|problems| self.note(problems)).ok().flatten()
    }

    /// Whether a parameter is present and not empty.
    pub fn has(&self, name: &str) -> bool {
        self.non_empty(name).map_or(true, |text| text.is_some())
    }

    /// Refuses what was meant to ask for a preview, which this API does not have. Other unknown parameters are ignored, and
    /// money is sent.
    pub fn refuse_previews(&mut self) {
        let mut asked: Vec<String> = self.sent.keys().filter(|name| asks_for_preview(name)).cloned().collect();
        asked.sort_unstable();
        for name in asked {
            let message =
                "is not known: there are no previews here. POST /v1/refunds?preview=true shows what a refund would do";
            self.note(Problems::at(name, DomainError::plain(ErrorCode::RequestMalformed, message)));
        }
    }

    /// Records errors; only the first for each place is kept.
    pub fn note(&mut self, problems: impl Into<Problems>) {
        self.problems.add(problems);
    }

    /// Reads and parses a required parameter.
    pub fn required<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<T, DomainError>) -> Option<T> {
        let read = match self.non_empty(name) {
            Ok(Some(text)) => read(text).map_err(|error| Problems::at(name, error)),
            Ok(None) => Err(Problems::at(name, DomainError::plain(ErrorCode::Required, "can't be blank"))),
            Err(problems) => Err(problems),
        };
        read.map_err(|problems| self.note(problems)).ok()
    }

    /// Reads and parses an optional parameter.
    pub fn optional<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<T, DomainError>) -> Option<T> {
        let read = match self.non_empty(name) {
            Ok(text) => read(text?).map_err(|error| Problems::at(name, error)),
            Err(problems) => Err(problems),
        };
        read.map_err(|problems| self.note(problems)).ok()
    }

    /// The value of a parameter; `None` if it is absent or empty.
    fn non_empty(&self, name: &str) -> Result<Option<&str>, Problems> {
        Ok(self.single(name)?.map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The value of a parameter as it was sent. A list or an object instead of a value is refused, and so is a value
    /// instead of `name[from]`: otherwise it would be ignored silently.
    fn single(&self, name: &str) -> Result<Option<&str>, Problems> {
        let wrong = |message: String, at: &str| {
            Problems::at(at.to_owned(), DomainError::plain(ErrorCode::RequestMalformed, message))
        };
        let inside = format!("{name}[");
        if self.sent.keys().any(|sent| sent.starts_with(&inside)) {
            return Err(wrong("must be one value, not a list or an object".to_owned(), name));
        }
        if let Some((outer, _)) = name.split_once('[') {
            let list = [format!("{outer}[]"), format!("{outer}[0]")];
            if self.sent.get(outer).is_some_and(|text| !text.is_empty())
                || list.iter().any(|list| self.sent.contains_key(list))
            {
                return Err(wrong(format!("must be an object, such as {outer}[from]"), outer));
            }
        }
        Ok(self.sent.get(name).map(String::as_str))
    }

    /// Reads an optional text, whose number of characters is in this range.
    pub fn text(&mut self, name: &'static str, length: RangeInclusive<usize>) -> String {
        let read = |text: &str| {
            let wrong = |message| DomainError::plain(ErrorCode::TextInvalid, message);
            let (min, max) = (*length.start(), *length.end());
            let parsed = text::parse(text, Lines::Several, max)
                .map_err(|_| wrong(format!("is longer than {max} characters, or contains invisible characters")))?;
            match parsed {
                Some(text) if text.chars().count() >= min => Ok(Some(text)),
                // Absent. A text of blanks is too, unless it must have a length.
                None if text.is_empty() || min == 1 => Ok(None),
                Some(_) | None => Err(wrong(format!("is too short: it must have at least {min} characters"))),
            }
        };
        self.optional(name, read).flatten().unwrap_or_default()
    }

    /// Reads an optional boolean.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        self.optional(name, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(DomainError::plain(ErrorCode::RequestMalformed, "must be boolean or not present")),
        })
    }

    /// Reads the start of a time range.
    pub fn from(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        self.optional(name, |text| time(text, |day| Some(day.and_time(NaiveTime::MIN))))
    }

    /// Reads the end of a time range. A day ends with its last microsecond, the precision of both databases.
    pub fn to(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        self.optional(name, |text| time(text, |day| day.and_hms_micro_opt(23, 59, 59, 999_999)))
    }

    /// Returns what was read, or all errors.
    pub fn finish<T>(self, subject: ErrorSubject, read: impl FnOnce() -> Option<T>) -> Result<T, ApiError> {
        self.problems.finish(read).map_err(|problems| ApiError::of(subject, problems))
    }
}

/// Parses a whole number.
pub fn whole_number(text: &str) -> Result<i64, DomainError> {
    text.parse().map_err(|_| {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let message = if is_number { "is too large" } else { "is not a whole number" };
        DomainError::plain(ErrorCode::RequestMalformed, message)
    })
}

/// Parses a time, in UTC unless it has an offset, or a day, which `of_day` converts to a time. CoinGate's own client
/// can only send days.
fn time(text: &str, of_day: impl FnOnce(NaiveDate) -> Option<NaiveDateTime>) -> Result<DateTime<Utc>, DomainError> {
    // A plus sign that was not escaped arrives as a space.
    let mended = text.rsplit_once(' ').map(|(time, offset)| format!("{time}+{offset}"));
    let with_offset = || {
        [Some(text), mended.as_deref()].into_iter().flatten().find_map(|text| DateTime::parse_from_rfc3339(text).ok())
    };
    let without = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    };
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(of_day);
    with_offset().map(|at| at.to_utc()).or_else(|| without().or_else(day).map(|at| at.and_utc())).ok_or_else(|| {
        DomainError::plain(ErrorCode::FilterInvalid, "is not a time such as 2026-11-23T08:00:00Z, or a day")
    })
}
