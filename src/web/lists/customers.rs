//! The page of a customer: its filters as typed.

use crate::{
    domain::{customers::CustomerPart, names::Named, paging::PageRequest},
    web::list_query::{ListFilter, ListQuery},
};
use serde::{Deserialize, Serialize};

/// The query of the page of a customer.
pub type CustomerQuery = ListQuery<CustomerFilters>;

/// Whose records the page of a customer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilters {
    /// An e-mail address, an address, or a record that has one.
    pub of: String,
    /// The name of one of the lists; empty for the beginning of each.
    pub show: String,
}

impl ListFilter for CustomerFilters {}

impl CustomerQuery {
    /// The list that is asked for alone, and which page of it.
    pub fn part(&self) -> Option<(CustomerPart, PageRequest)> {
        CustomerPart::parse(&self.filters.show).map(|part| (part, self.page()))
    }

    /// The URL of one of the lists alone.
    pub fn address_of(&self, path: &str, part: CustomerPart) -> String {
        let filters = CustomerFilters { of: self.filters.of.clone(), show: part.as_str().to_owned() };
        Self::with_filters(filters).address(path)
    }
}
