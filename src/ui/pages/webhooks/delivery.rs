//! One delivery with the request and response of every attempt.

use super::deliveries::state;
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::{PaymentIntentId, RefundId, WebhookDeliveryId},
        webhooks::{Delivery, DeliveryState, MessageFormat},
    },
    languages::Language,
    server_fns::webhooks::RedeliverWebhook,
    service::webhooks,
    store::webhooks::deliveries::DeliveryAttempt,
    texts::{
        errors::{self, sentence},
        titles::Title,
    },
    ui::{
        components::{
            facts::fact,
            notice::SuccessNotice,
            status::Badge,
            time::Time,
            typed_text::TypedText,
            verbatim::{indented, verbatim},
        },
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
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let id = id(&id_text, WebhookDeliveryId, "error-unknown-webhook-delivery")?;
        let detail = webhooks::delivery(&requite.store, &actor, id).await?;
        let webhooks::DeliveryDetail { delivery, attempts, ahead, closed, format } = detail;
        let title = language.with("webhooks-delivery-of", [("event", &delivery.event_type)]);
        // After the next attempt, the notice would be about the past.
        let again = (delivery.state == DeliveryState::Waiting).then(|| view! { <SuccessNotice done /> });
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <p>{state(language, &delivery)}</p>
                {actions(language, &delivery, closed.as_ref())}
                {again}
                {facts(language, &delivery, ahead, to(language, &delivery, closed.as_ref(), format))}
                <section class="stack" aria-labelledby="attempts-title">
                    <h2 id="attempts-title">{language.text("webhooks-attempts")}</h2>
                    {attempt_count(language, &delivery, attempts.len())}
                    {attempts.into_iter().map(|one| attempt(language, one)).collect_view()}
                </section>
            },
        )
        .below(paths::WEBHOOK_ENDPOINTS, language.text("webhooks-title"))
        .below(paths::DELIVERIES, language.text("webhooks-deliveries")))
    })
}

/// The endpoint, with a link if it has a page.
fn to(language: Language, delivery: &Delivery, closed: Option<&DomainError>, format: Option<MessageFormat>) -> AnyView {
    let url = delivery.url.clone();
    let Some(format) = format else {
        let is_deleted = closed.is_some_and(|error| error.code == ErrorCode::NotFound);
        let deleted = is_deleted.then(|| view! { " " {language.text("webhooks-deleted")} });
        return view! { <span class="wrap">{url}</span> {deleted} }.into_any();
    };
    let note = (format != MessageFormat::Standard).then(|| format!(" ({})", format.title(language)));
    view! { <a class="wrap" href=paths::webhook_endpoint(delivery.endpoint_id)>{url}</a> {note} }.into_any()
}

/// The form to send it again, or why that is not possible.
fn actions(language: Language, delivery: &Delivery, closed: Option<&DomainError>) -> AnyView {
    let waits = delivery.state == DeliveryState::Waiting;
    let label = if waits { language.text("webhooks-send-now") } else { language.text("webhooks-send-again") };
    let send = match closed {
        Some(error) if error.code == ErrorCode::NotFound => {
            view! { <p class="hint">{language.text("webhooks-deleted-text")}</p> }.into_any()
        }
        Some(error) => view! { <p class="hint">{sentence(language, error)}</p> }.into_any(),
        None => view! {
            <form method="post" action=RedeliverWebhook::url()>
                <input type="hidden" name="delivery" value=delivery.id.to_string() />
                <button class="button">{label}</button>
            </form>
        }
        .into_any(),
    };
    let here = paths::webhook_delivery(delivery.id);
    view! {
        <div class="actions">
            {waits.then(|| view! { <a class="button" href=here>{language.text("webhooks-look-again")}</a> })}
            {send}
        </div>
    }
    .into_any()
}

/// How many attempts there are, if not all of them are shown.
fn attempt_count(language: Language, delivery: &Delivery, shown: usize) -> Option<AnyView> {
    let text = match usize::try_from(delivery.attempts).unwrap_or(shown) {
        0 => language.text("webhooks-no-attempt"),
        all if all > shown => language.with("webhooks-newest-attempts", [("shown", shown), ("all", all)]),
        _ => return None,
    };
    Some(view! { <p class="hint">{text}</p> }.into_any())
}

