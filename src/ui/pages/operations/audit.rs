//! The audit log: who did what, from where, before and after.

use crate::{
    domain::ids::{PaymentIntentId, RefundId, WebhookDeliveryId, WebhookEndpointId},
    service::operations::audit,
    store::operations::audit::AuditEntry,
    ui::{
        components::{
            facts::json_facts,
            field::{Field, Select},
            list::{Column, List, ListHead, NotApplied, NothingMatches, filter_form},
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{forms::caller, list_filters::AuditQuery, list_query::ListFilter, paths},
};
use leptos::prelude::*;

const ACTIONS: [(&str, &str); 12] = [
    ("", "Everything"),
    ("refund.", "Refunds"),
    ("payment_intent.", "Payment intents"),
    ("policy.", "Policy"),
    ("ledger.", "Closed months and currency of the books"),
    ("payouts.", "Payouts on networks"),
    ("wallet.", "Wallet of deposits"),
    ("deny_list.", "Deny lists"),
    ("user.", "People"),
    ("second_factor.", "Second factors"),
    ("api_key.", "API keys"),
    ("webhook", "Webhooks"),
];

const COLUMNS: &[Column] = &[
    Column::number("No."),
    Column::text("When"),
    Column::text("Who"),
    Column::text("From"),
    Column::text("What"),
    Column::text("Details"),
];

/// Filters, entries, pagination and the export.
#[component]
pub fn AuditPage() -> impl IntoView {
    let caller = caller();
    let query: AuditQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = audit::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let links = query.links(paths::AUDIT, &found);
        let file = (!found.items.is_empty()).then(|| query.address(paths::AUDIT_FILE));
        let rows = found.items.into_iter().map(row).collect();
        Ok(Content::new(
            "Audit log",
            view! {
                <ListHead title="Audit log" file saved_as="audit.csv" />
                <p class="hint">
                    "Nothing in it is ever changed or removed: each entry is chained to the one before, and "
                    <code>"requite audit verify"</code> " proves it."
                </p>
                {filters(&query)}
                <NotApplied filters=query.filters.unreadable_filters() />
                <List label="Audit log" columns=COLUMNS rows links>
                    <NothingMatches all=paths::AUDIT />
                </List>
            },
        ))
    })
}

fn filters(query: &AuditQuery) -> AnyView {
    let sorts = vec![("newest", "Newest first"), ("oldest", "Oldest first")];
    let filters = view! {
        <Select name="action" label="What" options=ACTIONS.to_vec() value=query.filters.action.clone() />
        <Field name="about" label="Id of a thing, person or key" value=query.filters.about.clone() kind="search" />
        <Field name="from" label="From day (UTC)" kind="date" value=query.filters.from.clone() />
        <Field name="to" label="To day (UTC)" kind="date" value=query.filters.to.clone() />
        <Select name="sort" label="Sort" options=sorts value=query.sort.clone() />
    };
    filter_form(None, filters, None)
}

fn row(entry: AuditEntry) -> AnyView {
    let id = entry.subject;
    let page = match entry.action.split_once('.') {
        Some(("refund", _)) => Some(paths::refund(RefundId(id))),
        Some(("payment_intent", _)) => Some(paths::payment_intent(PaymentIntentId(id))),
        Some(("webhook" | "webhook_endpoint" | "notification_subscription", _)) => {
            Some(paths::webhook_endpoint(WebhookEndpointId(id)))
        }
        Some(("webhook_delivery", _)) => Some(paths::webhook_delivery(WebhookDeliveryId(id))),
        Some(("policy", _) | ("ledger", "house_currency_chosen")) => Some(paths::SETTINGS.to_owned()),
        Some(("ledger", _)) => Some(paths::STATEMENTS.to_owned()),
        _ => None,
    };
    let what = match page {
        Some(page) => view! { <a href=page>{entry.action}</a> }.into_any(),
        None => entry.action.into_any(),
    };
    let facts = json_facts(&entry.detail);
    view! {
        <tr>
            <td data-label="No." class="end number">{entry.number}</td>
            <td data-label="When"><Time at=entry.at /></td>
            <td data-label="Who"><TypedText text=entry.actor /></td>
            <td data-label="From"><span class="mono">{entry.origin.unwrap_or_else(|| "–".to_owned())}</span></td>
            <th scope="row">{what}</th>
            <td data-label="Details">
                <details>
                    <summary>"Show " <span class="visually-hidden">"the details of entry " {entry.number}</span></summary>
                    <dl class="facts">
                        {facts}
                        <div><dt>"About"</dt><dd class="mono wrap">{id.to_string()}</dd></div>
                        <div><dt>"Hash"</dt><dd class="mono wrap">{entry.hash}</dd></div>
                    </dl>
                </details>
            </td>
        </tr>
    }
    .into_any()
}
