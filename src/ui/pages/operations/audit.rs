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
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods},
            columns::kept_columns,
            facts::json_facts,
            field::{Field, Select},
            list::{Columns, List, ListHead, NothingMatches, filter_form, row_of},
            list_controls::Controls,
            notice::SuccessNotice,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller},
        list_columns::ListColumn,
        lists::audit::{AuditColumn, AuditFilters, AuditQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;

const ACTIONS: [(&str, &str); 14] = [
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
    ("saved_view.", "Shared views"),
    ("refund_draft.", "Discarded drafts of others"),
];

/// Filters, entries, pagination and the export.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: AuditQuery = query();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = audit::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = audit::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Audit).await?;
        let links = query.links(paths::AUDIT, &found);
        let (file, whole_file) = query.files::<AuditColumn, _>(paths::AUDIT_FILE, &found);
        let shown: Vec<AuditColumn> = query.columns.shown();
        let rows = found.items.iter().map(|entry| row_of(&shown, |column| cell(entry, column))).collect();
        let controls = Controls {
            list: SavedList::Audit,
            actor: &actor,
            views,
            query: &query,
            filters: filters(&query, &calendar),
            on: filters_that_are_on(&query, &calendar),
            total,
            rows: "components-entries",
            files: None,
        };
        let controls = controls.view::<AuditColumn>();
        Ok(Content::new(
            "Audit log",
            view! {
                <ListHead title="Audit log" file whole_file saved_as="audit.csv" />
                <p class="hint">
                    "Nothing in it is ever changed or removed: each entry is chained to the one before, and "
                    <code>"requite audit verify"</code> " proves it."
                </p>
                <SuccessNotice done />
                {controls}
                <List label="Audit log" columns=Columns::of(&shown) rows links>
                    <NothingMatches all=paths::AUDIT />
                </List>
            },
        ))
    })
}

fn filters_that_are_on(query: &AuditQuery, calendar: &Calendar) -> Vec<Option<Chip<AuditFilters>>> {
    type F = AuditFilters;
    let on = &query.filters;
    // Programs and links filter by beginnings that are not in the list of choices.
    let known = ACTIONS.into_iter().find(|(action, _)| !action.is_empty() && *action == on.action);
    let action = known.map_or(on.action.as_str(), |(_, title)| title);
    let about = query.filter(calendar).about.map(|id| id.to_string()).unwrap_or_default();
    vec![
        chip("What", action, |filters: &mut F| filters.action.clear()),
        chip("Id", &about, |filters: &mut F| filters.about.clear()),
        option_chip("When", &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip("From", &on.from, calendar.zone, |filters: &mut F| filters.from.clear()),
        day_chip("To", &on.to, calendar.zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn filters(query: &AuditQuery, calendar: &Calendar) -> AnyView {
    let sorts = vec![("newest", "Newest first"), ("oldest", "Oldest first")];
    let filters = view! {
        {kept_columns(query)}
        <Select name="action" label="What" options=ACTIONS.to_vec() value=query.filters.action.clone() />
        <Field name="about" label="Id of a thing, person or key" value=query.filters.about.clone() kind="search" />
        {period_field(&query.filters.period)}
        {day_fields(&query.filters.from, &query.filters.to, calendar.zone)}
        <Select name="sort" label="Sort" options=sorts value=query.sort.clone() />
    };
    filter_form(None, filters, None)
}

fn cell(entry: &AuditEntry, column: AuditColumn) -> AnyView {
    let name = column.title();
    let text = |content: AnyView| view! { <td data-label=name>{content}</td> }.into_any();
    match column {
        AuditColumn::Number => view! { <td data-label=name class="end number">{entry.number}</td> }.into_any(),
        AuditColumn::When => text(view! { <Time at=entry.at /> }.into_any()),
        AuditColumn::Who => text(view! { <TypedText text=entry.actor.clone() /> }.into_any()),
        AuditColumn::Origin => {
            let origin = entry.origin.clone().unwrap_or_else(|| "–".to_owned());
            text(view! { <span class="mono">{origin}</span> }.into_any())
        }
        AuditColumn::What => {
            let what = match page_of(entry) {
                Some(page) => view! { <a href=page>{entry.action.clone()}</a> }.into_any(),
                None => entry.action.clone().into_any(),
            };
            view! { <th scope="row">{what}</th> }.into_any()
        }
        AuditColumn::Subject => {
            text(view! { <span class="mono two-lines">{entry.subject.to_string()}</span> }.into_any())
        }
        AuditColumn::Details => text(details(entry)),
    }
}

/// The page about the changed object, if there is one.
fn page_of(entry: &AuditEntry) -> Option<String> {
    let id = entry.subject;
    match entry.action.split_once('.')? {
        ("refund", _) => Some(paths::refund(RefundId(id))),
        ("payment_intent", _) => Some(paths::payment_intent(PaymentIntentId(id))),
        ("webhook" | "webhook_endpoint" | "notification_subscription", _) => {
            Some(paths::webhook_endpoint(WebhookEndpointId(id)))
        }
        ("webhook_delivery", _) => Some(paths::webhook_delivery(WebhookDeliveryId(id))),
        ("policy", _) | ("ledger", "house_currency_chosen") => Some(paths::SETTINGS.to_owned()),
        ("ledger", _) => Some(paths::STATEMENTS.to_owned()),
        _ => None,
    }
}

fn details(entry: &AuditEntry) -> AnyView {
    view! {
        <details>
            <summary>"Show " <span class="visually-hidden">"the details of entry " {entry.number}</span></summary>
            <dl class="facts">
                {json_facts(&entry.detail)}
                <div><dt>"About"</dt><dd class="mono wrap">{entry.subject.to_string()}</dd></div>
                <div><dt>"Hash"</dt><dd class="mono wrap">{entry.hash.clone()}</dd></div>
            </dl>
        </details>
    }
    .into_any()
}
