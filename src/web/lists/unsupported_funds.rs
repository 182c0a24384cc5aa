//! The list of deposits that were not credited: its filters as typed, and its columns.

use crate::{
    domain::search::SearchText,
    languages::Language,
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

/// The filter of the deposits that were not credited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnsupportedFilters {
    /// Whatever finds a deposit or its payment intent.
    pub search: String,
}

impl ListFilter for UnsupportedFilters {
    fn is_filtered(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn has_words(&self) -> bool {
        self.is_filtered()
    }
}

impl UnsupportedQuery {
    /// What is searched for.
    pub fn search(&self) -> Option<SearchText> {
        search::parse(&self.filters.search)
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
        }
    }
}
