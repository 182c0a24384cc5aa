//! The list of webhook endpoints, and the form to add one.

use super::{form, registered};
use crate::{
    domain::webhooks::{Endpoint, EndpointInput, event::EventFilter},
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
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

const COLUMNS: &[Column] =
    &[Column::text("Address"), Column::text("State"), Column::text("Events"), Column::text("Added")];

/// The list and the form.
#[component]
pub fn EndpointsPage() -> impl IntoView {
    let caller = caller();
    let (refused, done): (RefusedForm<EndpointInput>, DoneQuery) = (query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let endpoints = webhooks::list(&requite.store, &actor).await?;
        let named = webhooks::api_targets(&requite.store, &requite.context(), &actor).await?;
        let problems = refused.input.parse(requite.sender.allowed_targets()).err().filter(|_| refused.is_refused());
        let file = (!endpoints.is_empty()).then(|| paths::WEBHOOK_ENDPOINTS_FILE.to_owned());
        let rows = endpoints.into_iter().map(row).collect();
        Ok(Content::new(
            "Webhooks",
            view! {
                <ListHead title="Webhooks" file saved_as="webhooks.csv" />
                <RecentCode requirement=code page=paths::WEBHOOK_ENDPOINTS />
                <p class="hint">
                    "Requite tells your programs what happens, at least once and in the order of each refund. Messages are signed as "
                    "Standard Webhooks says, so that its libraries can verify them."
                </p>
                <SuccessNotice done />
                <List label="Endpoints" columns=COLUMNS rows>
                    <EmptyState title="No endpoint yet">"Add the address of a program that is to be told what happens."</EmptyState>
                </List>
                <section class="card" aria-labelledby="add-title">
                    <h2 id="add-title">"Add an endpoint"</h2>
                    <form method="post" action=AddWebhookEndpoint::url() class="stack" novalidate=true>
                        {form::fields(&refused.input, &problems.unwrap_or_default())}
                        <div class="actions">
                            <button class="button" data-kind="primary">"Add the endpoint"</button>
                        </div>
                    </form>
                </section>
                {registered::section(named)}
            },
        ))
    })
}

fn row(endpoint: Endpoint) -> AnyView {
    let badge = endpoint_badge(&endpoint);
    view! {
        <tr>
            <th scope="row">
                <a class="wrap" href=paths::webhook_endpoint(endpoint.id)>{endpoint.url}</a>
                <p class="hint"><TypedText text=endpoint.description /></p>
            </th>
            <td data-label="State">{badge}</td>
            <td data-label="Events"><span class="mono">{events(&endpoint.events)}</span></td>
            <td data-label="Added"><Time at=endpoint.created_at /></td>
        </tr>
    }
    .into_any()
}

/// The events of an endpoint, abbreviated.
fn events(filter: &EventFilter) -> String {
    match filter.patterns() {
        [first, _, rest @ ..] => format!("{first} and {} more", rest.len() + 1),
        few => few.join(" "),
    }
}
