//! The list of API keys, and the form to create one.

use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        names::Named,
        people::api_key::{Scope, Scopes},
        webhooks::CallbackFormat,
    },
    islands::submit_button::SubmitButton,
    service::people::{api_key, second_factor},
    store::people::api_key::ApiKey,
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode,
            empty::EmptyState,
            field::{Field, Select, message_of},
            list::{Column, List, ListHead},
            status::Badge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
    },
    web::{
        form_query::{ApiKeyInput, RefusedForm},
        forms::caller,
        paths,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

const COLUMNS: &[Column] =
    &[Column::text("Name"), Column::text("State"), Column::text("Good for"), Column::text("Last used")];

/// The list and the form.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let caller = caller();
    let refused: RefusedForm<ApiKeyInput> = query();
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let keys = api_key::list(&requite.store, &actor).await?;
        let now = requite.context().now;
        let check = refused.is_refused();
        let input = refused.input;
        let problems = input.parse().err().filter(|_| check);
        let file = (!keys.is_empty()).then(|| paths::API_KEYS_FILE.to_owned());
        let rows = keys.into_iter().map(|key| row(key, now)).collect();
        Ok(Content::new(
            "API keys",
            view! {
                <ListHead title="API keys" file saved_as="api-keys.csv" />
                <RecentCode requirement=code page=paths::API_KEYS />
                <p class="hint">
                    "A key lets a program call the REST API in your name. Give each program its own, good for no more than it does."
                </p>
                <List label="API keys" columns=COLUMNS rows>
                    <EmptyState title="No API key yet">"Make one for each program that calls Requite."</EmptyState>
                </List>
                <section class="card" aria-labelledby="new-title">
                    <h2 id="new-title">"Make a key"</h2>
                    {form(&input, &problems.unwrap_or_default())}
                </section>
            },
        ))
    })
}

fn row(key: ApiKey, now: DateTime<Utc>) -> AnyView {
    let state = state(&key, now);
    let used = match key.last_used_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => view! { "never" }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="wrap" href=paths::api_key(key.id)><TypedText text=key.name /></a>
                <p class="hint mono">{key.hint} "…"</p>
            </th>
            <td data-label="State">{state}</td>
            <td data-label="Good for">{key.scopes.to_string()}</td>
            <td data-label="Last used">{used}</td>
        </tr>
    }
    .into_any()
}

/// The state of a key as a badge.
pub fn state(key: &ApiKey, now: DateTime<Utc>) -> AnyView {
    let (status, label) = match (key.revoked_at, key.expires_at) {
        (Some(_), _) => ("disabled", "revoked"),
        (None, Some(end)) if end <= now => ("disabled", "replaced"),
        (None, Some(_)) => ("pending", "being replaced"),
        (None, None) => ("completed", "works"),
    };
    view! { <Badge status=status label=label /> }.into_any()
}

fn form(input: &ApiKeyInput, problems: &[DomainError]) -> AnyView {
    let error = |field: ErrorField| message_of(problems, field);
    view! {
        <form method="post" action=paths::NEW_API_KEY class="stack" novalidate=true>
            <Field name="name" label="Name" value=input.name.clone() required=true error=error(ErrorField::Name)
                hint="Which program it is for, such as Shop or Back office." />
            {scopes(input, error(ErrorField::Scopes))}
            <Field name="addresses" label="Only from these addresses" value=input.addresses.clone() error=error(ErrorField::Addresses)
                hint="For example 203.0.113.7 or 2001:db8::/32, several with spaces between. Empty allows every address." />
            <Select name="callback_format" label="Callbacks of CoinGate's API" options=callback_formats()
                value=input.callback_format.clone() error=error(ErrorField::CallbackFormat) />
            <div class="field">
                <label class="check">
                    <input type="checkbox" name="strict_circle" value="yes" checked=input.strict_circle == "yes"
                        aria-describedby="strict_circle-hint" />
                    <span>"Strict responses for older clients of Circle"</span>
                </label>
                <p class="hint" id="strict_circle-hint">
                    "For programs that check every response against Circle's older definitions, such as the Python package
                     circle-sdk. What these cannot express, such as other coins, is missing from responses."
                </p>
            </div>
            <div class="actions">
                <SubmitButton label="Make the key".to_owned() busy="Making it…".to_owned() />
            </div>
        </form>
    }
    .into_any()
}

fn callback_formats() -> Vec<(&'static str, &'static str)> {
    let formats = CallbackFormat::all().map(|format| (format.as_str(), format.title()));
    std::iter::once(("", "As the server is set")).chain(formats).collect()
}

fn scopes(input: &ApiKeyInput, error: Option<String>) -> AnyView {
    let chosen = |scope: Scope| input.scopes.split_whitespace().any(|name| name == scope.as_str());
    let boxes = Scope::all()
        .map(|scope| {
            view! {
                <label class="check">
                    <input type="checkbox" name="scopes" value=scope.as_str() checked=chosen(scope) />
                    <span><strong>{scope.as_str()}</strong> <span class="hint">" " {scope.title()}</span></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby="scopes-hint scopes-error">
            <legend>"Good for"</legend>
            <p class="hint" id="scopes-hint">
                "Each includes reading. One key cannot both make refunds and approve them."
            </p>
            {boxes}
            <p class="error" id="scopes-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

/// The scopes of a key as a list.
pub fn scope_labels(scopes: Scopes) -> AnyView {
    let items = scopes.iter().map(|scope| view! { <li>{scope.title()}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
