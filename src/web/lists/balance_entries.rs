//! What was posted in a balance: its filters as typed.

use super::{BY_TIME, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{ledger::PostingReason, money::currency::Currency, names::Named},
    store::reports::balance_lists::BalanceListFilter,
    web::{
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};

/// The query of what was posted in a balance.
pub type EntryQuery = ListQuery<EntryFilters>;

/// The filters of what was posted in a balance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryFilters {
    /// Name of a kind of posting.
    pub kind: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl EntryFilters {
    fn reason(&self) -> Option<PostingReason> {
        PostingReason::parse(&self.kind).filter(|reason| reason.changes_available())
    }
}

impl ListFilter for EntryFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let kind = ("lists-field-kind", self.kind.as_str(), self.reason().is_some());
        wrong_fields([kind, wrong_period(&self.period), first, last])
    }
}

impl EntryQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, currency: Currency, calendar: &Calendar) -> BalanceListFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        BalanceListFilter { currency, reason: filters.reason(), from, to }
    }
}
