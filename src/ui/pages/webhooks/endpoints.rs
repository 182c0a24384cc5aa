//! The list of webhook endpoints, and the form to add one.

use super::{form, registered};
use crate::{
    domain::webhooks::{Endpoint, EndpointInput, event::EventFilter},
    languages::{Language, Value},
    server_fns::webhooks::AddWebhookEndpoint,
    service::{people::second_factor, webhooks},
    ui::{
        components::{
            code_field::RecentCode,
            empty::EmptyState,
            list::{Column, List, ListHead},
            notice::SuccessNotice,
            status::endpoint_badge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::{DoneQuery, RefusedForm},
        forms::caller,
        language::language,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

fn columns(language: Language) -> Vec<Column> {
    let text = |id: &str| language.text(id);
    vec![
        Column::text(text("webhooks-address")),
        Column::text(text("webhooks-state")),
        Column::text(text("webhooks-events")),
        Column::text(text("webhooks-added")),
    ]
}

/// The list and the form.
#[component]
pub fn EndpointsPage() -> impl IntoView {
    let caller = caller();
    let (refused, done): (RefusedForm<EndpointInput>, DoneQuery) = (query(), query());
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let endpoints = webhooks::list(&requite.store, &actor).await?;
        let named = webhooks::api_targets(&requite.store, &requite.context(), &actor).await?;
        let problems = refused.input.parse(requite.sender.allowed_targets()).err().filter(|_| refused.is_refused());
        let file = (!endpoints.is_empty()).then(|| paths::WEBHOOK_ENDPOINTS_FILE.to_owned());
        let rows = endpoints.into_iter().map(|endpoint| row(language, endpoint)).collect();
        let title = language.text("webhooks-title");
        let label = language.text("webhooks-endpoints");
        let none = language.text("webhooks-no-endpoint");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title file saved_as="webhooks.csv" />
                <RecentCode requirement=code page=paths::WEBHOOK_ENDPOINTS />
                <p class="hint">{language.text("webhooks-lead")}</p>
                <p><a href=paths::DELIVERIES>{language.text("webhooks-all-deliveries")}</a></p>
                <SuccessNotice done />
                <List label columns=columns(language) rows>
                    <EmptyState title=none>{language.text("webhooks-no-endpoint-text")}</EmptyState>
                </List>
                <section class="card" aria-labelledby="add-title">
                    <h2 id="add-title">{language.text("webhooks-add-title")}</h2>
                    <form method="post" action=AddWebhookEndpoint::url() class="stack" novalidate=true>
                        {form::fields(language, &refused.input, &problems.unwrap_or_default())}
                        <div class="actions">
                            <button class="button" data-kind="primary">{language.text("webhooks-add")}</button>
                        </div>
                    </form>
                </section>
                {registered::section(language, named)}
            },
        ))
    })
}

fn row(language: Language, endpoint: Endpoint) -> AnyView {
    let text = |id: &str| language.text(id);
    let badge = endpoint_badge(&endpoint);
    view! {
        <tr>
            <th scope="row">
                <a class="wrap" href=paths::webhook_endpoint(endpoint.id)>{endpoint.url}</a>
                <p class="hint wrap"><TypedText text=endpoint.description /></p>
            </th>
            <td data-label=text("webhooks-state")>{badge}</td>
            <td data-label=text("webhooks-events")><span class="mono">{events(language, &endpoint.events)}</span></td>
            <td data-label=text("webhooks-added")><Time at=endpoint.created_at /></td>
        </tr>
    }
    .into_any()
}

/// The events of an endpoint, abbreviated.
fn events(language: Language, filter: &EventFilter) -> String {
    match filter.patterns() {
        [first, _, rest @ ..] => {
            let values = [("first", Value::from(first.as_str())), ("count", Value::from(rest.len() + 1))];
            language.with("webhooks-events-more", values)
        }
        few => few.join(" "),
    }
}
