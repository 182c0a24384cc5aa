//! One webhook endpoint: settings, secret and the newest deliveries. An address that a program registered has deliveries
//! only.

use super::{deliveries, form, registered};
use crate::{
    domain::{
        error::DomainError,
        ids::WebhookEndpointId,
        paging::{PageRequest, Position, SortDirection},
        webhooks::{Endpoint, EndpointInput, MessageFormat},
    },
    languages::Language,
    server_fns::webhooks::{
        ChangeWebhookEndpoint, DeleteWebhookEndpoint, EnableWebhookEndpoint, RedeliverFailedWebhooks,
        RotateWebhookSecret, SendTestWebhook,
    },
    service::{people::second_factor, webhooks},
    store::webhooks::deliveries::DeliveryFilter,
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode,
            copy::copy_shown,
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
        language::language,
        paths,
    },
};
use chrono::{DateTime, Duration, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// Default start for sending failed deliveries again.
const SUGGESTED: Duration = Duration::days(7);
/// How many deliveries are on the page.
const SHOWN: u32 = 10;

/// Settings, secret, actions, deliveries.
#[component]
pub fn EndpointPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    let (refused, done): (RefusedForm<EndpointInput>, DoneQuery) = (query(), query());
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let id = id(&id_text, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        let endpoint = webhooks::target(&requite.store, &actor, id).await?;
        let filter = DeliveryFilter { endpoint: Some(id), ..DeliveryFilter::default() };
        let newest = PageRequest::new(SHOWN, Position::Start, SortDirection::NewestFirst);
        let newest = webhooks::deliveries(&requite.store, &actor, &filter, &newest).await?;
        let total = webhooks::total_of_deliveries(&requite.store, &actor, &filter).await?;
        let now = requite.context().now;
        let above = language.text("webhooks-title");
        if endpoint.format != MessageFormat::Standard {
            let title = endpoint.format.title(language);
            let again = endpoint.disabled.is_none().then(|| redeliver(language, &endpoint, now));
            let body = view! {
                <h1>{title.clone()}</h1>
                <p>{endpoint_badge(&endpoint)} " " <span class="mono wrap">{endpoint.url.clone()}</span></p>
                <p class="hint">{registered::explanation(language, endpoint.format)}</p>
                <SuccessNotice done />
                {delivery_problems(language, &endpoint)}
                {deliveries::newest(language, &endpoint, &newest.items, total)}
                {again}
            };
            return Ok(Content::new(title, body).below(paths::WEBHOOK_ENDPOINTS, above));
        }
        let check = refused.is_refused();
        let input = if check { refused.input } else { EndpointInput::of(&endpoint) };
        let problems = input.parse(requite.sender.allowed_targets()).err().filter(|_| check).unwrap_or_default();
        let (url, description) = (endpoint.url.clone(), endpoint.description.clone());
        let title = language.text("webhooks-endpoint");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <RecentCode requirement=code page=paths::webhook_endpoint(id) />
                <p>{endpoint_badge(&endpoint)} " " <span class="mono wrap">{url}</span></p>
                {(!description.is_empty()).then(|| view! { <p><TypedText text=description /></p> })}
                {endpoint.disabled.is_none().then(|| send_test(language, id))}
                <SuccessNotice done />
                {delivery_problems(language, &endpoint)}
                <div class="columns">
                    {settings(language, id, &input, &problems)}
                    <div class="stack">
                        {secret(language, &endpoint, webhooks::revealed_secret(&endpoint, code), now)}
                        {enable_or_disable(language, &endpoint)}
                    </div>
                </div>
                {deliveries::newest(language, &endpoint, &newest.items, total)}
                {endpoint.disabled.is_none().then(|| redeliver(language, &endpoint, now))}
            },
        )
        .below(paths::WEBHOOK_ENDPOINTS, above))
    })
}

/// Why the endpoint receives nothing, and what to do.
fn delivery_problems(language: Language, endpoint: &Endpoint) -> Option<AnyView> {
    let sentence = match (endpoint.disabled, endpoint.failing_since) {
        (Some(disabled), _) => {
            let what = language.with("webhooks-disabled", [("reason", disabled.reason.title(language))]);
            let (before, after) = language.around("webhooks-disabled-since", "since");
            view! {
                <p>
                    <strong>{what}</strong> " " {before} <Time at=disabled.at /> {after}
                </p>
            }
            .into_any()
        }
        (None, Some(since)) => {
            let (before, after) = language.around("webhooks-failing-since", "since");
            view! {
                <p>
                    <strong>{before} <Time at=since /> {after}</strong> " " {language.text("webhooks-failing")}
                </p>
            }
            .into_any()
        }
        (None, None) => return None,
    };
    Some(view! { <Advice kind="warning">{sentence}</Advice> }.into_any())
}

