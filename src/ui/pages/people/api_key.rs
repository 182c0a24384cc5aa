//! One API key, and the page that shows a new key once.

use super::api_keys::{scope_labels, state};
use crate::{
    domain::{ids::ApiKeyId, names::Named, people::api_key::RotationPeriod},
    islands::submit_button::SubmitButton,
    server_fns::api_keys::RevokeApiKey,
    service::people::{api_key, second_factor},
    store::people::api_key::ApiKey,
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode, copy::copy_secret, facts::fact, field::Select, notice::Advice, time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, param, redirect_to},
    },
    web::{
        forms::{caller, id},
        paths,
        shown_once::ShownOnce,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The facts of a key, with the forms to replace or revoke it.
#[component]
pub fn ApiKeyPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let key = api_key::get(&requite.store, &actor, id(&id_text, ApiKeyId, "error-unknown-api-key")?).await?;
        let now = requite.context().now;
        let works = key.is_valid(now);
        Ok(Content::new(
            "API key",
            view! {
                <h1><TypedText text=key.name.clone() /></h1>
                <p>{state(&key, now)}</p>
                <RecentCode requirement=code page=paths::api_key(key.id) />
                <div class="columns">
                    {facts(&key)}
                    {works.then(|| view! { <div class="stack">{replace(key.id)} {revoke(key.id)}</div> })}
                </div>
            },
        )
        .below(paths::API_KEYS, "API keys"))
    })
}

fn facts(key: &ApiKey) -> AnyView {
    let time = |at| view! { <Time at /> }.into_any();
    let addresses = if key.addresses.is_unrestricted() { "everywhere".to_owned() } else { key.addresses.to_string() };
    let used = key.last_used_at.map_or_else(|| view! { "never" }.into_any(), time);
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"What it is"</h2>
            <dl class="facts">
                {fact("Begins with", view! { <span class="mono wrap">{key.hint.clone()} "…"</span> })}
                {fact("Good for", scope_labels(key.scopes))}
                {fact("From", addresses)}
                {key.callback_format.map(|format| fact("Callbacks of CoinGate's API", format.title()))}
                {key.strict_circle.then(|| fact("Circle's responses", "strict, for older clients"))}
                {fact("Last used", used)}
                {fact("Made", time(key.created_at))}
                {fact("Made by", view! { <TypedText text=key.created_by.clone() /> })}
                {key.expires_at.map(|at| fact("Stops, since another took its place", time(at)))}
                {key.revoked_at.map(|at| fact("Revoked", time(at)))}
            </dl>
        </section>
    }
    .into_any()
}

fn replace(id: ApiKeyId) -> AnyView {
    let overlaps = RotationPeriod::all().map(|overlap| (overlap.as_str(), overlap.title())).collect();
    view! {
        <section class="card" aria-labelledby="replace-title">
            <h2 id="replace-title">"Replace"</h2>
            <form method="post" action=paths::NEW_API_KEY class="stack">
                <p class="hint">"A new key takes its place, good for the same. Both work until you have changed your program."</p>
                <input type="hidden" name="replaces" value=id.to_string() />
                <Select name="overlap" label="The old one" options=overlaps value=RotationPeriod::default().as_str() />
                <div class="actions">
                    <SubmitButton label="Make the new key".to_owned() busy="Making it…".to_owned() />
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn revoke(id: ApiKeyId) -> AnyView {
    view! {
        <section class="card" aria-labelledby="revoke-title">
            <h2 id="revoke-title">"Revoke"</h2>
            <form method="post" action=RevokeApiKey::url() class="stack">
                <p class="hint">"It opens nothing from this moment on, and cannot be brought back."</p>
                <input type="hidden" name="key" value=id.to_string() />
                <div class="actions">
                    <button class="button">"Revoke it now"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Shows the key in the response to the form that created it. Any other request is redirected to the list.
#[component]
pub fn NewKeyPage() -> impl IntoView {
    let shown_once = use_context::<ShownOnce>();
    page(async move {
        let Some(ShownOnce::ApiKey(key, secret)) = shown_once else { return Ok(redirect_to(paths::API_KEYS)) };
        Ok(Content::new(
            "Your new API key",
            view! {
                <h1>"Your new API key"</h1>
                <section class="card stack" aria-labelledby="key-title">
                    <h2 id="key-title"><TypedText text=key.name /></h2>
                    <Advice kind="warning">
                        <p role="status">"Copy it now. This page is shown once: nobody can read the key again, not even we."</p>
                    </Advice>
                    <p class="address">
                        <code id="secret" class="mono wrap">{secret}</code> " " {copy_secret("secret", "copy-api-key")}
                    </p>
                    <p class="hint">"Send it with each request as " <code>"Authorization: Bearer …"</code> "."</p>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=paths::api_key(key.id)>"I have kept it"</a>
                    </div>
                </section>
            },
        )
        .below(paths::API_KEYS, "API keys"))
    })
}
