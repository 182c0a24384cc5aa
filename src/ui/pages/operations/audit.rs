//! The audit log: who did what, from where, before and after.

use crate::{
    domain::{
        ids::{PaymentIntentId, RefundId, WebhookDeliveryId, WebhookEndpointId},
        saved_views::SavedList,
    },
    languages::Language,
    service::{operations::audit, saved_views},
    store::operations::audit::AuditEntry,
    texts::{errors, history::of_change},
    ui::{
        components::{
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            columns::kept_columns,
            facts::entry_facts,
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
        language::language,
        list_columns::ListColumn,
        lists::audit::{ACTIONS, AuditColumn, AuditFilters, AuditQuery},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;

/// The command that proves that no entry was changed or removed.
const VERIFY: &str = "requite audit verify";

/// Filters, entries, pagination and the export.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: AuditQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let found = audit::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = audit::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::Audit).await?;
        let links = query.links(paths::AUDIT, &found);
        let (file, whole_file) = query.files::<AuditColumn, _>(paths::AUDIT_FILE, &found);
        let shown: Vec<AuditColumn> = query.columns.shown();
        let rows = found.items.iter().map(|entry| row_of(&shown, |column| cell(language, entry, column))).collect();
        let controls = Controls {
            list: SavedList::Audit,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &calendar),
            on: filters_that_are_on(language, &query, &calendar),
            total,
            rows: "components-entries",
            files: None,
        };
        let controls = controls.view::<AuditColumn>();
        let title = language.text("operations-audit-title");
        let (before, after) = language.around("operations-audit-hint", "command");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file whole_file saved_as="audit.csv" />
                <p class="hint">{before} <code>{VERIFY}</code> {after}</p>
                <SuccessNotice done />
                {controls}
                <List label=title columns=Columns::of_list(&shown, &query, paths::AUDIT) rows links>
                    <NothingMatches all=paths::AUDIT />
                </List>
            },
        ))
    })
}

fn filters_that_are_on(language: Language, query: &AuditQuery, calendar: &Calendar) -> Vec<Option<Chip<AuditFilters>>> {
    type F = AuditFilters;
    let on = &query.filters;
    // Programs and links filter by beginnings that are not in the list of choices.
    let known = ACTIONS.into_iter().find(|(action, _)| !action.is_empty() && *action == on.action);
    let action = known.map_or_else(|| on.action.clone(), |(_, id)| language.text(id));
    let about = query.filter(calendar).about.map(|id| id.to_string()).unwrap_or_default();
    let text = |id: &str| language.text(id);
    vec![
        chip(text("lists-what"), &action, |filters: &mut F| filters.action.clear()),
        chip(text("lists-id"), &about, |filters: &mut F| filters.about.clear()),
        option_chip(text("lists-when"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, calendar.zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, calendar.zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn filters(language: Language, query: &AuditQuery, calendar: &Calendar) -> AnyView {
    let text = |id: &str| language.text(id);
    let actions = ACTIONS.map(|(action, id)| (action, text(id))).to_vec();
    let filters = view! {
        {kept_columns(query)}
        <Select name="action" label=text("lists-what") options=actions value=query.filters.action.clone() />
        <Field name="about" label=text("operations-audit-id") value=query.filters.about.clone() kind="search" />
        {period_field(&query.filters.period)}
        {day_fields(&query.filters.from, &query.filters.to, calendar)}
        {time_order_field(&query.sort)}
    };
    filter_form(None, filters, None)
}

fn cell(language: Language, entry: &AuditEntry, column: AuditColumn) -> AnyView {
    let name = column.title(language);
    match column {
        AuditColumn::Number => view! { <td data-label=name class="end number">{entry.number}</td> }.into_any(),
        AuditColumn::When => view! { <td data-label=name><Time at=entry.at /></td> }.into_any(),
        AuditColumn::Who => {
            view! { <td data-label=name><TypedText text=errors::text(language, &entry.actor) /></td> }.into_any()
        }
        AuditColumn::Origin => {
            let origin = entry.origin.clone().unwrap_or_else(|| "–".to_owned());
            view! { <td data-label=name><span class="mono">{origin}</span></td> }.into_any()
        }
        AuditColumn::What => {
            let what = of_change(language, &entry.action, &entry.detail);
            let what = match page_of(entry) {
                Some(page) => view! { <a href=page>{what}</a> }.into_any(),
                None => what.into_any(),
            };
            // The name that the file, the APIs and `requite audit` have.
            let action = entry.action.clone();
            view! { <th scope="row">{what} <p class="hint mono wrap">{action}</p></th> }.into_any()
        }
        AuditColumn::Subject => {
            view! { <td data-label=name><span class="mono two-lines">{entry.subject.to_string()}</span></td> }
                .into_any()
        }
        AuditColumn::Details => view! { <td data-label=name>{details(language, entry)}</td> }.into_any(),
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
        ("policy", _) | ("ledger", "house_currency_chosen" | "minimum_balances_changed") => {
            Some(paths::SETTINGS.to_owned())
        }
        ("ledger", "topped_up") => Some(paths::BALANCES.to_owned()),
        ("ledger", _) => Some(paths::STATEMENTS.to_owned()),
        _ => None,
    }
}

fn details(language: Language, entry: &AuditEntry) -> AnyView {
    let of_entry = language.with("operations-audit-details", [("number", entry.number.to_string())]);
    view! {
        <details>
            <summary>
                {language.text("operations-audit-show")} " " <span class="visually-hidden">{of_entry}</span>
            </summary>
            <dl class="facts">
                {entry_facts(language, entry)}
                <div><dt>{language.text("operations-audit-about")}</dt><dd class="mono wrap">{entry.subject.to_string()}</dd></div>
                <div><dt>{language.text("operations-audit-hash")}</dt><dd class="mono wrap">{entry.hash.clone()}</dd></div>
            </dl>
        </details>
    }
    .into_any()
}
