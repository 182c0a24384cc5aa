//! One webhook endpoint: settings, secret and deliveries. An address that a program registered has
//! deliveries only.

use super::{deliveries, form, registered};
use crate::{
    domain::{
        error::DomainError,
        ids::WebhookEndpointId,
        webhooks::{Endpoint, EndpointInput, MessageFormat},
    },
    server_fns::webhooks::{
        ChangeWebhookEndpoint, DeleteWebhookEndpoint, EnableWebhookEndpoint, RedeliverFailedWebhooks,
        RotateWebhookSecret, SendTestWebhook,
    },
    service::{people::second_factor, webhooks},
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode,
            copy::copy_secret,
            field::Field,
            notice::{Advice, SuccessNotice},
            status::endpoint_badge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::{DoneQuery, RefusedForm},
        forms::{caller, id},
        lists::deliveries::DeliveryQuery,
        paths,
    },
};
use chrono::{DateTime, Duration, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// Default start for sending failed deliveries again.
const SUGGESTED: Duration = Duration::days(7);

/// Settings, secret, actions, deliveries.
#[component]
pub fn EndpointPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    let (refused, done, query): (RefusedForm<EndpointInput>, DoneQuery, DeliveryQuery) = (query(), query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let id = id(&id_text, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        let endpoint = webhooks::target(&requite.store, &actor, id).await?;
        let found = webhooks::deliveries(&requite.store, &actor, &query.filter(id), &query.page()).await?;
        let total = webhooks::total_of_deliveries(&requite.store, &actor, &query.filter(id)).await?;
        let now = requite.context().now;
        if endpoint.format != MessageFormat::Standard {
            let title = endpoint.format.title();
            let again = endpoint.disabled.is_none().then(|| redeliver(&endpoint, now));
            let body = view! {
                <h1>{title}</h1>
                <p>{endpoint_badge(&endpoint)} " " <span class="mono wrap">{endpoint.url.clone()}</span></p>
                <p class="hint">{registered::explanation(endpoint.format)}</p>
                <SuccessNotice done />
                {delivery_problems(&endpoint)}
                {deliveries::section(&endpoint, &query, found, total)}
                {again}
            };
            return Ok(Content::new(title, body).below(paths::WEBHOOK_ENDPOINTS, "Webhooks"));
        }
        let check = refused.is_refused();
        let input = if check { refused.input } else { EndpointInput::of(&endpoint) };
        let problems = input.parse(requite.sender.allowed_targets()).err().filter(|_| check).unwrap_or_default();
        let (url, description) = (endpoint.url.clone(), endpoint.description.clone());
        Ok(Content::new(
            "Webhook endpoint",
            view! {
                <h1>"Webhook endpoint"</h1>
                <RecentCode requirement=code page=paths::webhook_endpoint(id) />
                <p>{endpoint_badge(&endpoint)} " " <span class="mono wrap">{url}</span></p>
                {(!description.is_empty()).then(|| view! { <p><TypedText text=description /></p> })}
                {endpoint.disabled.is_none().then(|| send_test(id))}
                <SuccessNotice done />
                {delivery_problems(&endpoint)}
                <div class="columns">
                    {settings(id, &input, &problems)}
                    <div class="stack">{secret(&endpoint, webhooks::revealed_secret(&endpoint, code), now)} {enable_or_disable(&endpoint)}</div>
                </div>
                {deliveries::section(&endpoint, &query, found, total)}
                {endpoint.disabled.is_none().then(|| redeliver(&endpoint, now))}
            },
        ).below(paths::WEBHOOK_ENDPOINTS, "Webhooks"))
    })
}

/// Why the endpoint receives nothing, and what to do.
fn delivery_problems(endpoint: &Endpoint) -> Option<AnyView> {
    let sentence = match (endpoint.disabled, endpoint.failing_since) {
        (Some(disabled), _) => view! {
            <p>
                <strong>"Nothing is sent here: " {disabled.reason.title()} "."</strong> " Since " <Time at=disabled.at />
                ". What happens is kept, and can be sent again once it is enabled."
            </p>
        }
        .into_any(),
        (None, Some(since)) => view! {
            <p>
                <strong>"Nothing has arrived since " <Time at=since /> "."</strong>
                " Messages are tried again; after five days the endpoint is disabled. The deliveries below say what went wrong."
            </p>
        }
        .into_any(),
        (None, None) => return None,
    };
    Some(view! { <Advice kind="warning">{sentence}</Advice> }.into_any())
}

