//! The filters, sort order and page of a list are in its URL, so that it can be bookmarked and shared. This module
//! parses and builds such URLs; `lists` has the filters of each list.

use super::list_columns::{ChosenColumns, ListColumn, PARAMETER};
use crate::domain::paging::{Page, PageRequest, Position, SortDirection};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The number of rows on a page of the console.
const PAGE_SIZE: u32 = 25;
/// The orders of lists that are sorted by time only.
pub const BY_TIME: &[&str] = &["newest", "oldest"];

/// The filters of a list as typed. Every member is text, so that any input can be shown again in the form.
pub trait ListFilter: Default + PartialEq + Serialize {
    /// The names of the sort orders, where there are others than newest first. The first one is that of a URL that names none.
    const SORTS: &'static [&'static str] = &[];

    /// Whether any filter is set.
    fn is_filtered(&self) -> bool {
        *self != Self::default()
    }

    /// Whether somebody's own words are among the filters. They can name a customer.
    fn has_words(&self) -> bool {
        false
    }

    /// The ids of the names of fields with invalid input, which are not applied.
    fn unreadable_filters(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// The filters of a list that has none, only an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfiltered {}

impl ListFilter for Unfiltered {
    const SORTS: &'static [&'static str] = BY_TIME;
}

/// The query of a list: filters, sort, page and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListQuery<F> {
    #[serde(flatten)]
    pub filters: F,
    /// `newest`, `oldest`, or another order of the list.
    pub sort: String,
    after: String,
    before: String,
    #[serde(flatten)]
    pub columns: ChosenColumns,
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

/// What the head of a column says of the order of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnOrder {
    /// The order, if the list is sorted by this column.
    pub direction: Option<SortDirection>,
    /// The URL of the list in another order by this column, if there is one.
    pub href: Option<String>,
}

impl ColumnOrder {
    /// The same with a fragment.
    #[must_use]
    pub fn with_fragment(self, id: &str) -> Self {
        Self { href: self.href.map(|address| format!("{address}#{id}")), ..self }
    }
}

/// The direction of a sort order.
fn direction_of(sort: &str) -> SortDirection {
    if matches!(sort, "oldest" | "smallest") { SortDirection::OldestFirst } else { SortDirection::NewestFirst }
}

impl<F: ListFilter> ListQuery<F> {
    /// The beginning of the list with these filters.
    pub fn with_filters(filters: F) -> Self {
        Self { filters, ..Self::default() }
    }

    /// The beginning of the list with other filters, in the same order and with the same columns.
    #[must_use]
    pub fn with_other_filters(&self, filters: F) -> Self {
        Self { filters, sort: self.sort.clone(), columns: self.columns.clone(), ..Self::default() }
    }

    /// The URLs of the list's file: with exactly the columns that are shown, and with all of them. A list without rows has none.
    pub fn files<C: ListColumn, T>(&self, path: &str, found: &Page<T>) -> (Option<String>, Option<String>)
    where
        F: Clone,
    {
        if found.items.is_empty() {
            return (None, None);
        }
        let address_with =
            |columns: ChosenColumns| Self { columns, ..self.with_other_filters(self.filters.clone()) }.address(path);
        (Some(address_with(self.columns.in_full::<C>())), Some(address_with(ChosenColumns::default())))
    }

    /// The filters and the order as the query parameters that are not empty, for a form that changes something else.
    pub fn kept_parameters(&self) -> Vec<(String, String)> {
        let all: Vec<(String, String)> = serde_urlencoded::from_str(&self.text(None, None)).unwrap_or_default();
        all.into_iter().filter(|(name, value)| name != PARAMETER && !value.is_empty()).collect()
    }

    /// The filters, the order and the columns as text, without what is empty. What is saved of a list is this.
    pub fn saved_text(&self) -> String {
        let columns = self.columns.names().iter().map(|name| (PARAMETER.to_owned(), name.clone()));
        let members: Vec<(String, String)> = self.kept_parameters().into_iter().chain(columns).collect();
        serde_urlencoded::to_string(members).unwrap_or_default()
    }

    /// The order, empty if the list does not have it; `None` if the list has one order only.
    fn known_sort(&self) -> Option<&str> {
        let known = F::SORTS.iter().copied().find(|sort| *sort == self.sort).unwrap_or_default();
        (!F::SORTS.is_empty()).then_some(known)
    }

    pub fn direction(&self) -> SortDirection {
        direction_of(self.known_sort().unwrap_or_default())
    }

    /// What the head of a column with these orders says: it leads to the first one, or from there to the other one. `None` for
    /// a column that the list is not sorted by.
    pub fn column_order(&self, path: &str, orders: &[&'static str]) -> Option<ColumnOrder>
    where
        F: Clone,
    {
        let usual = orders.first()?;
        let unnamed = F::SORTS.first().copied().unwrap_or_default();
        let current = self.known_sort().filter(|sort| !sort.is_empty()).unwrap_or(unnamed);
        let is_sorted = orders.contains(&current);
        let next = if is_sorted { orders.iter().find(|order| **order != current) } else { Some(usual) };
        let href = next.map(|order| {
            let filters = self.filters.clone();
            Self { sort: (*order).to_owned(), ..self.with_other_filters(filters) }.address(path)
        });
        Some(ColumnOrder { direction: is_sorted.then(|| direction_of(current)), href })
    }

    /// The requested page.
    pub fn page(&self) -> PageRequest {
        let id = |text: &str| Uuid::try_parse(text).ok();
        let position = id(&self.after).map(Position::After).or_else(|| id(&self.before).map(Position::Before));
        PageRequest::new(PAGE_SIZE, position.unwrap_or_default(), self.direction())
    }

    /// Whether it asks for the first page.
    pub fn is_first_page(&self) -> bool {
        self.page().position == Position::Start
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
        format!("{path}?{}", self.text(after, before))
    }

    fn text(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let members = QueryParameters { filters: &self.filters, sort: self.known_sort(), after, before };
        let columns: Vec<(&str, &String)> = self.columns.names().iter().map(|name| (PARAMETER, name)).collect();
        let parts = [serde_urlencoded::to_string(members), serde_urlencoded::to_string(columns)];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join("&")
    }
}
