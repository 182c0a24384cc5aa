//! The API log: the list of requests, and one request with its response.

use crate::{
    domain::{
        ids::{ApiKeyId, ApiLogId},
        saved_views::SavedList,
        text::revealed,
    },
    languages::Language,
    service::{operations::api_log, people::api_key, saved_views},
    store::{operations::api_log::ApiLogEntry, people::api_key::ApiKey},
    ui::{
        components::{
            chips::{Chip, chip, day_chip, day_fields, option_chip, period_field, periods, time_order_field},
            columns::kept_columns,
            empty::EmptyState,
            facts::fact,
            field::{Field, Select},
            list::{Columns, List, ListHead, NothingMatches, filter_form, row_of},
            list_controls::Controls,
            notice::SuccessNotice,
            status::Badge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{calendar, caller, id},
        language::language,
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::api_log::{ApiLogFilters, ApiLogQuery, METHODS, RequestColumn},
        paths,
        periods::Calendar,
    },
};
use leptos::prelude::*;

/// Filters, table, pagination.
#[component]
pub fn ApiLogPage() -> impl IntoView {
    let (caller, calendar) = (caller(), calendar());
    let done: DoneQuery = query();
    let query: ApiLogQuery = query();
    let language = language();
    page(async move {
        let ((requite, actor), calendar) = (caller?, calendar?);
        let filter = query.filter(&calendar);
        let keys = api_key::list(&requite.store, &actor).await?;
        let found = api_log::list(&requite.store, &actor, &filter, &query.page()).await?;
        let total = api_log::total(&requite.store, &actor, &filter).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::ApiLog).await?;
        let (file, whole_file) = query.files::<RequestColumn, _>(paths::API_LOG_FILE, &found);
        let shown: Vec<RequestColumn> = query.columns.shown();
        let links = query.links(paths::API_LOG, &found);
        let rows = found.items.iter().map(|entry| row_of(&shown, |column| cell(language, entry, column))).collect();
        let controls = Controls {
            list: SavedList::ApiLog,
            actor: &actor,
            views,
            query: &query,
            filters: filters(language, &query, &keys, &calendar),
            on: filters_that_are_on(language, &query, &keys, &calendar),
            total,
            rows: "components-requests",
            files: None,
        };
        let controls = controls.view::<RequestColumn>();
        let title = language.text("operations-api-log-title");
        let days = [("days", requite.settings.api_log_lifetime.num_days())];
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title file whole_file saved_as="api-log.csv" />
                <p class="hint">{language.with("operations-api-log-hint", days)}</p>
                <SuccessNotice done />
                {controls}
                <List label=language.text("operations-requests") columns=Columns::of_list(&shown, &query, paths::API_LOG) rows links>
                    {empty_list(language, &query)}
                </List>
            },
        ))
    })
}

/// The classes of status codes, and the ids of their texts.
const STATUSES: [(&str, &str); 4] = [
    ("", "operations-any"),
    ("2", "operations-status-done"),
    ("4", "operations-status-refused"),
    ("5", "operations-status-broken"),
];

fn statuses(language: Language) -> Vec<(&'static str, String)> {
    STATUSES.map(|(class, id)| (class, language.text(id))).to_vec()
}

fn filters_that_are_on(
    language: Language,
    query: &ApiLogQuery,
    keys: &[ApiKey],
    calendar: &Calendar,
) -> Vec<Option<Chip<ApiLogFilters>>> {
    type F = ApiLogFilters;
    let (on, filter, zone) = (&query.filters, query.filter(calendar), calendar.zone);
    let name_of = |id: ApiKeyId| keys.iter().find(|key| key.id == id).map(|key| key.name.clone());
    // A key that does not exist is a filter too: it finds nothing.
    let key = filter.key.map(|id| name_of(id).unwrap_or_else(|| id.to_string()));
    let text = |id: &str| language.text(id);
    vec![
        option_chip(text("lists-status"), &statuses(language), &on.status, |filters: &mut F| filters.status.clear()),
        chip(text("operations-method"), &on.method, |filters: &mut F| filters.method.clear()),
        chip(text("lists-api-key"), &key.unwrap_or_default(), |filters: &mut F| filters.key.clear()),
        chip(text("operations-path-has"), &on.path, |filters: &mut F| filters.path.clear()),
        chip(text("lists-request-id"), &on.request, |filters: &mut F| filters.request.clear()),
        option_chip(text("lists-when"), &periods(), &on.period, |filters: &mut F| filters.period.clear()),
        day_chip(text("lists-from-day"), &on.from, zone, |filters: &mut F| filters.from.clear()),
        day_chip(text("lists-to-day"), &on.to, zone, |filters: &mut F| filters.to.clear()),
    ]
}