fn send_test(language: Language, id: WebhookEndpointId) -> AnyView {
    view! {
        <form method="post" action=SendTestWebhook::url()>
            <input type="hidden" name="endpoint" value=id.to_string() />
            <button class="button">{language.text("webhooks-send-test")}</button>
        </form>
    }
    .into_any()
}

fn settings(language: Language, id: WebhookEndpointId, input: &EndpointInput, problems: &[DomainError]) -> AnyView {
    view! {
        <section class="card" aria-labelledby="settings-title">
            <h2 id="settings-title">{language.text("webhooks-settings")}</h2>
            <form method="post" action=ChangeWebhookEndpoint::url() class="stack" novalidate=true>
                <input type="hidden" name="endpoint" value=id.to_string() />
                {form::fields(language, input, problems)}
                <div class="actions">
                    <button class="button" data-kind="primary">{language.text("webhooks-save")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn secret(language: Language, endpoint: &Endpoint, revealed: Option<String>, now: DateTime<Utc>) -> AnyView {
    let text = |id: &str| language.text(id);
    let old = endpoint.previous_secret.as_ref().filter(|(_, until)| *until > now).map(|(_, until)| *until);
    view! {
        <section class="card" aria-labelledby="secret-title">
            <h2 id="secret-title">{text("webhooks-secret")}</h2>
            <p class="hint">{text("webhooks-secret-hint")}</p>
            {match revealed {
                None => view! { <p>{text("webhooks-secret-needs-code")}</p> }.into_any(),
                Some(secret) => view! {
                    <details>
                        <summary>{text("webhooks-secret-show")}</summary>
                        <p>
                            <code class="wrap" id="secret">{secret}</code> " "
                            {copy_shown("secret", "copy-secret")}
                        </p>
                    </details>
                }
                .into_any(),
            }}
            {old.map(|until| {
                let (before, after) = language.around("webhooks-secret-old", "until");
                view! { <p class="hint">{before} <Time at=until /> {after}</p> }
            })}
            <form method="post" action=RotateWebhookSecret::url()>
                <input type="hidden" name="endpoint" value=endpoint.id.to_string() />
                <button class="button">{text("webhooks-secret-change")}</button>
            </form>
            <p class="hint">{text("webhooks-secret-change-hint")}</p>
        </section>
    }
    .into_any()
}

fn enable_or_disable(language: Language, endpoint: &Endpoint) -> AnyView {
    let is_disabled = endpoint.disabled.is_some();
    let (title, switch) = if is_disabled {
        (language.text("webhooks-enable-or-delete"), language.text("webhooks-enable"))
    } else {
        (language.text("webhooks-disable-or-delete"), language.text("webhooks-disable"))
    };
    let id = endpoint.id.to_string();
    view! {
        <section class="card" aria-labelledby="switch-title">
            <h2 id="switch-title">{title}</h2>
            <form method="post" action=EnableWebhookEndpoint::url()>
                <input type="hidden" name="endpoint" value=id.clone() />
                <input type="hidden" name="enabled" value=if is_disabled { "true" } else { "false" } />
                <button class="button" data-kind=is_disabled.then_some("primary")>
                    {switch}
                </button>
            </form>
            <details>
                <summary>{language.text("webhooks-delete")}</summary>
                <form method="post" action=DeleteWebhookEndpoint::url() class="stack">
                    <p>{language.text("webhooks-delete-text")}</p>
                    <input type="hidden" name="endpoint" value=id />
                    <button class="button">{language.text("webhooks-delete-now")}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn redeliver(language: Language, endpoint: &Endpoint, now: DateTime<Utc>) -> AnyView {
    let (label, hint) = (language.text("webhooks-resend-since"), language.text("webhooks-resend-hint"));
    let since = (now - SUGGESTED).max(endpoint.created_at).format("%Y-%m-%dT%H:%M").to_string();
    view! {
        <section class="card" aria-labelledby="redeliver-title">
            <h2 id="redeliver-title">{language.text("webhooks-resend")}</h2>
            <form method="post" action=RedeliverFailedWebhooks::url() class="stack">
                <input type="hidden" name="endpoint" value=endpoint.id.to_string() />
                <Field name="since" label kind="datetime-local" value=since required=true hint />
                <div class="actions">
                    <button class="button">{language.text("webhooks-send-again")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
