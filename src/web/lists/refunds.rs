//! The refund history: its filters as typed, and its columns.

use super::{BY_AMOUNT, BY_TIME, amount, by_amount, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{
        address::network::Network,
        money::currency::Currency,
        names::Named,
        refunds::{refund::RefundStatus, refund_sort::RefundSort, transfer::HeldReason},
    },
    languages::Language,
    store::refunds::RefundFilter,
    texts::search,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the refund history.
pub type RefundQuery = ListQuery<RefundFilters>;

/// The filter for refunds whose transfer waits for any reason.
pub const ANY_REASON: &str = "any";

/// The filters of the refund history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundFilters {
    /// Name of a status.
    pub status: String,
    /// Code of a currency.
    pub currency: String,
    /// Code of a network.
    pub network: String,
    /// Why its transfer waits, or [`ANY_REASON`].
    pub held: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
    /// At least this amount.
    pub min: String,
    /// At most this amount.
    pub max: String,
    /// Whatever finds a refund.
    pub search: String,
}

impl ListFilter for RefundFilters {
    const SORTS: &'static [&'static str] = &["newest", "oldest", "updated", "largest", "smallest"];

    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let is_reason = self.held == ANY_REASON || HeldReason::parse(&self.held).is_some();
        wrong_fields([
            ("lists-field-status", &self.status, RefundStatus::parse(&self.status).is_some()),
            ("lists-field-currency", &self.currency, Currency::parse(&self.currency).is_ok()),
            ("lists-field-network", &self.network, Network::parse(&self.network).is_ok()),
            ("lists-field-held", &self.held, is_reason),
            wrong_period(&self.period),
            first,
            last,
            ("lists-field-min", &self.min, amount(&self.min).is_some()),
            ("lists-field-max", &self.max, amount(&self.max).is_some()),
        ])
    }
}

impl RefundQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> RefundFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        RefundFilter {
            status: RefundStatus::parse(&filters.status),
            currency: Currency::parse(&filters.currency).ok(),
            network: Network::parse(&filters.network).ok(),
            held_reason: HeldReason::parse(&filters.held),
            held: (filters.held == ANY_REASON).then_some(true),
            from,
            to,
            amount_min: amount(&filters.min),
            amount_max: amount(&filters.max),
            search: search::parse(&filters.search),
            sort: match self.sort.as_str() {
                "updated" => RefundSort::Updated,
                sort if by_amount(sort) => RefundSort::Amount,
                _ => RefundSort::Created,
            },
            ..RefundFilter::default()
        }
    }
}

/// The columns of the refund history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RefundColumn {
    Amount,
    Number,
    Order,
    Status,
    To,
    Sent,
    Total,
    Reason,
    Customer,
    Transaction,
    Rejection,
    Created,
    Changed,
    By,
    Intent,
}

impl ListColumn for RefundColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Amount => "lists-amount",
            Self::Number => "lists-number",
            Self::Order => "lists-order",
            Self::Status => "lists-status",
            Self::To => "lists-to",
            Self::Sent => "lists-sent",
            Self::Total => "lists-total",
            Self::Reason => "lists-reason",
            Self::Customer => "lists-customer",
            Self::Transaction => "lists-transaction",
            Self::Rejection => "lists-rejection",
            Self::Created => "lists-created",
            Self::Changed => "lists-changed",
            Self::By => "lists-by",
            Self::Intent => "lists-intent",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Amount | Self::Number | Self::Sent | Self::Total)
    }

    fn is_usual(self) -> bool {
        matches!(self, Self::Amount | Self::Order | Self::Status | Self::To | Self::Created)
    }

    fn orders(self) -> &'static [&'static str] {
        match self {
            Self::Amount => BY_AMOUNT,
            Self::Created => BY_TIME,
            Self::Changed => &["updated"],
            Self::Number
            | Self::Order
            | Self::Status
            | Self::To
            | Self::Sent
            | Self::Total
            | Self::Reason
            | Self::Customer
            | Self::Transaction
            | Self::Rejection
            | Self::By
            | Self::Intent => &[],
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Amount => &["id", "amount", "currency"],
            Self::Number => &["number"],
            Self::Order => &["order_number"],
            Self::Status => &["status", "held_reason"],
            Self::To => &["address", "network"],
            Self::Sent => &["sent", "coin"],
            Self::Total => &["total", "funding_currency"],
            Self::Reason => &["reason"],
            Self::Customer => &["customer_email"],
            Self::Transaction => &["transaction_hash"],
            Self::Rejection => &["rejection_reason", "rejection_type"],
            Self::Created => &["created_at"],
            Self::Changed => &["updated_at"],
            Self::By => &["created_by"],
            Self::Intent => &["payment_intent_id"],
        }
    }
}
