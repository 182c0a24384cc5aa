//! Pages of lists: the parameters that select a page, and the `Link` header (RFC 8288) with links to the others.

use super::{filters::Filters, problems::Problems};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        paging::{PAGE_SIZE_MAX, Page, PageRequest, Position, SortDirection},
    },
    wire::circle::utc,
};
use axum::{
    http::{HeaderValue, header::LINK},
    response::Response,
};
use chrono::{DateTime, Utc};
use utoipa::IntoParams;
use uuid::Uuid;

/// The parameter with the sort value of the cursor's row.
const PAGE_AT: &str = "pageAt";

/// The requested part of a list.
pub struct ListRange {
    /// The earliest time.
    pub from: Option<DateTime<Utc>>,
    /// The latest time. The default is now. It is repeated in the page links, so that new rows do not move the pages.
    pub to: DateTime<Utc>,
    pub page: PageRequest,
}

impl Filters {
    /// Reads the time span, the cursor and the page size, which every list has.
    pub fn list_range(&mut self, now: DateTime<Utc>) -> ListRange {
        let from = self.time("from");
        let to = self.time("to");
        if to.is_none() {
            self.freeze("to", utc(now));
        }
        let size = self.read(
            "pageSize",
            |text| page_size(text, PAGE_SIZE_MAX),
            u32::to_string,
            "It must be a whole number above zero; a page has at most 50 rows.",
        );
        // Kept in the links like `to`, so that pages stay consistent if another server has another default size.
        if size.is_none() {
            self.freeze("pageSize", PAGE_SIZE_MAX.to_string());
        }
        let cursors = self.unrepeated(|filters| (filters.id("pageBefore"), filters.id("pageAfter")));
        let position = match cursors {
            (None, None) => Position::Start,
            (None, Some(id)) => Position::After(id),
            (Some(id), None) => Position::Before(id),
            (Some(_), Some(_)) => {
                self.refuse("pageBefore", "Give pageBefore or pageAfter, not both.", None);
                Position::Start
            }
        };
        let page = PageRequest::new(size.unwrap_or(PAGE_SIZE_MAX), position, SortDirection::NewestFirst);
        ListRange { from, to: to.unwrap_or(now), page }
    }

    /// Reads the sort value that the cursor's row had when the link was created, for lists whose sort values change.
    pub fn cursor_sort_value(&mut self) -> Option<DateTime<Utc>> {
        self.unrepeated(|filters| filters.time(PAGE_AT))
    }
}

/// The parameters that every list has, only for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct PageParameters {
    /// Only rows from this time or later.
    #[param(format = DateTime, required = false, nullable = false)]
    pub from: Option<String>,
    /// Only rows from this time or earlier. The default is now.
    #[param(format = DateTime, required = false, nullable = false)]
    pub to: Option<String>,
    /// The number of rows on a page. The maximum is 50, which is also the default.
    #[param(minimum = 1, required = false, nullable = false)]
    pub page_size: Option<u32>,
    /// The ID of the row before the page. The `Link` header contains the URL of the next page.
    #[param(required = false, nullable = false)]
    pub page_after: Option<Uuid>,
    /// The ID of the row after the page. Not together with `pageAfter`.
    #[param(required = false, nullable = false)]
    pub page_before: Option<Uuid>,
}

/// Parses a page size from 1. A larger one than the maximum is lowered to it, as in Circle's API, but not one that is no
/// `int32`, as which the document describes it.
pub(super) fn page_size(text: &str, max: u32) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let size = text.parse::<i32>().ok().filter(|size| is_number && *size > 0)?;
    Some(size.unsigned_abs().min(max))
}

/// The parameter name and row id of a cursor.
pub fn cursor(position: Position) -> Option<(&'static str, Uuid)> {
    match position {
        Position::Start => None,
        Position::After(id) => Some(("pageAfter", id)),
        Position::Before(id) => Some(("pageBefore", id)),
    }
}

/// Turns an unknown cursor row into an error: an empty page would look like the end of the list.
pub fn require_cursor<T>(name: &'static str, row: Result<T, crate::error::Error>) -> Result<(), Problems> {
    match row {
        Ok(_) => Ok(()),
        Err(error) if error.code() == ErrorCode::NotFound => {
            let message = format!("{name}: there is no such row in this list.");
            Err(Problems::at(name, DomainError::plain(ErrorCode::FilterInvalid, message)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the `Link` header: always self and first, and next and prev if those pages exist.
pub fn link<T>(response: Response, base: &str, query: &str, position: Position, page: &Page<T>) -> Response {
    link_moving(response, base, query, position, page, |_| None)
}

/// The same for lists whose sort values change: the links also contain the sort value of the cursor's row.
pub fn link_moving<T>(
    response: Response,
    base: &str,
    query: &str,
    position: Position,
    page: &Page<T>,
    sort_value: impl Fn(Uuid) -> Option<DateTime<Utc>>,
) -> Response {
    let target = |cursor: Option<(&str, Uuid)>| match cursor {
        None => format!("<{base}?{query}>"),
        Some((name, id)) => match sort_value(id) {
            None => format!("<{base}?{query}&{name}={id}>"),
            Some(at) => format!("<{base}?{query}&{name}={id}&{PAGE_AT}={}>", utc(at)),
        },
    };
    let next = page.next.map(|id| target(Some(("pageAfter", id))));
    let previous = page.previous.map(|id| target(Some(("pageBefore", id))));
    let links =
        [("self", Some(target(cursor(position)))), ("first", Some(target(None))), ("next", next), ("prev", previous)];
    with_links(response, &links)
}

/// Adds the `Link` header with these relations and targets.
pub(super) fn with_links(mut response: Response, links: &[(&str, Option<String>)]) -> Response {
    let links = links.iter().filter_map(|(name, target)| Some(format!("{}; rel=\"{name}\"", target.as_ref()?)));
    if let Ok(value) = HeaderValue::from_str(&links.collect::<Vec<_>>().join(", ")) {
        response.headers_mut().insert(LINK, value);
    }
    response
}
