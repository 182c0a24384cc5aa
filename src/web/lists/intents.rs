//! The list of payment intents: its filters as typed, and its columns.

use super::{BY_AMOUNT, BY_TIME, by_amount, wrong_days, wrong_fields, wrong_period};
use crate::{
    domain::{
        intents::payment_intent::{IntentStatus, PaidContext},
        names::Named,
    },
    languages::Language,
    store::intents::{IntentFilter, IntentSort},
    texts::search,
    web::{
        list_columns::ListColumn,
        list_query::{ListFilter, ListQuery},
        periods::Calendar,
    },
};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The query of the list of payment intents.
pub type IntentQuery = ListQuery<IntentFilters>;

/// The filters of the list of payment intents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentFilters {
    /// Name of a status or of a context.
    pub status: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
    /// Whatever finds a payment intent.
    pub search: String,
}

impl ListFilter for IntentFilters {
    const SORTS: &'static [&'static str] = &["newest", "oldest", "largest", "smallest"];

    fn is_filtered(&self) -> bool {
        let texts = [&self.status, &self.period, &self.from, &self.to, &self.search];
        texts.into_iter().any(|text| !text.trim().is_empty())
    }

    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let status = &self.status;
        let is_status = IntentStatus::parse(status).is_some() || PaidContext::parse(status).is_some();
        wrong_fields([("lists-field-status", status, is_status), wrong_period(&self.period), first, last])
    }
}

impl IntentQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> IntentFilter {
        let (from, to) = calendar.range(&self.filters.period, &self.filters.from, &self.filters.to);
        IntentFilter {
            from,
            to,
            status: IntentStatus::parse(&self.filters.status),
            context: PaidContext::parse(&self.filters.status),
            search: search::parse(&self.filters.search),
            sort: if by_amount(&self.sort) { IntentSort::Amount } else { IntentSort::Created },
            ..IntentFilter::default()
        }
    }
}

/// The columns of the list of payment intents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum IntentColumn {
    Order,
    /// The shop's own id of the order.
    Reference,
    Customer,
    Asked,
    Paid,
    Refunded,
    Left,
    Status,
    Networks,
    Settlement,
    Created,
    Expires,
    LastPaid,
    Id,
}

impl ListColumn for IntentColumn {
    fn title(self, language: Language) -> String {
        language.text(match self {
            Self::Order => "lists-order",
            Self::Reference => "lists-reference",
            Self::Customer => "lists-customer",
            Self::Asked => "lists-asked",
            Self::Paid => "lists-paid",
            Self::Refunded => "lists-refunded",
            Self::Left => "lists-left",
            Self::Status => "lists-status",
            Self::Networks => "lists-networks",
            Self::Settlement => "lists-settlement",
            Self::Created => "lists-created",
            Self::Expires => "lists-expires",
            Self::LastPaid => "lists-last-paid",
            Self::Id => "lists-id",
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Asked | Self::Paid | Self::Refunded | Self::Left)
    }

    fn is_usual(self) -> bool {
        match self {
            Self::Order | Self::Asked | Self::Paid | Self::Refunded | Self::Status | Self::Networks | Self::Created => {
                true
            }
            Self::Reference
            | Self::Customer
            | Self::Left
            | Self::Settlement
            | Self::Expires
            | Self::LastPaid
            | Self::Id => false,
        }
    }

    fn orders(self) -> &'static [&'static str] {
        match self {
            Self::Asked => BY_AMOUNT,
            Self::Created => BY_TIME,
            Self::Order
            | Self::Reference
            | Self::Customer
            | Self::Paid
            | Self::Refunded
            | Self::Left
            | Self::Status
            | Self::Networks
            | Self::Settlement
            | Self::Expires
            | Self::LastPaid
            | Self::Id => &[],
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Order => &["id", "order_number"],
            Self::Reference => &["order_reference"],
            Self::Customer => &["customer_email"],
            Self::Asked => &["amount", "currency"],
            Self::Paid => &["paid", "currency"],
            Self::Refunded => &["refunded", "in_flight", "currency"],
            Self::Left => &["left_to_refund", "currency"],
            Self::Status => &["status", "context"],
            Self::Networks => &["networks"],
            Self::Settlement => &["settlement_currency"],
            Self::Created => &["created_at"],
            Self::Expires => &["expires_at"],
            Self::LastPaid => &["last_paid_at"],
            Self::Id => &["id"],
        }
    }
}
