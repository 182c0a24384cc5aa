//! Pages of a list of months: the parameters that select a page, and the links to the others. A month has no id; its place in
//! the list is its own name.

use super::{
    filters::Filters,
    paging::{page_size, with_links},
};
use crate::{domain::reports::month::Month, service::reports::statements::PAGE_SIZE};
use axum::response::Response;
use utoipa::IntoParams;

/// The parameter with the size of a page.
const SIZE: &str = "pageSize";
const AFTER: &str = "pageAfter";
const BEFORE: &str = "pageBefore";

/// The requested part of a list of months, the newest first.
pub struct MonthRange {
    pub newest: Month,
    pub size: u32,
    current: Month,
    cursor: Option<(&'static str, Month)>,
}

/// The parameters of a list of months, only for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct MonthPageParameters {
    /// The number of months on a page. The maximum is 12, which is also the default.
    #[param(minimum = 1, required = false, nullable = false)]
    pub page_size: Option<u32>,
    /// The month before the page, as `2026-11`: the page begins with the one that is older by a month. The `Link` header
    /// contains the URL of the next page.
    #[param(required = false, nullable = false)]
    pub page_after: Option<String>,
    /// The month after the page. Not together with `pageAfter`.
    #[param(required = false, nullable = false)]
    pub page_before: Option<String>,
}

impl Filters {
    /// Reads the cursor and the page size of a list of months.
    pub fn month_range(&mut self, current: Month) -> MonthRange {
        let advice = format!("It must be a whole number above zero; a page has at most {PAGE_SIZE} months.");
        let size = self.read(SIZE, |text| page_size(text, PAGE_SIZE), u32::to_string, advice);
        // Kept in the links, so that pages stay consistent if another server has another default size.
        if size.is_none() {
            self.freeze(SIZE, PAGE_SIZE.to_string());
        }
        let size = size.unwrap_or(PAGE_SIZE);
        let (before, after) = self.unrepeated(|filters| (filters.month(BEFORE), filters.month(AFTER)));
        match (before, after) {
            (None, None) => MonthRange { newest: current, size, current, cursor: None },
            (None, Some(month)) => MonthRange { newest: month.back(1), size, current, cursor: Some((AFTER, month)) },
            (Some(month), None) => {
                // Fewer if the page begins with the current month, so that no month is on two pages.
                let there = (1..=size).take_while(|ahead| month.ahead(*ahead) <= current);
                let size = there.last().unwrap_or_default();
                MonthRange { newest: month.ahead(size), size, current, cursor: Some((BEFORE, month)) }
            }
            (Some(_), Some(_)) => {
                self.refuse(BEFORE, "Give pageBefore or pageAfter, not both.", None);
                MonthRange { newest: current, size, current, cursor: None }
            }
        }
    }

    fn month(&mut self, name: &'static str) -> Option<Month> {
        self.read(name, Month::parse, Month::to_string, "It must be a month, such as 2026-01.")
    }
}

impl MonthRange {
    /// Adds the `Link` header: always self and first, and next and prev if those pages exist. `first` and `last` are the months
    /// at the ends of the page.
    pub fn link(
        &self,
        response: Response,
        base: &str,
        query: &str,
        (first, last): (Option<Month>, Option<Month>),
        has_older: bool,
    ) -> Response {
        let target = |cursor: Option<(&str, Month)>| match cursor {
            None => format!("<{base}?{query}>"),
            Some((name, month)) => format!("<{base}?{query}&{name}={month}>"),
        };
        let next = last.filter(|_| has_older).map(|month| target(Some((AFTER, month))));
        let previous = first.filter(|month| *month < self.current).map(|month| target(Some((BEFORE, month))));
        let links =
            [("self", Some(target(self.cursor))), ("first", Some(target(None))), ("next", next), ("prev", previous)];
        with_links(response, &links)
    }
}
