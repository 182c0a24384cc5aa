//! One delivery with the request and response of every attempt.

use super::deliveries::state;
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::{PaymentIntentId, RefundId, WebhookDeliveryId},
        text::revealed,
        webhooks::{Delivery, DeliveryState, MessageFormat},
    },
    server_fns::webhooks::RedeliverWebhook,
    service::webhooks,
    store::webhooks::deliveries::DeliveryAttempt,
    texts::{errors::sentence, titles::Title},
    ui::{
        components::{facts::fact, notice::SuccessNotice, status::Badge, time::Time, typed_text::TypedText},
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, id},
        language::language,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde_json::Value as Json;

/// Facts, attempts, and the form to send it again.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&id_text, WebhookDeliveryId, "error-unknown-webhook-delivery")?;
        let detail = webhooks::delivery(&requite.store, &actor, id).await?;
        let webhooks::DeliveryDetail { delivery, attempts, ahead, closed, format } = detail;
        let title = format!("Delivery of {}", delivery.event_type);
        // After the next attempt, the notice would be about the past.
        let again = (delivery.state == DeliveryState::Waiting).then(|| view! { <SuccessNotice done /> });
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p>{state(&delivery)}</p>
                {actions(&delivery, closed.as_ref())}
                {again}
                {facts(&delivery, ahead, to(&delivery, closed.as_ref(), format))}
                <section class="stack" aria-labelledby="attempts-title">
                    <h2 id="attempts-title">"Attempts"</h2>
                    {attempt_count(&delivery, attempts.len())}
                    {attempts.into_iter().map(attempt).collect_view()}
                </section>
            },
        )
        .below(paths::WEBHOOK_ENDPOINTS, "Webhooks"))
    })
}

/// The endpoint, with a link if it has a page.
fn to(delivery: &Delivery, closed: Option<&DomainError>, format: Option<MessageFormat>) -> AnyView {
    let url = delivery.url.clone();
    let Some(format) = format else {
        let deleted = closed.is_some_and(|error| error.code == ErrorCode::NotFound).then_some(" (deleted)");
        return view! { <span class="wrap">{url}</span> {deleted} }.into_any();
    };
    let note = (format != MessageFormat::Standard).then(|| format!(" ({})", format.title()));
    view! { <a class="wrap" href=paths::webhook_endpoint(delivery.endpoint_id)>{url}</a> {note} }.into_any()
}

/// The form to send it again, or why that is not possible.
fn actions(delivery: &Delivery, closed: Option<&DomainError>) -> AnyView {
    let waits = delivery.state == DeliveryState::Waiting;
    let label = if waits { "Send it now" } else { "Send it again" };
    let send = match closed {
        Some(error) if error.code == ErrorCode::NotFound => {
            view! { <p class="hint">"The endpoint was deleted, so it cannot be sent again."</p> }.into_any()
        }
        Some(error) => view! { <p class="hint">{sentence(language(), error)}</p> }.into_any(),
        None => view! {
            <form method="post" action=RedeliverWebhook::url()>
                <input type="hidden" name="delivery" value=delivery.id.to_string() />
                <button class="button">{label}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <div class="actions">
            {waits.then(|| view! { <a class="button" href=paths::webhook_delivery(delivery.id)>"Look again"</a> })}
            {send}
        </div>
    }
    .into_any()
}

/// How many attempts there are, if not all of them are shown.
fn attempt_count(delivery: &Delivery, shown: usize) -> Option<AnyView> {
    match usize::try_from(delivery.attempts).unwrap_or(shown) {
        0 => Some(view! { <p class="hint">"None yet."</p> }.into_any()),
        all if all > shown => {
            Some(view! { <p class="hint">"The newest " {shown} " of " {all} " are shown."</p> }.into_any())
        }
        _ => None,
    }
}

fn facts(delivery: &Delivery, ahead: Option<WebhookDeliveryId>, endpoint: AnyView) -> AnyView {
    let next = match (delivery.next_attempt_at, ahead) {
        (_, Some(ahead)) => view! {
            "After " <a href=paths::webhook_delivery(ahead)>"an earlier event about the same thing"</a>
            ", which has not arrived yet"
        }
        .into_any(),
        (Some(at), None) => view! { <Time at=at /> }.into_any(),
        (None, None) => "None".into_any(),
    };
    let id = delivery.subject;
    let page = match delivery.event_type.split_once('.') {
        Some(("refund", _)) => Some(paths::refund(RefundId(id))),
        Some(("payment_intent" | "payment_intent_amounts", _)) => Some(paths::payment_intent(PaymentIntentId(id))),
        _ => None,
    };
    let about = match page {
        Some(page) => view! { <a class="mono wrap" href=page>{id.to_string()}</a> }.into_any(),
        None => view! { <span class="mono wrap">{id.to_string()}</span> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"Details"</h2>
            <dl class="facts">
                {fact("Endpoint", endpoint)}
                {fact("Next try", next)}
                {fact("Happened", view! { <Time at=delivery.created_at /> })}
                {fact("About", about)}
                {fact("Message (webhook-id)", view! { <span class="mono wrap">{delivery.event_id.to_string()}</span> })}
            </dl>
        </section>
    }
    .into_any()
}

fn attempt(attempt: DeliveryAttempt) -> AnyView {
    let record = attempt.record;
    let heading = format!("attempt-{}", attempt.number);
    let labelled_by = heading.clone();
    let (status, label) = match record.response_status {
        Some(code @ 200..=299) => ("completed", code.to_string()),
        Some(code) => ("failed", code.to_string()),
        None => ("failed", "no answer".to_owned()),
    };
    let next = attempt.next_attempt_at.map(|at| fact("Next try planned for", view! { <Time at=at /> }));
    let response = record.response_status.map(|code| {
        let cut = record.response_cut.then(|| view! { <p class="hint">"Not all of it was kept."</p> });
        view! {
            <details>
                <summary>"Response" <span class="visually-hidden">" of attempt " {attempt.number}</span></summary>
                {message("Response", &format!("HTTP {code}"), &record.response_headers, &record.response_body)}
                {cut}
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <h3 id=heading>"Attempt " {attempt.number} " " <Badge status=status label=label /></h3>
            <dl class="facts">
                {fact("When", view! { <Time at=record.at /> " · " {record.duration.num_milliseconds()} " ms" })}
                {record.error.map(|error| fact("What went wrong", view! { <TypedText text=error /> }))}
                {next}
            </dl>
            <details>
                <summary>"Request" <span class="visually-hidden">" of attempt " {attempt.number}</span></summary>
                {message("Request", &format!("POST {}", record.url), &record.request_headers, &pretty(&record.request_body))}
            </details>
            {response}
        </section>
    }
    .into_any()
}

/// First line, headers and body as text.
fn message(name: &'static str, first: &str, headers: &Json, body: &str) -> AnyView {
    let mut text = format!("{first}\n");
    for (name, value) in headers.as_object().into_iter().flatten() {
        text.push_str(&format!("{name}: {}\n", value.as_str().unwrap_or_default()));
    }
    text.push_str(&format!("\n{body}"));
    view! { <pre class="message" tabindex="0" role="group" aria-label=name>{revealed(&text)}</pre> }.into_any()
}

/// Indents the JSON, which is sent in one line.
fn pretty(body: &str) -> String {
    let json: Option<Json> = serde_json::from_str(body).ok();
    json.and_then(|json| serde_json::to_string_pretty(&json).ok()).unwrap_or_else(|| body.to_owned())
}
