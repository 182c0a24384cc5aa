//! What a list shows lives in its address, so that it can be kept, sent and opened again. This is the one place that reads
//! and writes such addresses; `list_filters` has what each list can be filtered by.

use crate::domain::paging::{Order, Page, PageRequest, Position};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many rows a page of the console shows.
const PAGE_SIZE: u32 = 25;

/// What a list can be filtered by, as it was typed: every member is text, so that whatever stands in an address can be shown
/// again in the form.
pub trait ListFilter: Default + PartialEq + Serialize {
    /// Whether the list can be sorted otherwise than by newest first.
    const SORTED: bool = false;

    /// Whether anything is filtered.
    fn is_filtered(&self) -> bool {
        *self != Self::default()
    }

    /// Names of the fields that were filled in with something that is not understood, and so are not applied.
    fn not_understood(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// Of a list that cannot be filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfiltered {}

impl ListFilter for Unfiltered {}

/// The query of a list: filters, sort and page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListQuery<F> {
    /// What is filtered.
    #[serde(flatten)]
    pub filters: F,
    /// `newest`, `oldest`, and what else the list can be sorted by.
    pub sort: String,
    after: String,
    before: String,
}

/// The members of an address in their order.
#[derive(Serialize)]
struct Members<'a, F> {
    #[serde(flatten)]
    filters: &'a F,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Uuid>,
}

/// The ways to the neighbouring pages of a list, where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The address of the previous page.
    pub previous: Option<String>,
    /// The address of the next page.
    pub next: Option<String>,
}

impl PageLinks {
    /// The same links to a place on the page.
    #[must_use]
    pub fn at_place(self, id: &str) -> Self {
        let link = |address: String| format!("{address}#{id}");
        Self { previous: self.previous.map(link), next: self.next.map(link) }
    }
}

impl<F: ListFilter> ListQuery<F> {
    /// The order that it means.
    pub fn order(&self) -> Order {
        if F::SORTED && matches!(self.sort.as_str(), "oldest" | "smallest") {
            Order::OldestFirst
        } else {
            Order::NewestFirst
        }
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        let id = |text: &str| Uuid::try_parse(text).ok();
        let position = id(&self.after).map(Position::After).or_else(|| id(&self.before).map(Position::Before));
        PageRequest::new(PAGE_SIZE, position.unwrap_or_default(), self.order())
    }

    /// The address of the list's first page; of the whole list, where `path` is that of its file.
    pub fn address(&self, path: &str) -> String {
        self.address_at(path, None, None)
    }

    /// The addresses of the pages before and behind the one that was found.
    pub fn links<T>(&self, path: &str, found: &Page<T>) -> PageLinks {
        PageLinks {
            previous: found.previous.map(|row| self.address_at(path, None, Some(row))),
            next: found.next.map(|row| self.address_at(path, Some(row), None)),
        }
    }

    fn address_at(&self, path: &str, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let sort = F::SORTED.then_some(self.sort.as_str());
        let members = Members { filters: &self.filters, sort, after, before };
        format!("{path}?{}", serde_urlencoded::to_string(members).unwrap_or_default())
    }
}
