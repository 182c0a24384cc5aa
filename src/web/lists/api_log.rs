//! The API log: its filters as typed, and its columns.

use super::{non_empty, wrong_fields};
use crate::{
    languages::Language,
    store::operations::api_log::ApiLogFilter,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
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
}

impl ApiLogFilters {
    fn filter(&self) -> ApiLogFilter {
        ApiLogFilter {
            key: self.key.parse().ok(),
            status_class: STATUS_CLASSES.iter().find(|(digit, _)| *digit == self.status).map(|(_, class)| *class),
            method: non_empty(&self.method),
            request_id: non_empty(&self.request),
            path: non_empty(&self.path),
        }
    }
}

impl ListFilter for ApiLogFilters {
    fn is_filtered(&self) -> bool {
        self.filter() != ApiLogFilter::default()
    }

    fn has_words(&self) -> bool {
        let typed = [&self.path, &self.request].into_iter().any(|text| !text.trim().is_empty());
        typed || !self.method.is_empty() && !METHODS.contains(&self.method.as_str())
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let filter = self.filter();
        wrong_fields([
            ("lists-field-status", &self.status, filter.status_class.is_some()),
            ("lists-field-key", &self.key, filter.key.is_some()),
        ])
    }
}

impl ApiLogQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self) -> ApiLogFilter {
        self.filters.filter()
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

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Request => &["method", "path"],
            Self::Status => &["status"],
            Self::Took => &["milliseconds"],
            Self::Key => &["key"],
            Self::When => &["at"],
            Self::RequestId => &["request_id"],
        }
    }
}
