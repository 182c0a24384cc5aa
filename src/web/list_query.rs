//! The filters, sort order and page of a list are in its URL, so that it can be bookmarked and shared. This module
//! parses and builds such URLs; `list_filters` has the filters of each list.

use crate::domain::paging::{Page, PageRequest, Position, SortDirection};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The number of rows on a page of the console.
const PAGE_SIZE: u32 = 25;

/// The filters of a list as typed. Every member is text, so that any input can be shown again in the form.
pub trait ListFilter: Default + PartialEq + Serialize {
    /// Whether the list has other sort orders than newest first.
    const SORTED: bool = false;

    /// Whether any filter is set.
    fn is_filtered(&self) -> bool {
        *self != Self::default()
    }

    /// The names of fields with invalid input, which are not applied.
    fn unreadable_filters(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// The filters of a list that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfiltered {}

impl ListFilter for Unfiltered {}

/// The query of a list: filters, sort and page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListQuery<F> {
    #[serde(flatten)]
    pub filters: F,
    /// `newest`, `oldest`, or another order of the list.
    pub sort: String,
    after: String,
    before: String,
}

/// The query parameters of a list's URL, in order.
#[derive(Serialize)]
struct QueryParameters<'a, F> {
    #[serde(flatten)]
    filters: &'a F,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Uuid>,
}

/// The URLs of the previous and next page of a list, where they exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl PageLinks {
    /// The same links with a fragment.
    #[must_use]
    pub fn with_fragment(self, id: &str) -> Self {
        let link = |address: String| format!("{address}#{id}");
        Self { previous: self.previous.map(link), next: self.next.map(link) }
    }
}

impl<F: ListFilter> ListQuery<F> {
    /// The beginning of the list with these filters.
    pub fn with_filters(filters: F) -> Self {
        Self { filters, sort: String::new(), after: String::new(), before: String::new() }
    }

    pub fn direction(&self) -> SortDirection {
        if F::SORTED && matches!(self.sort.as_str(), "oldest" | "smallest") {
            SortDirection::OldestFirst
        } else {
            SortDirection::NewestFirst
        }
    }

    /// The requested page.
    pub fn page(&self) -> PageRequest {
        let id = |text: &str| Uuid::try_parse(text).ok();
        let position = id(&self.after).map(Position::After).or_else(|| id(&self.before).map(Position::Before));
        PageRequest::new(PAGE_SIZE, position.unwrap_or_default(), self.direction())
    }

    /// The URL of the first page, or of the whole list where `path` is the path of its file.
    pub fn address(&self, path: &str) -> String {
        self.address_at(path, None, None)
    }

    /// The URLs of the pages before and after the given one.
    pub fn links<T>(&self, path: &str, found: &Page<T>) -> PageLinks {
        PageLinks {
            previous: found.previous.map(|row| self.address_at(path, None, Some(row))),
            next: found.next.map(|row| self.address_at(path, Some(row), None)),
        }
    }

    fn address_at(&self, path: &str, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let sort = F::SORTED.then_some(self.sort.as_str());
        let members = QueryParameters { filters: &self.filters, sort, after, before };
        format!("{path}?{}", serde_urlencoded::to_string(members).unwrap_or_default())
    }
}
