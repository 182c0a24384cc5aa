//! The API log: its filters as typed, and its columns.

use super::{BY_TIME, has_range, non_empty, wrong_days, wrong_fields, wrong_period};
use crate::{
    languages::Language,
    store::operations::api_log::ApiLogFilter,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the API log.
pub type ApiLogQuery = ListQuery<ApiLogFilters>;

/// The first digits of the status codes that the API answers with.
const STATUS_CLASSES: [(&str, i64); 3] = [("2", 2), ("4", 4), ("5", 5)];

/// The methods that the list can be filtered by.
pub const METHODS: [&str; 4] = ["GET", "POST", "PATCH", "DELETE"];

/// The filters of the API log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiLogFilters {
    /// The first digit of an HTTP status code.
    pub status: String,
    /// An HTTP method.
    pub method: String,
    /// The id of a key.
    pub key: String,
    /// Part of the path.
    pub path: String,
    /// The id of a request.
    pub request: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl ApiLogFilters {
    /// At any time, because days depend on who reads them.
    fn of_any_time(&self) -> ApiLogFilter {
        ApiLogFilter {
            key: self.key.parse().ok(),
            status_class: STATUS_CLASSES.iter().find(|(digit, _)| *digit == self.status).map(|(_, class)| *class),
            method: non_empty(&self.method),
            request_id: non_empty(&self.request),
            path: non_empty(&self.path),
            ..ApiLogFilter::default()
        }
    }
}

impl ListFilter for ApiLogFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn is_filtered(&self) -> bool {
        self.of_any_time() != ApiLogFilter::default() || has_range(&self.period, &self.from, &self.to)
    }

    fn has_words(&self) -> bool {
        let typed = [&self.path, &self.request].into_iter().any(|text| !text.trim().is_empty());
        typed || !self.method.is_empty() && !METHODS.contains(&self.method.as_str())
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let filter = self.of_any_time();
        wrong_fields([
            ("lists-field-status", &self.status, filter.status_class.is_some()),
            ("lists-field-key", &self.key, filter.key.is_some()),
            wrong_period(&self.period),
            first,
            last,
        ])
    }
}

impl ApiLogQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> ApiLogFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        ApiLogFilter { from, to, ..filters.of_any_time() }
    }
}

/// The columns of the API log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RequestColumn {
    Request,
    Status,
    Took,
    Key,
    When,
    RequestId,
}

impl ListColumn for RequestColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Request => "lists-request",
            Self::Status => "lists-status",
            Self::Took => "lists-took",
            Self::Key => "lists-api-key",
            Self::When => "lists-when",
            Self::RequestId => "lists-request-id",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Took)
    }

    fn is_usual(self) -> bool {
        !matches!(self, Self::RequestId)
    }

    fn orders(self) -> &'static [&'static str] {
        if self == Self::When { BY_TIME } else { &[] }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Request => &["id", "method", "path"],
            Self::Status => &["status"],
            Self::Took => &["milliseconds"],
            Self::Key => &["key"],
            Self::When => &["at"],
            Self::RequestId => &["request_id"],
        }
    }
}
