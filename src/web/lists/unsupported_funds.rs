//! The list of deposits that were not credited: its filters as typed, and its columns.

use super::{BY_TIME, has_range, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{intents::payment::FundsState, names::Named},
    languages::Language,
    store::intents::unsupported_funds::UnsupportedFilter,
    texts::search,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the deposits that were not credited.
pub type UnsupportedQuery = ListQuery<UnsupportedFilters>;

/// The filters of the deposits that were not credited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnsupportedFilters {
    /// Whether somebody has dealt with them, as a name; empty for those that nobody has dealt with.
    pub state: String,
    /// Whatever finds a deposit or its payment intent.
    pub search: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl UnsupportedFilters {
    /// Whether it leaves out any deposit of those in its state.
    pub fn is_narrowed(&self) -> bool {
        self.has_words() || has_range(&self.period, &self.from, &self.to)
    }
}

impl ListFilter for UnsupportedFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let state = ("lists-field-state", self.state.as_str(), FundsState::parse(&self.state).is_some());
        wrong_fields([state, wrong_period(&self.period), first, last])
    }
}

impl UnsupportedQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> UnsupportedFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        let state = FundsState::parse(&filters.state).unwrap_or_default();
        UnsupportedFilter { state, search: search::parse(&filters.search), from, to }
    }
}

/// The columns of the list of unsupported funds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum UnsupportedColumn {
    Arrived,
    Amount,
    Network,
    Intent,
    Why,
    Sender,
    Transaction,
    /// What was done about it, or how to say so.
    Handled,
}

impl ListColumn for UnsupportedColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Arrived => "lists-arrived",
            Self::Amount => "lists-amount",
            Self::Network => "lists-network",
            Self::Intent => "lists-order",
            Self::Why => "lists-why",
            Self::Sender => "lists-sender",
            Self::Transaction => "lists-transaction",
            Self::Handled => "lists-handled",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Amount)
    }

    fn is_usual(self) -> bool {
        // The first column links to the payment intent.
        !matches!(self, Self::Intent | Self::Sender | Self::Transaction)
    }

    fn orders(self) -> &'static [&'static str] {
        if self == Self::Arrived { BY_TIME } else { &[] }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Arrived => &["id", "arrived_at", "payment_intent_id"],
            Self::Amount => &["amount", "currency"],
            Self::Network => &["network"],
            Self::Intent => &["payment_intent_id", "order_number"],
            Self::Why => &["reason", "explanation"],
            Self::Sender => &["from_address"],
            Self::Transaction => &["transaction_hash"],
            Self::Handled => &["handled_at", "handled_by", "handled_note"],
        }
    }
}
