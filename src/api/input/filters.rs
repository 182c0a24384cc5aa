//! The query parameters of a list. They are read one by one, and repeated in the links to other pages.

use super::{
    problems::{InputProblem, Problems, repeatable_value},
    reader::uuid,
    unknown::{PREVIEW, asks_for_preview},
};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        names::Named,
    },
    wire::circle::utc,
};
use axum::{extract::Query, http::Uri};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::borrow::Cow;
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

/// The longest text of a filter: Circle's longest e-mail address.
const TEXT_MAX: usize = 1024;

/// The query parameters of a list request. Every accepted one is repeated in the page links.
pub struct Filters {
    sent: Vec<(String, String)>,
    accepted: Vec<(&'static str, String)>,
    problems: Problems,
}

impl Filters {
    /// Parses the query string. Parameters that are not read are ignored here. Requite's own surface refuses them before.
    pub fn of(uri: &Uri) -> Self {
        let sent = Query::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default();
        Self { sent, accepted: Vec::new(), problems: Problems::new() }
    }

    /// Reads an optional parameter. `canonical` returns its spelling in the page links; it must not need escaping.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        canonical: impl FnOnce(&T) -> String,
        advice: impl Into<Cow<'static, str>>,
    ) -> Option<T> {
        let mut values = self.sent.iter().filter(|(sent, _)| sent == name).map(|(_, value)| value);
        let value = values.next()?;
        let parsed = if values.next().is_none() { parse(value) } else { None };
        let value = value.clone();
        match parsed {
            Some(parsed) => {
                self.accepted.push((name, canonical(&parsed)));
                Some(parsed)
            }
            None => {
                self.refuse(name, advice, Some(value));
                None
            }
        }
    }

    /// An optional parameter with the names of an enum.
    pub fn named<T: Named>(&mut self, name: &'static str) -> Option<T> {
        let advice = format!("It must be one of {}.", T::names().join(", "));
        self.read(name, T::parse, |value| value.as_str().to_owned(), advice)
    }

    /// An optional parameter with a fixed set of other names.
    pub fn name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        as_str: impl FnOnce(&T) -> &'static str,
        advice: &'static str,
    ) -> Option<T> {
        self.read(name, parse, |value| as_str(value).to_owned(), advice)
    }

    /// An optional text of limited length.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| text.len() <= TEXT_MAX);
        let canonical = |text: &String| byte_serialize(text.as_bytes()).collect();
        self.read(name, text, canonical, "It may be given once, with at most 1024 characters.")
    }

    /// An optional `true` or `false`.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let yes_or_no = |text: &str| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        self.read(name, yes_or_no, bool::to_string, "It must be true or false.")
    }

    /// An optional id.
    pub fn id(&mut self, name: &'static str) -> Option<Uuid> {
        self.read(name, uuid, Uuid::to_string, "It must be a UUID.")
    }

    /// An optional time.
    pub fn time(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        let time = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc());
        let advice = "It must be an ISO 8601 time in UTC, such as 2026-01-31T12:00:00Z.";
        self.read(name, time, |at| utc(*at), advice)
    }

    /// Adds a value to the page links although the client did not send it, so that all pages use the same one.
    pub(super) fn freeze(&mut self, name: &'static str, value: String) {
        self.accepted.push((name, value));
    }

    /// Reads parameters that are not repeated in the links.
    pub(super) fn unrepeated<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let accepted = self.accepted.len();
        let read = read(self);
        self.accepted.truncate(accepted);
        read
    }

    /// The accepted parameters as a query string, if nothing was wrong.
    pub fn finish(self) -> Result<String, Problems> {
        let Self { accepted, problems, .. } = self;
        let pairs = accepted.iter().map(|(name, value)| format!("{name}={value}"));
        problems.finish(|| Some(pairs.collect::<Vec<_>>().join("&")))
    }

    /// Records an error about a parameter.
    pub(super) fn refuse(&mut self, name: &'static str, message: impl Into<Cow<'static, str>>, value: Option<String>) {
        let error = DomainError::plain(ErrorCode::FilterInvalid, format!("{name}: {}", message.into()));
        let invalid_value = value.and_then(|value| repeatable_value(&Value::from(value)));
        self.problems.add(InputProblem { invalid_value, ..InputProblem::at(name, error) });
    }
}

/// Whether the request is a preview. Every value but `true` or `false` is refused, because a wrong guess would send
/// money. For the same reason names that were meant as this one are refused, also where other unknown ones are ignored.
pub fn wants_preview(uri: &Uri) -> Result<bool, Problems> {
    let mut filters = Filters::of(uri);
    let preview = filters.boolean(PREVIEW);
    if let Some((other, _)) = filters.sent.iter().find(|(name, _)| name != PREVIEW && asks_for_preview(name)) {
        let message = format!("There is no parameter '{other}'. Did you mean '{PREVIEW}'?");
        return Err(Problems::at(other.clone(), DomainError::plain(ErrorCode::FilterInvalid, message)));
    }
    filters.finish()?;
    Ok(preview.unwrap_or_default())
}
