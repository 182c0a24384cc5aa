//! Every API key, and a form for one more.

use crate::{
    domain::{
        error::DomainError,
        ids::ApiKeyId,
        people::api_key::{NewApiKey, Scope, Scopes},
    },
    http::shown_once::API_KEY,
    islands::submit_button::SubmitButton,
    service::people::api_key,
    store::people::api_keys::ApiKey,
    ui::{
        components::{empty::EmptyState, field::Field, status::Badge, time::Time},
        page::{Content, page, query},
    },
    web::forms::caller,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The address of the list.
pub const LIST: &str = "/developers/api-keys";

/// The address of a key.
pub fn key_page(id: ApiKeyId) -> String {
    format!("{LIST}/{id}")
}

/// What was typed when it was wrong, in the address, so that nothing has to be typed twice.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Attempt {
    check: String,
    name: String,
    scopes: String,
    addresses: String,
}

/// The address of the form with what was typed and what is wrong with it.
pub fn page_to_correct(name: &str, scopes: &str, addresses: &str) -> String {
    let [name, scopes, addresses] = [name, scopes, addresses].map(str::to_owned);
    let attempt = Attempt { check: "yes".to_owned(), name, scopes, addresses };
    format!("{LIST}?{}", serde_urlencoded::to_string(attempt).unwrap_or_default())
}

/// The list and the form.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let caller = caller();
    let attempt: Attempt = query();
    page(async move {
        let (requite, actor) = caller?;
        let keys = api_key::list(&requite, &actor).await?;
        let now = requite.context().now;
        let check = attempt.check == "yes";
        let problems = NewApiKey::parse(&attempt.name, &attempt.scopes, &attempt.addresses).err().filter(|_| check);
        let body = if keys.is_empty() {
            view! { <EmptyState title="No API key yet">"Make one for each program that calls Requite."</EmptyState> }
                .into_any()
        } else {
            table(keys, now)
        };
        Ok(Content::new(
            "API keys",
            view! {
                <h1>"API keys"</h1>
                <p class="hint">
                    "A key lets a program call the REST API in your name. Give each program its own, good for no more than it does."
                </p>
                {body}
                <section class="card" aria-labelledby="new-title">
                    <h2 id="new-title">"Make a key"</h2>
                    {form(&attempt, &problems.unwrap_or_default())}
                </section>
            },
        ))
    })
}

fn table(keys: Vec<ApiKey>, now: DateTime<Utc>) -> AnyView {
    let rows = keys.into_iter().map(|key| row(key, now)).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="API keys">
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Good for"</th>
                        <th scope="col">"Last used"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
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
                <a class="wrap" href=key_page(key.id)>{key.name}</a>
                <p class="hint mono">{key.hint} "…"</p>
            </th>
            <td>{state}</td>
            <td>{key.scopes.to_string()}</td>
            <td>{used}</td>
        </tr>
    }
    .into_any()
}

/// Whether a key works, as a label.
pub fn state(key: &ApiKey, now: DateTime<Utc>) -> AnyView {
    let (status, label) = match (key.revoked_at, key.expires_at) {
        (Some(_), _) => ("disabled", "revoked"),
        (None, Some(end)) if end <= now => ("disabled", "replaced"),
        (None, Some(_)) => ("pending", "being replaced"),
        (None, None) => ("completed", "works"),
    };
    view! { <Badge status=status label=label /> }.into_any()
}

fn form(attempt: &Attempt, problems: &[DomainError]) -> AnyView {
    let error = |field: &str| {
        let error = problems.iter().find(|error| error.field.as_deref() == Some(field))?;
        Some(error.message.clone().into_owned())
    };
    view! {
        <form method="post" action=API_KEY class="stack" novalidate=true>
            <Field name="name" label="Name" value=attempt.name.clone() required=true error=error("name")
                hint="Which program it is for, such as Shop or Back office." />
            {scopes(attempt, error("scopes"))}
            <Field name="addresses" label="Only from these addresses" value=attempt.addresses.clone() error=error("addresses")
                hint="For example 203.0.113.7 or 2001:db8::/32, several with spaces between. Empty allows every address." />
            <div class="actions">
                <SubmitButton label="Make the key".to_owned() busy="Making it…".to_owned() />
            </div>
        </form>
    }
    .into_any()
}

fn scopes(attempt: &Attempt, error: Option<String>) -> AnyView {
    let chosen = |scope: Scope| attempt.scopes.split_whitespace().any(|name| name == scope.as_str());
    let boxes = Scope::ALL
        .into_iter()
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

/// What a key is good for, in words.
pub fn good_for(scopes: Scopes) -> AnyView {
    let items = scopes.iter().map(|scope| view! { <li>{scope.title()}</li> }).collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
