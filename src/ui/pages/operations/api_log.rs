//! The API log: the list of requests, and one request with its response.

use crate::{
    domain::{
        counted::counted,
        ids::{ApiKeyId, ApiLogId},
        saved_views::SavedList,
        text::revealed,
    },
    service::{operations::api_log, people::api_key, saved_views},
    store::{operations::api_log::ApiLogEntry, people::api_key::ApiKey},
    ui::{
        components::{
            chips::{Chip, chip, option_chip},
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
        forms::{caller, id},
        list_columns::ListColumn,
        list_query::ListFilter,
        lists::api_log::{ApiLogFilters, ApiLogQuery, RequestColumn},
        paths,
    },
};
use leptos::prelude::*;

/// Filters, table, pagination.
#[component]
pub fn ApiLogPage() -> impl IntoView {
    let caller = caller();
    let done: DoneQuery = query();
    let query: ApiLogQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let keys = api_key::list(&requite.store, &actor).await?;
        let found = api_log::list(&requite.store, &actor, &query.filter(), &query.page()).await?;
        let total = api_log::total(&requite.store, &actor, &query.filter()).await?;
        let views = saved_views::of_list(&requite.store, &actor, SavedList::ApiLog).await?;
        let (file, whole_file) = query.files::<RequestColumn, _>(paths::API_LOG_FILE, &found);
        let shown: Vec<RequestColumn> = query.columns.shown();
        let links = query.links(paths::API_LOG, &found);
        let rows = found.items.iter().map(|entry| row_of(&shown, |column| cell(entry, column))).collect();
        let controls = Controls {
            list: SavedList::ApiLog,
            actor: &actor,
            views,
            query: &query,
            filters: filters(&query, &keys),
            on: filters_that_are_on(&query, &keys),
            total,
            noun: "request",
            files: None,
        };
        let controls = controls.view::<RequestColumn>();
        let days = counted(requite.settings.api_log_lifetime.num_days(), "day");
        Ok(Content::new(
            "API log",
            view! {
                <ListHead title="API log" file whole_file saved_as="api-log.csv" />
                <p class="hint">
                    "What programs asked with an API key, and what they were answered. Secrets and personal data are taken out; the rest is kept for "
                    {days} "."
                </p>
                <SuccessNotice done />
                {controls}
                <List label="Requests" columns=Columns::of(&shown) rows links>
                    {empty_list(&query)}
                </List>
            },
        ))
    })
}

const STATUSES: [(&str, &str); 4] = [("", "Any"), ("2", "2xx, done"), ("4", "4xx, refused"), ("5", "5xx, broken")];

fn filters_that_are_on(query: &ApiLogQuery, keys: &[ApiKey]) -> Vec<Option<Chip<ApiLogFilters>>> {
    type F = ApiLogFilters;
    let (on, filter) = (&query.filters, query.filter());
    let name_of = |id: ApiKeyId| keys.iter().find(|key| key.id == id).map(|key| key.name.clone());
    // A key that does not exist is a filter too: it finds nothing.
    let key = filter.key.map(|id| name_of(id).unwrap_or_else(|| id.to_string()));
    vec![
        option_chip("Status", &STATUSES, &on.status, |filters: &mut F| filters.status.clear()),
        chip("Method", &on.method, |filters: &mut F| filters.method.clear()),
        chip("Key", &key.unwrap_or_default(), |filters: &mut F| filters.key.clear()),
        chip("Path has", &on.path, |filters: &mut F| filters.path.clear()),
        chip("Request id", &on.request, |filters: &mut F| filters.request.clear()),
    ]
}