fn send_test(id: WebhookEndpointId) -> AnyView {
    view! {
        <form method="post" action=SendTestWebhook::url()>
            <input type="hidden" name="endpoint" value=id.to_string() />
            <button class="button">"Send a test event"</button>
        </form>
    }
    .into_any()
}

fn settings(id: WebhookEndpointId, input: &EndpointInput, problems: &[DomainError]) -> AnyView {
    view! {
        <section class="card" aria-labelledby="settings-title">
            <h2 id="settings-title">"Settings"</h2>
            <form method="post" action=ChangeWebhookEndpoint::url() class="stack" novalidate=true>
                <input type="hidden" name="endpoint" value=id.to_string() />
                {form::fields(input, problems)}
                <div class="actions">
                    <button class="button" data-kind="primary">"Save"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn secret(endpoint: &Endpoint, revealed: Option<String>, now: DateTime<Utc>) -> AnyView {
    let old = endpoint.previous_secret.as_ref().filter(|(_, until)| *until > now).map(|(_, until)| *until);
    view! {
        <section class="card" aria-labelledby="secret-title">
            <h2 id="secret-title">"Signing secret"</h2>
            <p class="hint">"Your receiver verifies with it that a message is from here. Whoever knows it can make one up."</p>
            {match revealed {
                None => view! { <p>"Enter a code above to see it."</p> }.into_any(),
                Some(secret) => view! {
                    <details>
                        <summary>"Show the secret"</summary>
                        <p>
                            <code class="wrap" id="secret">{secret}</code> " "
                            {copy_secret("secret", "copy-secret")}
                        </p>
                    </details>
                }
                .into_any(),
            }}
            {old.map(|until| view! { <p class="hint">"The old secret is valid too until " <Time at=until /> "."</p> })}
            <form method="post" action=RotateWebhookSecret::url()>
                <input type="hidden" name="endpoint" value=endpoint.id.to_string() />
                <button class="button">"Change the secret"</button>
            </form>
            <p class="hint">"Messages are then signed with both for 24 hours. Changing it twice ends the first one at once."</p>
        </section>
    }
    .into_any()
}

fn enable_or_disable(endpoint: &Endpoint) -> AnyView {
    let is_disabled = endpoint.disabled.is_some();
    let id = endpoint.id.to_string();
    view! {
        <section class="card" aria-labelledby="switch-title">
            <h2 id="switch-title">{if is_disabled { "Enable or delete" } else { "Disable or delete" }}</h2>
            <form method="post" action=EnableWebhookEndpoint::url()>
                <input type="hidden" name="endpoint" value=id.clone() />
                <input type="hidden" name="enabled" value=if is_disabled { "true" } else { "false" } />
                <button class="button" data-kind=is_disabled.then_some("primary")>
                    {if is_disabled { "Enable the endpoint" } else { "Disable the endpoint" }}
                </button>
            </form>
            <details>
                <summary>"Delete it"</summary>
                <form method="post" action=DeleteWebhookEndpoint::url() class="stack">
                    <p>"The secret is erased, and what waits is not sent. The log of what was sent stays."</p>
                    <input type="hidden" name="endpoint" value=id />
                    <button class="button">"Delete the endpoint for good"</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn redeliver(endpoint: &Endpoint, now: DateTime<Utc>) -> AnyView {
    let since = (now - SUGGESTED).max(endpoint.created_at).format("%Y-%m-%dT%H:%M").to_string();
    view! {
        <section class="card" aria-labelledby="redeliver-title">
            <h2 id="redeliver-title">"Send again what did not arrive"</h2>
            <form method="post" action=RedeliverFailedWebhooks::url() class="stack">
                <input type="hidden" name="endpoint" value=endpoint.id.to_string() />
                <Field name="since" label="Events since (UTC)" kind="datetime-local" value=since required=true
                    hint="Everything since that time that failed, waits for its next attempt or was not sent, in the order in which it happened." />
                <div class="actions">
                    <button class="button">"Send it again"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
