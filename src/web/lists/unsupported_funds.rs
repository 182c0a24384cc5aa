//! The list of deposits that were not credited: its filters as typed, and its columns.

use super::wrong_fields;
use crate::{
    domain::{intents::payment::FundsState, names::Named},
    languages::Language,
    store::intents::unsupported_funds::UnsupportedFilter,
    texts::search,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
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
}

impl ListFilter for UnsupportedFilters {
    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        wrong_fields([("lists-field-state", &self.state, FundsState::parse(&self.state).is_some())])
    }
}

impl UnsupportedQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self) -> UnsupportedFilter {
        let state = FundsState::parse(&self.filters.state).unwrap_or_default();
        UnsupportedFilter { state, search: search::parse(&self.filters.search) }
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
            Self::Intent => "lists-intent",
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
        !matches!(self, Self::Sender | Self::Transaction)
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Arrived => &["arrived_at"],
            Self::Amount => &["amount", "currency"],
            Self::Network => &["network"],
            Self::Intent => &["payment_intent_id"],
            Self::Why => &["reason", "explanation"],
            Self::Sender => &["from_address"],
            Self::Transaction => &["transaction_hash"],
            Self::Handled => &["handled_at", "handled_by", "handled_note"],
        }
    }
}