fn filters(query: &ApiLogQuery, keys: &[ApiKey]) -> AnyView {
    let methods = vec![("", "Any"), ("GET", "GET"), ("POST", "POST"), ("PATCH", "PATCH"), ("DELETE", "DELETE")];
    let options = keys
        .iter()
        .map(|key| {
            let id = key.id.to_string();
            let selected = id == query.filters.key;
            view! { <option value=id selected=selected>{revealed(&key.name)} " (" {key.hint.clone()} "…)"</option> }
        })
        .collect_view();
    let filters = view! {
        {kept_columns(query)}
        <Select name="status" label="Status" options=STATUSES.to_vec() value=query.filters.status.clone() />
        <Select name="method" label="Method" options=methods value=query.filters.method.clone() />
        <div class="field">
            <label for="key">"Key"</label>
            <select id="key" name="key" class="input"><option value="">"Any"</option>{options}</select>
        </div>
        <Field name="path" label="Path has" value=query.filters.path.clone() />
        <Field name="request" label="Request id" value=query.filters.request.clone() />
    };
    filter_form(Some(paths::API_LOG.to_owned()), filters, None)
}

fn empty_list(query: &ApiLogQuery) -> AnyView {
    if query.filters.is_filtered() {
        return view! { <NothingMatches all=paths::API_LOG /> }.into_any();
    }
    view! { <EmptyState title="No request yet">"What programs ask with an API key appears here a second later."</EmptyState> }
        .into_any()
}

fn cell(entry: &ApiLogEntry, column: RequestColumn) -> AnyView {
    let name = column.title();
    let text = |content: AnyView| view! { <td data-label=name>{content}</td> }.into_any();
    match column {
        RequestColumn::Request => {
            let request = format!("{} {}", entry.method, entry.path);
            view! { <th scope="row"><a class="mono wrap" href=paths::api_log_entry(entry.id)>{request}</a></th> }
                .into_any()
        }
        RequestColumn::Status => text(status(entry)),
        RequestColumn::Took => {
            view! { <td data-label=name class="end number">{entry.milliseconds} " ms"</td> }.into_any()
        }
        RequestColumn::Key => text(view! { <TypedText text=entry.key_name.clone() /> }.into_any()),
        RequestColumn::When => text(view! { <Time at=entry.created_at /> }.into_any()),
        RequestColumn::RequestId => {
            text(view! { <span class="mono two-lines">{entry.request_id.clone()}</span> }.into_any())
        }
    }
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
    page(async move {
        let (requite, actor) = caller?;
        let entry =
            api_log::get(&requite.store, &actor, id(&id_text, ApiLogId, "error-unknown-request-in-the-log")?).await?;
        let badge = status(&entry);
        let title = format!("{} {}", entry.method, entry.path);
        Ok(Content::new(
            "API request",
            view! {
                <h1 class="wrap">{title}</h1>
                <section class="card" aria-labelledby="facts-title">
                    <h2 id="facts-title">"The request"</h2>
                    <dl class="facts">
                        {fact("Status", badge)}
                        {fact("When", view! { <Time at=entry.created_at /> })}
                        {fact("Took", format!("{} ms", entry.milliseconds))}
                        {fact("Key", view! { <a href=paths::api_key(entry.key_id)><TypedText text=entry.key_name /></a> })}
                        {fact("Request id", view! { <span class="mono wrap">{entry.request_id}</span> })}
                        {entry.idempotency_key.map(|key| fact("Idempotency key", view! { <span class="mono wrap">{key}</span> }))}
                        {(!entry.query.is_empty()).then(|| fact("Query", view! { <span class="mono wrap">{entry.query}</span> }))}
                    </dl>
                </section>
                {text("Sent", "sent", &entry.request_body)}
                {text("Answered", "answered", &entry.response_body)}
            },
        ).below(paths::API_LOG, "API log"))
    })
}

fn text(title: &'static str, name: &'static str, body: &str) -> AnyView {
    let heading = format!("{name}-title");
    let labelled_by = heading.clone();
    let shown = match serde_json::from_str::<serde_json::Value>(body) {
        Ok(json) => serde_json::to_string_pretty(&json).unwrap_or_default(),
        Err(_) if body.is_empty() => "Nothing".to_owned(),
        Err(_) => body.to_owned(),
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <h2 id=heading>{title}</h2>
            <pre class="message" tabindex="0" role="group" aria-label=title>{revealed(&shown)}</pre>
        </section>
    }
    .into_any()
}
