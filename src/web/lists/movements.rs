//! The movements of a month: its filters as typed.

use super::{BY_TIME, wrong_fields};
use crate::{
    domain::{ledger::PostingReason, money::currency::Currency, names::Named, reports::month::Month},
    store::reports::movements::MovementFilter,
    web::list_query::{ListFilter, ListQuery},
};
use serde::{Deserialize, Serialize};

/// The query of the movements of a month.
pub type MovementQuery = ListQuery<MovementFilters>;

/// The filters of the movements of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovementFilters {
    /// Code of a currency.
    pub currency: String,
    /// Name of a kind of movement.
    pub kind: String,
}

impl MovementFilters {
    fn reason(&self) -> Option<PostingReason> {
        PostingReason::parse(&self.kind).filter(|reason| reason.changes_holdings())
    }
}

impl ListFilter for MovementFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        wrong_fields([
            ("lists-field-currency", &self.currency, Currency::parse(&self.currency).is_ok()),
            ("lists-field-kind", &self.kind, self.reason().is_some()),
        ])
    }
}

impl MovementQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, month: Month) -> MovementFilter {
        MovementFilter { month, currency: Currency::parse(&self.filters.currency).ok(), reason: self.filters.reason() }
    }
}
