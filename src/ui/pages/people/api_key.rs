//! One API key, and the page that shows a new key once.

use super::api_keys::{scope_labels, state};
use crate::{
    domain::{ids::ApiKeyId, names::Named, people::api_key::RotationPeriod},
    islands::submit_button::SubmitButton,
    languages::Language,
    server_fns::api_keys::RevokeApiKey,
    service::people::{api_key, second_factor},
    store::people::api_key::ApiKey,
    texts::titles::Title,
    ui::{
        components::{
            code_field::RecentCode, copy::copy_shown, facts::fact, field::Select, notice::Advice, time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, param, redirect_to},
    },
    web::{
        forms::{caller, id},
        language::language,
        paths,
        shown_once::ShownOnce,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The facts of a key, with the forms to replace or revoke it.
#[component]
pub fn ApiKeyPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let id_text = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let key = api_key::get(&requite.store, &actor, id(&id_text, ApiKeyId, "error-unknown-api-key")?).await?;
        let now = requite.context().now;
        let works = key.is_valid(now);
        Ok(Content::new(
            language.text("people-key"),
            view! {
                <h1><TypedText text=key.name.clone() /></h1>
                <p>{state(language, &key, now)}</p>
                <RecentCode requirement=code page=paths::api_key(key.id) />
                <div class="columns">
                    {facts(language, &key)}
                    {works.then(|| view! { <div class="stack">{replace(language, key.id)} {revoke(language, key.id)}</div> })}
                </div>
            },
        )
        .below(paths::API_KEYS, language.text("people-keys")))
    })
}

fn facts(language: Language, key: &ApiKey) -> AnyView {
    let text = |id: &str| language.text(id);
    let time = |at| view! { <Time at /> }.into_any();
    let addresses =
        if key.addresses.is_unrestricted() { text("people-key-everywhere") } else { key.addresses.to_string() };
    let used = key.last_used_at.map_or_else(|| text("people-never").into_any(), time);
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">{text("people-key-what")}</h2>
            <dl class="facts">
                {fact(text("people-key-begins"), view! { <span class="mono wrap">{key.hint.clone()} "…"</span> })}
                {fact(text("people-key-scopes"), scope_labels(language, key.scopes))}
                {fact(text("people-key-from"), addresses)}
                {key.callback_format.map(|format| fact(text("people-key-callbacks"), format.title(language)))}
                {key.strict_circle.then(|| fact(text("people-key-circle"), text("people-key-circle-strict")))}
                {fact(text("people-key-used"), used)}
                {fact(text("people-key-made"), time(key.created_at))}
                {fact(text("people-key-made-by"), view! { <TypedText text=key.created_by.clone() /> })}
                {key.expires_at.map(|at| fact(text("people-key-stops"), time(at)))}
                {key.revoked_at.map(|at| fact(text("people-key-revoked-at"), time(at)))}
            </dl>
        </section>
    }
    .into_any()
}

fn replace(language: Language, id: ApiKeyId) -> AnyView {
    let text = |id: &str| language.text(id);
    let overlaps = RotationPeriod::all().map(|overlap| (overlap.as_str(), overlap.title(language))).collect();
    view! {
        <section class="card" aria-labelledby="replace-title">
            <h2 id="replace-title">{text("people-key-replace")}</h2>
            <form method="post" action=paths::NEW_API_KEY class="stack">
                <p class="hint">{text("people-key-replace-text")}</p>
                <input type="hidden" name="replaces" value=id.to_string() />
                <Select name="overlap" label=text("people-key-old") options=overlaps value=RotationPeriod::default().as_str() />
                <div class="actions">
                    <SubmitButton label=text("people-key-make-new") busy=text("people-making") />
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn revoke(language: Language, id: ApiKeyId) -> AnyView {
    view! {
        <section class="card" aria-labelledby="revoke-title">
            <h2 id="revoke-title">{language.text("people-key-revoke")}</h2>
            <form method="post" action=RevokeApiKey::url() class="stack">
                <p class="hint">{language.text("people-key-revoke-text")}</p>
                <input type="hidden" name="key" value=id.to_string() />
                <div class="actions">
                    <button class="button">{language.text("people-key-revoke-now")}</button>
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
    let language = language();
    page(async move {
        let Some(ShownOnce::ApiKey(key, secret)) = shown_once else { return Ok(redirect_to(paths::API_KEYS)) };
        let (before, after) = language.around("people-key-send", "header");
        Ok(Content::new(
            language.text("people-key-yours"),
            view! {
                <h1>{language.text("people-key-yours")}</h1>
                <section class="card stack" aria-labelledby="key-title">
                    <h2 id="key-title"><TypedText text=key.name /></h2>
                    <Advice kind="warning">
                        <p role="status">{language.text("people-key-once")}</p>
                    </Advice>
                    <p class="address">
                        <code id="secret" class="mono wrap">{secret}</code> " " {copy_shown("secret", "copy-api-key")}
                    </p>
                    <p class="hint">{before} <code>{language.text("people-key-header")}</code> {after}</p>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=paths::api_key(key.id)>{language.text("people-key-kept")}</a>
                    </div>
                </section>
            },
        )
        .below(paths::API_KEYS, language.text("people-keys")))
    })
}
