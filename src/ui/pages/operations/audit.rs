//! The audit log: who did what, from where, before and after.

use crate::{
    domain::{
        ids::{PaymentIntentId, RefundId, WebhookDeliveryId, WebhookEndpointId},
        saved_views::SavedList,
    },
    service::{operations::audit, saved_views},
    store::operations::audit::AuditEntry,
    ui::{
        components::{
            chips::{Chip, chip, chips, day_chip, day_fields, option_chip, period_field, periods},
            facts::json_facts,
            field::{Field, Select},
            list::{Column, List, ListHead, NotApplied, NothingMatches, filter_form, total_line},
            notice::SuccessNotice,
            saved_views::saved_views_bar,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, reader},
        list_filters::{AuditFilters, AuditQuery},
        list_query::ListFilter,
        paths,
        periods::Reader,
    },
};
use leptos::prelude::*;

const ACTIONS: [(&str, &str); 13] = [
    ("", "Everything"),
    ("refund.", "Refunds"),
    ("payment_intent.", "Payment intents"),
    ("policy.", "Policy"),
    ("ledger.", "Closed months"),
    ("payouts.", "Payouts on networks"),
    ("wallet.", "Wallet of deposits"),
    ("deny_list.", "Deny lists"),
    ("user.", "People"),
    ("second_factor.", "Second factors"),
    ("api_key.", "API keys"),
    ("webhook", "Webhooks"),
    ("saved_view.", "Shared views"),
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
    let (caller, reader) = (caller(), reader());
    let done: DoneQuery = query();
    let query: AuditQuery = query();
    page(async move {
        let ((requite, actor), reader) = (caller?, reader?);
        let filter = query.filter(&reader);
        let found = audit::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = audit::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Audit).await?;
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
                <SuccessNotice done />
                {saved_views_bar(&actor, SavedList::Audit, views, &query.saved_text())}
                {filters(&query, &reader)}
                {chips(paths::AUDIT, &query, filters_that_are_on(&query, &reader))}
                <NotApplied filters=query.filters.unreadable_filters() />
                {total_line(total, "entry")}
                <List label="Audit log" columns=COLUMNS rows links>
                    <NothingMatches all=paths::AUDIT />
                </List>
            },
        ))
    })
}

fn filters_that_are_on(query: &AuditQuery, reader: &Reader) -> Vec<Option<Chip<AuditFilters>>> {
    type F = AuditFilters;
    let on = &query.filters;
    // Programs and links filter by beginnings that are not in the list of choices.
    let action = ACTIONS.iter().find(|(action, _)| *action == on.action).filter(|(action, _)| !action.is_empty());
    let action = action.map_or(on.action.as_str(), |(_, title)| *title);
    let about = query.filter(reader).about.map(|id| id.to_string()).unwrap_or_default();
    vec![
        chip("What", action, |filters: &mut F| filters.action.clear()),
        chip("Id", &about, |filters: &mut F| filters.about.clear()),
        option_chip("When", &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip("From", &on.from, reader.zone, |filters: &mut F| filters.from.clear()),
        day_chip("To", &on.to, reader.zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn filters(query: &AuditQuery, reader: &Reader) -> AnyView {
    let sorts = vec![("newest", "Newest first"), ("oldest", "Oldest first")];
    let filters = view! {
        <Select name="action" label="What" options=ACTIONS.to_vec() value=query.filters.action.clone() />
        <Field name="about" label="Id of a thing, person or key" value=query.filters.about.clone() kind="search" />
        {period_field(&query.filters.period)}
        {day_fields(&query.filters.from, &query.filters.to, reader.zone)}
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
        Some(("policy", _)) => Some(paths::SETTINGS.to_owned()),
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
