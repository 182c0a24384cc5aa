//! The addresses of lists that are saved as views.

use super::{
    list_columns::ListColumn,
    list_query::{ListFilter, ListQuery},
    lists::{
        api_log::{ApiLogFilters, RequestColumn},
        audit::{AuditColumn, AuditFilters},
        deliveries::{DeliveryColumn, DeliveryFilters},
        intents::{IntentColumn, IntentFilters},
        mails::{MailColumn, MailFilters},
        refunds::{RefundColumn, RefundFilters},
        unsupported_funds::{UnsupportedColumn, UnsupportedFilters},
    },
    paths,
};
use crate::{
    domain::{
        names::Named,
        saved_views::{SavedList, ViewQuery},
    },
    texts::success::Success,
};
use serde::de::DeserializeOwned;

/// The path of a list.
pub const fn path(list: SavedList) -> &'static str {
    match list {
        SavedList::PaymentIntents => paths::PAYMENT_INTENTS,
        SavedList::Refunds => paths::REFUNDS,
        SavedList::UnsupportedFunds => paths::UNSUPPORTED_FUNDS,
        SavedList::ApiLog => paths::API_LOG,
        SavedList::Audit => paths::AUDIT,
        SavedList::WebhookDeliveries => paths::DELIVERIES,
        SavedList::Mails => paths::MAIL,
    }
}

/// The address of a list with these filters, order and columns.
pub fn address(list: SavedList, query: &str) -> String {
    format!("{}?{query}", path(list))
}

/// The list after a form about its views: with the same rows as before, and what was done.
pub fn address_after(list: SavedList, query: &str, done: Success) -> String {
    let separator = if query.is_empty() { "" } else { "&" };
    format!("{}{separator}done={}", address(list, query), done.as_str())
}

/// Reads the filters, the order and the columns of a list, without the page and without anything else.
pub fn parse(list: SavedList, query: &str) -> ViewQuery {
    match list {
        SavedList::PaymentIntents => read::<IntentFilters, IntentColumn>(query),
        SavedList::Refunds => read::<RefundFilters, RefundColumn>(query),
        SavedList::UnsupportedFunds => read::<UnsupportedFilters, UnsupportedColumn>(query),
        SavedList::ApiLog => read::<ApiLogFilters, RequestColumn>(query),
        SavedList::Audit => read::<AuditFilters, AuditColumn>(query),
        SavedList::WebhookDeliveries => read::<DeliveryFilters, DeliveryColumn>(query),
        SavedList::Mails => read::<MailFilters, MailColumn>(query),
    }
}

fn read<F: ListFilter + DeserializeOwned, C: ListColumn>(query: &str) -> ViewQuery {
    let mut query: ListQuery<F> = serde_urlencoded::from_str(query).unwrap_or_default();
    query.columns = query.columns.known::<C>();
    ViewQuery {
        text: query.saved_text(),
        has_words: query.filters.has_words(),
        is_understood: query.filters.unreadable_filters().is_empty(),
    }
}
