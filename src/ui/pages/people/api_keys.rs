//! The list of API keys, and the form to create one.

use crate::{
    domain::{
        error::{DomainError, Field as ErrorField},
        names::Named,
        people::api_key::{Scope, Scopes},
        webhooks::CallbackFormat,
    },
    islands::submit_button::SubmitButton,
    languages::Language,
    service::people::{api_key, second_factor},
    store::people::api_key::ApiKey,
    texts::{people, titles::Title},
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
        language::language,
        paths,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

fn columns(language: Language) -> Vec<Column> {
    let names = ["people-name", "people-state", "people-key-scopes", "people-key-made", "people-key-used"];
    names.into_iter().map(|id| Column::text(language.text(id))).collect()
}

/// The list and the form.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let caller = caller();
    let language = language();
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
        let rows = keys.into_iter().map(|key| row(language, key, now)).collect();
        Ok(Content::new(
            language.text("people-keys"),
            view! {
                <ListHead title=language.text("people-keys") file saved_as="api-keys.csv" />
                <RecentCode requirement=code page=paths::API_KEYS />
                <p class="hint">{language.text("people-keys-what")}</p>
                <List label=language.text("people-keys") columns=columns(language) rows>
                    <EmptyState title=language.text("people-keys-none")>{language.text("people-keys-none-text")}</EmptyState>
                </List>
                <section class="card" aria-labelledby="new-title">
                    <h2 id="new-title">{language.text("people-key-new")}</h2>
                    {form(language, &input, &problems.unwrap_or_default())}
                </section>
            },
        ))
    })
}

fn row(language: Language, key: ApiKey, now: DateTime<Utc>) -> AnyView {
    let state = state(language, &key, now);
    let used = match key.last_used_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => language.text("people-never").into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="wrap">
                <a href=paths::api_key(key.id)><TypedText text=key.name /></a>
                <p class="hint mono">{key.hint} "…"</p>
            </th>
            <td data-label=language.text("people-state")>{state}</td>
            <td class="words" data-label=language.text("people-key-scopes")>{people::scopes(language, key.scopes)}</td>
            <td data-label=language.text("people-key-made")><Time at=key.created_at /></td>
            <td data-label=language.text("people-key-used")>{used}</td>
        </tr>
    }
    .into_any()
}

/// The state of a key as a badge.
pub fn state(language: Language, key: &ApiKey, now: DateTime<Utc>) -> AnyView {
    let (status, id) = match (key.revoked_at, key.expires_at) {
        (Some(_), _) => ("disabled", "people-key-revoked"),
        (None, Some(end)) if end <= now => ("disabled", "people-key-replaced"),
        (None, Some(_)) => ("pending", "people-key-being-replaced"),
        (None, None) => ("completed", "people-key-works"),
    };
    view! { <Badge status label=language.text(id) /> }.into_any()
}

fn form(language: Language, input: &ApiKeyInput, problems: &[DomainError]) -> AnyView {
    let text = |id: &str| language.text(id);
    let error = |field: ErrorField| message_of(problems, field);
    view! {
        <form method="post" action=paths::NEW_API_KEY class="stack" novalidate=true>
            <Field name="name" label=text("people-name") value=input.name.clone() required=true error=error(ErrorField::Name)
                hint=text("people-key-name-hint") />
            {scopes(language, input, error(ErrorField::Scopes))}
            <Field name="addresses" label=text("people-key-addresses") value=input.addresses.clone()
                error=error(ErrorField::Addresses) hint=text("people-key-addresses-hint") />
            <Select name="callback_format" label=text("people-key-callbacks") options=callback_formats(language)
                value=input.callback_format.clone() error=error(ErrorField::CallbackFormat) />
            <div class="field">
                <label class="check">
                    <input type="checkbox" name="strict_circle" value="yes" checked=input.strict_circle == "yes"
                        aria-describedby="strict_circle-hint" />
                    <span>{text("people-key-strict")}</span>
                </label>
                <p class="hint" id="strict_circle-hint">{text("people-key-strict-text")}</p>
            </div>
            <div class="actions">
                <SubmitButton label=text("people-key-make") busy=text("people-making") />
            </div>
        </form>
    }
    .into_any()
}

fn callback_formats(language: Language) -> Vec<(&'static str, String)> {
    let formats = CallbackFormat::all().map(|format| (format.as_str(), format.title(language)));
    std::iter::once(("", language.text("people-key-callbacks-server"))).chain(formats).collect()
}

fn scopes(language: Language, input: &ApiKeyInput, error: Option<String>) -> AnyView {
    let chosen = |scope: Scope| input.scopes.split_whitespace().any(|name| name == scope.as_str());
    let boxes = Scope::all()
        .map(|scope| {
            view! {
                <label class="check">
                    <input type="checkbox" name="scopes" value=scope.as_str() checked=chosen(scope) />
                    <span><strong>{people::scope(language, scope)}</strong> <span class="hint">" " {scope.title(language)}</span></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby="scopes-hint scopes-error">
            <legend>{language.text("people-key-scopes")}</legend>
            <p class="hint" id="scopes-hint">{language.text("people-key-scopes-hint")}</p>
            {boxes}
            <p class="error" id="scopes-error">{error}</p>
        </fieldset>
    }
    .into_any()
}

/// The scopes of a key as a list.
pub fn scope_labels(language: Language, scopes: Scopes) -> AnyView {
    let items = scopes.iter().map(|scope| view! { <li>{scope.title(language)}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
