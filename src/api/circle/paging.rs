//! Filters and pages (1.7): the parameters of lists, and the `Link` header (RFC 8288) that leads through them.

use super::{
    error::{ApiError, Problem},
    reader::uuid,
    shapes::utc,
};
use crate::domain::{
    error::{DomainError, ErrorCode},
    paging::{Order, PAGE_SIZE_MAX, Page, PageRequest, Position},
};
use axum::{
    extract::Query,
    http::{HeaderValue, Uri, header::LINK},
    response::Response,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use url::form_urlencoded::byte_serialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// The parameters of a request for a list. Every accepted one is remembered for the links.
pub struct Filters {
    given: Vec<(String, String)>,
    accepted: Vec<(&'static str, String)>,
    problems: Vec<Problem>,
}

/// The parameter that says where the row of a position stood.
const STOOD_AT: &str = "pageAt";
/// The longest text of a filter: Circle's longest e-mail address.
const TEXT_MAX: usize = 1024;

/// Which part of a list is asked for.
pub struct Window {
    /// Nothing older.
    pub from: Option<DateTime<Utc>>,
    /// Nothing newer; now unless stated, and frozen in the links, so that new rows do not move the pages.
    pub to: DateTime<Utc>,
    /// Which page.
    pub page: PageRequest,
}

impl Filters {
    /// Takes the parameters apart. Those that no list knows are ignored.
    pub fn of(uri: &Uri) -> Self {
        let given = Query::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default();
        Self { given, accepted: Vec::new(), problems: Vec::new() }
    }

    /// An optional parameter. `canonical` is how the links repeat it; it needs no escaping.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        canonical: impl FnOnce(&T) -> String,
        advice: &'static str,
    ) -> Option<T> {
        let mut values = self.given.iter().filter(|(given, _)| given == name).map(|(_, value)| value);
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

    /// An optional parameter that is the name of something.
    pub fn name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        as_str: impl FnOnce(&T) -> &'static str,
        advice: &'static str,
    ) -> Option<T> {
        self.read(name, parse, |value| as_str(value).to_owned(), advice)
    }

    /// An optional text, of a length that something could have.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| text.len() <= TEXT_MAX);
        let canonical = |text: &String| byte_serialize(text.as_bytes()).collect();
        self.read(name, text, canonical, "It may be given once, with at most 1024 characters.")
    }

    /// An optional id.
    pub fn id(&mut self, name: &'static str) -> Option<Uuid> {
        self.read(name, uuid, Uuid::to_string, "It must be a UUID.")
    }

    /// An optional moment.
    pub fn time(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        let time = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc());
        let advice = "It must be an ISO 8601 time in UTC, such as 2026-01-31T12:00:00Z.";
        self.read(name, time, |at| utc(*at), advice)
    }

    /// The time span, the position and the size, which every list has.
    pub fn window(&mut self, now: DateTime<Utc>) -> Window {
        let from = self.time("from");
        let to = self.time("to");
        if to.is_none() {
            self.accepted.push(("to", utc(now)));
        }
        let size = self.read("pageSize", page_size, u32::to_string, "It must be a whole number from 1.");
        // Frozen like `to`, so that the pages stay the same when another server has another usual size.
        if size.is_none() {
            self.accepted.push(("pageSize", PAGE_SIZE_MAX.to_string()));
        }
        let accepted = self.accepted.len();
        let position = match (self.id("pageBefore"), self.id("pageAfter")) {
            (None, None) => Position::Start,
            (None, Some(id)) => Position::After(id),
            (Some(id), None) => Position::Before(id),
            (Some(_), Some(_)) => {
                self.refuse("pageBefore", "Give pageBefore or pageAfter, not both.", None);
                Position::Start
            }
        };
        // Each link has its own position.
        self.accepted.truncate(accepted);
        let page = PageRequest::new(size.unwrap_or(PAGE_SIZE_MAX), position, Order::NewestFirst);
        Window { from, to: to.unwrap_or(now), page }
    }

    /// What the row of the position was sorted by when the links to it were made, in a list whose rows move.
    pub fn stood_at(&mut self) -> Option<DateTime<Utc>> {
        let accepted = self.accepted.len();
        let at = self.time(STOOD_AT);
        // Each link has its own.
        self.accepted.truncate(accepted);
        at
    }

    /// The accepted parameters as a query string, if nothing was wrong.
    pub fn finish(self) -> Result<String, ApiError> {
        if !self.problems.is_empty() {
            return Err(ApiError::Refused(self.problems));
        }
        let pairs: Vec<String> = self.accepted.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Ok(pairs.join("&"))
    }

    fn refuse(&mut self, name: &'static str, message: &'static str, value: Option<String>) {
        let error = DomainError::new(ErrorCode::FilterInvalid, format!("{name}: {message}")).on(name);
        let invalid_value = value.filter(|value| value.len() <= 128).map(Value::from);
        self.problems.push(Problem { error, invalid_value, constraints: None });
    }
}

