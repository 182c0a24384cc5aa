//! The audit log: who did what, from where, before and after.

use crate::{
    domain::ids::{PaymentIntentId, RefundId, WebhookDeliveryId, WebhookEndpointId},
    service::operations::audit,
    store::records::audit_entries::AuditEntry,
    ui::{
        components::{
            empty::EmptyState,
            field::{Field, Select},
            notice::Advice,
            pagination::Pagination,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{forms::caller, list_filters::AuditQuery, list_query::ListFilter, paths},
};
use leptos::prelude::*;
use serde_json::Value as Json;

const ACTIONS: [(&str, &str); 9] = [
    ("", "Everything"),
    ("refund.", "Refunds"),
    ("payment_intent.", "Payment intents"),
    ("policy.", "Policy"),
    ("deny_list.", "Deny lists"),
    ("user.", "People"),
    ("second_factor.", "Second factors"),
    ("api_key.", "API keys"),
    ("webhook", "Webhooks"),
];

/// Filter, entries, pages, and the same as a file.
#[component]
pub fn AuditPage() -> impl IntoView {
    let caller = caller();
    let query: AuditQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = audit::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let links = query.links(paths::AUDIT, &found);
        let empty = found.items.is_empty();
        let body = if empty {
            view! { <EmptyState title="Nothing matches">"Try fewer filters, or " <a href=paths::AUDIT>"show everything"</a> "."</EmptyState> }
                .into_any()
        } else {
            table(found.items)
        };
        let ignored = query.filters.not_understood();
        Ok(Content::new(
            "Audit log",
            view! {
                <div class="page-head">
                    <h1>"Audit log"</h1>
                    {(!empty).then(|| view! { <a class="button" href=query.address(paths::AUDIT_FILE) download="audit.csv">"Export as CSV"</a> })}
                </div>
                <p class="hint">
                    "Nothing in it is ever changed or removed: each entry is chained to the one before, and "
                    <code>"requite audit verify"</code> " proves it."
                </p>
                {filters(&query)}
                {(!ignored.is_empty())
                    .then(|| {
                        view! {
                            <Advice kind="warning">
                                <p>"Not understood and therefore not applied: " {ignored.join(", ")} "."</p>
                            </Advice>
                        }
                    })}
                {body}
                <Pagination links />
            },
        ))
    })
}

fn filters(query: &AuditQuery) -> AnyView {
    let sorts = vec![("newest", "Newest first"), ("oldest", "Oldest first")];
    view! {
        <form method="get" class="filters" role="search">
            <Select name="action" label="What" options=ACTIONS.to_vec() value=query.filters.action.clone() />
            <Field name="about" label="Id of a thing, person or key" value=query.filters.about.clone() kind="search" />
            <Field name="from" label="From day (UTC)" kind="date" value=query.filters.from.clone() />
            <Field name="to" label="To day (UTC)" kind="date" value=query.filters.to.clone() />
            <Select name="sort" label="Sort" options=sorts value=query.sort.clone() />
            <button class="button">"Show"</button>
        </form>
    }
    .into_any()
}

fn table(entries: Vec<AuditEntry>) -> AnyView {
    let rows = entries.into_iter().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Audit log">
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col" class="end">"No."</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Who"</th>
                        <th scope="col">"From"</th>
                        <th scope="col">"What"</th>
                        <th scope="col">"Details"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
        _ => None,
    };
    let what = match page {
        Some(page) => view! { <a href=page>{entry.action}</a> }.into_any(),
        None => entry.action.into_any(),
    };
    let facts = facts(&entry.detail);
    view! {
        <tr>
            <td class="end number">{entry.number}</td>
            <td><Time at=entry.at /></td>
            <td>{entry.actor}</td>
            <td><span class="mono">{entry.origin.unwrap_or_else(|| "–".to_owned())}</span></td>
            <th scope="row">{what}</th>
            <td>
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

/// The facts of an entry, those that are nothing left out.
fn facts(detail: &Json) -> AnyView {
    let Json::Object(members) = detail else { return ().into_any() };
    members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            view! { <div><dt>{name.clone()}</dt><dd class="wrap">{text}</dd></div> }
        })
        .collect_view()
        .into_any()
}