fn filters(language: Language, query: &ApiLogQuery, keys: &[ApiKey], calendar: &Calendar) -> AnyView {
    let on = &query.filters;
    let text = |id: &str| language.text(id);
    let methods = METHODS.map(|method| (method, method.to_owned()));
    let methods: Vec<_> = std::iter::once(("", text("operations-any"))).chain(methods).collect();
    let options = keys
        .iter()
        .map(|key| {
            let id = key.id.to_string();
            let selected = id == on.key;
            view! { <option value=id selected=selected>{revealed(&key.name)} " (" {key.hint.clone()} "…)"</option> }
        })
        .collect_view();
    let filters = view! {
        {kept_columns(query)}
        <Select name="status" label=text("lists-status") options=statuses(language) value=on.status.clone() />
        <Select name="method" label=text("operations-method") options=methods value=on.method.clone() />
        <div class="field">
            <label for="key">{text("lists-api-key")}</label>
            <select id="key" name="key" class="input"><option value="">{text("operations-any")}</option>{options}</select>
        </div>
        <Field name="path" label=text("operations-path-has") value=on.path.clone() />
        <Field name="request" label=text("lists-request-id") value=on.request.clone() />
        {period_field(&on.period)}
        {day_fields(&on.from, &on.to, calendar)}
        {time_order_field(&query.sort)}
    };
    filter_form(Some(paths::API_LOG.to_owned()), filters, None)
}

fn empty_list(language: Language, query: &ApiLogQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::API_LOG /> }.into_any();
    }
    let title = language.text("operations-no-request");
    view! { <EmptyState title>{language.text("operations-no-request-yet")}</EmptyState> }.into_any()
}

fn cell(language: Language, entry: &ApiLogEntry, column: RequestColumn) -> AnyView {
    let name = column.title(language);
    match column {
        RequestColumn::Request => {
            let request = format!("{} {}", entry.method, entry.path);
            view! { <th scope="row"><a class="mono wrap" href=paths::api_log_entry(entry.id)>{request}</a></th> }
                .into_any()
        }
        RequestColumn::Status => view! { <td data-label=name>{status(entry)}</td> }.into_any(),
        RequestColumn::Took => view! { <td data-label=name class="end number">{took(language, entry)}</td> }.into_any(),
        RequestColumn::Key => view! { <td data-label=name><TypedText text=entry.key_name.clone() /></td> }.into_any(),
        RequestColumn::When => view! { <td data-label=name><Time at=entry.created_at /></td> }.into_any(),
        RequestColumn::RequestId => {
            view! { <td data-label=name><span class="mono two-lines">{entry.request_id.clone()}</span></td> }.into_any()
        }
    }
}

fn took(language: Language, entry: &ApiLogEntry) -> String {
    language.with("operations-milliseconds", [("number", entry.milliseconds.to_string())])
}

fn status(entry: &ApiLogEntry) -> AnyView {
    let status = match entry.status {
        200..=299 => "completed",
        500.. => "failed",
        _ => "pending",
    };
    view! { <Badge status=status label=entry.status.to_string() /> }.into_any()
}

/// One request and its response.
#[component]
pub fn ApiLogEntryPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let entry =
            api_log::get(&requite.store, &actor, id(&id_text, ApiLogId, "error-unknown-request-in-the-log")?).await?;
        let (badge, took) = (status(&entry), took(language, &entry));
        let request = format!("{} {}", entry.method, entry.path);
        let text = |id: &str| language.text(id);
        let mono = |value: String| view! { <span class="mono wrap">{value}</span> };
        Ok(Content::new(
            text("operations-api-request"),
            view! {
                <h1 class="wrap">{request}</h1>
                <section class="card" aria-labelledby="facts-title">
                    <h2 id="facts-title">{text("operations-the-request")}</h2>
                    <dl class="facts">
                        {fact(text("lists-status"), badge)}
                        {fact(text("lists-when"), view! { <Time at=entry.created_at /> })}
                        {fact(text("lists-took"), took)}
                        {fact(text("lists-api-key"), view! { <a href=paths::api_key(entry.key_id)><TypedText text=entry.key_name /></a> })}
                        {fact(text("lists-request-id"), mono(entry.request_id))}
                        {entry.idempotency_key.map(|key| fact(text("operations-idempotency-key"), mono(key)))}
                        {(!entry.query.is_empty()).then(|| fact(text("operations-query"), mono(entry.query)))}
                    </dl>
                </section>
                {body(language, text("operations-sent"), "sent", &entry.request_body)}
                {body(language, text("operations-answered"), "answered", &entry.response_body)}
            },
        )
        .below(paths::API_LOG, text("operations-api-log-title")))
    })
}

fn body(language: Language, title: String, name: &'static str, body: &str) -> AnyView {
    let heading = format!("{name}-title");
    let labelled_by = heading.clone();
    let shown = match serde_json::from_str::<serde_json::Value>(body) {
        Ok(json) => serde_json::to_string_pretty(&json).unwrap_or_default(),
        Err(_) if body.is_empty() => language.text("operations-no-body"),
        Err(_) => body.to_owned(),
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <h2 id=heading>{title.clone()}</h2>
            <pre class="message" tabindex="0" role="group" aria-label=title>{revealed(&shown)}</pre>
        </section>
    }
    .into_any()
}