/// The parameters that every list has, for the document alone.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct PageParameters {
    /// Nothing older than this time.
    #[param(format = DateTime, required = false, nullable = false)]
    pub from: Option<String>,
    /// Nothing newer; now, unless it says otherwise.
    #[param(format = DateTime, required = false, nullable = false)]
    pub to: Option<String>,
    /// How many; 50 is the most, and what you get when this is left out.
    #[param(minimum = 1, required = false, nullable = false)]
    pub page_size: Option<u32>,
    /// The page that begins behind this row; the `Link` header has it ready.
    #[param(required = false, nullable = false)]
    pub page_after: Option<Uuid>,
    /// The page that ends before this row. Not together with `pageAfter`.
    #[param(required = false, nullable = false)]
    pub page_before: Option<Uuid>,
}

/// A size from 1; what is above the most is lowered without a word.
fn page_size(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches('0');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u32::MAX).min(PAGE_SIZE_MAX))
}

/// The row that a page begins behind or ends before, with the name of its parameter.
pub fn cursor(position: Position) -> Option<(&'static str, Uuid)> {
    match position {
        Position::Start => None,
        Position::After(id) => Some(("pageAfter", id)),
        Position::Before(id) => Some(("pageBefore", id)),
    }
}

/// Takes the look-up of a cursor's row. An unknown one is refused: an empty page would read as the end of the list.
pub fn require_cursor<T>(name: &'static str, row: Result<T, crate::error::Error>) -> Result<(), ApiError> {
    match row {
        Ok(_) => Ok(()),
        Err(error) if error.code() == ErrorCode::NotFound => {
            let message = format!("{name}: there is no such row in this list.");
            Err(DomainError::new(ErrorCode::FilterInvalid, message).on(name).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the `Link` header: self and first always, next and prev where there are such pages.
pub fn link<T>(response: Response, base: &str, query: &str, position: Position, page: &Page<T>) -> Response {
    link_moving(response, base, query, position, page, |_| None)
}

/// The same for a list whose rows move, with where each of them stands.
pub fn link_moving<T>(
    mut response: Response,
    base: &str,
    query: &str,
    position: Position,
    page: &Page<T>,
    stands_at: impl Fn(Uuid) -> Option<DateTime<Utc>>,
) -> Response {
    let target = |cursor: Option<(&str, Uuid)>| match cursor {
        None => format!("<{base}?{query}>"),
        Some((name, id)) => match stands_at(id) {
            None => format!("<{base}?{query}&{name}={id}>"),
            Some(at) => format!("<{base}?{query}&{name}={id}&{STOOD_AT}={}>", utc(at)),
        },
    };
    let mut links =
        vec![format!("{}; rel=\"self\"", target(cursor(position))), format!("{}; rel=\"first\"", target(None))];
    if let Some(id) = page.next {
        links.push(format!("{}; rel=\"next\"", target(Some(("pageAfter", id)))));
    }
    if let Some(id) = page.previous {
        links.push(format!("{}; rel=\"prev\"", target(Some(("pageBefore", id)))));
    }
    if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
        response.headers_mut().insert(LINK, value);
    }
    response
}