fn facts(language: Language, delivery: &Delivery, ahead: Option<WebhookDeliveryId>, endpoint: AnyView) -> AnyView {
    let name = |id: &str| language.text(id);
    let next = match (delivery.next_attempt_at, ahead) {
        (_, Some(ahead)) => {
            let (before, after) = language.around("webhooks-after-earlier", "earlier");
            let earlier = view! { <a href=paths::webhook_delivery(ahead)>{name("webhooks-earlier-event")}</a> };
            view! { {before} {earlier} {after} }.into_any()
        }
        (Some(at), None) => view! { <Time at=at /> }.into_any(),
        (None, None) => name("webhooks-no-next-try").into_any(),
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
            <h2 id="facts-title">{name("webhooks-details")}</h2>
            <dl class="facts">
                {fact(name("webhooks-endpoint-of-delivery"), endpoint)}
                {fact(name("webhooks-next-try"), next)}
                {fact(name("webhooks-happened"), view! { <Time at=delivery.created_at /> })}
                {fact(name("webhooks-about"), about)}
                {fact(name("webhooks-message-id"), view! { <span class="mono wrap">{delivery.event_id.to_string()}</span> })}
            </dl>
        </section>
    }
    .into_any()
}

fn attempt(language: Language, attempt: DeliveryAttempt) -> AnyView {
    let text = |id: &str| language.text(id);
    let numbered = [("number", attempt.number)];
    let record = attempt.record;
    let heading = format!("attempt-{}", attempt.number);
    let labelled_by = heading.clone();
    let (status, label) = match record.response_status {
        Some(code @ 200..=299) => ("completed", code.to_string()),
        Some(code) => ("failed", code.to_string()),
        None => ("failed", text("webhooks-no-answer")),
    };
    let error = record.error.map(|error| {
        let error = errors::text(language, &error);
        fact(text("webhooks-attempt-error"), view! { <TypedText text=error /> })
    });
    let next = attempt.next_attempt_at.map(|at| fact(text("webhooks-next-try-at"), view! { <Time at=at /> }));
    let response = record.response_status.map(|code| {
        let cut = record.response_cut.then(|| view! { <p class="hint">{text("webhooks-response-cut")}</p> });
        let name = text("webhooks-response");
        let line = language.with("webhooks-response-line", [("status", code.to_string())]);
        view! {
            <details>
                <summary>
                    {name.clone()} " "
                    <span class="visually-hidden">{language.with("webhooks-of-attempt", numbered)}</span>
                </summary>
                {message(name, &line, &record.response_headers, &record.response_body)}
                {cut}
            </details>
        }
    });
    let request = text("webhooks-request");
    let line = language.with("webhooks-request-line", [("url", record.url.as_str())]);
    let when = [("milliseconds", record.duration.num_milliseconds())];
    let (before, after) = language.around_with("webhooks-attempt-time", "at", when);
    view! {
        <section class="card" aria-labelledby=labelled_by>
            <h3 id=heading>{language.with("webhooks-attempt", numbered)} " " <Badge status=status label=label /></h3>
            <dl class="facts">
                {fact(text("webhooks-attempt-at"), view! { {before} <Time at=record.at /> {after} })}
                {error}
                {next}
            </dl>
            <details>
                <summary>
                    {request.clone()} " "
                    <span class="visually-hidden">{language.with("webhooks-of-attempt", numbered)}</span>
                </summary>
                {message(request, &line, &record.request_headers, &indented(&record.request_body))}
            </details>
            {response}
        </section>
    }
    .into_any()
}

/// First line, headers and body as text.
fn message(name: String, first: &str, headers: &Json, body: &str) -> AnyView {
    let mut text = format!("{first}\n");
    for (name, value) in headers.as_object().into_iter().flatten() {
        text.extend([name.as_str(), ": ", value.as_str().unwrap_or_default(), "\n"]);
    }
    text.push_str(&format!("\n{body}"));
    verbatim(None, name, &text)
}
