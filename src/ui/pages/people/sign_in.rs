//! Signing in: the password, and the code of the second factor.

use crate::{
    server_fns::session::{EnterSignInCode, SignIn},
    service::people::session,
    ui::{
        components::{code_field::CodeField, field::Field, notice::SuccessNotice},
        layout::bare_layout,
        page::{Content, bare_page, query, redirect_to, tab_title},
    },
    web::{
        form_query::DoneQuery,
        forms::request,
        language::language,
        notice, paths,
        session::{SignedIn, safe_next, sign_in_page, token},
    },
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SignInQuery {
    next: String,
}

/// Asks for e-mail address and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = safe_next(&query::<SignInQuery>().next);
    let language = language();
    let signed_in = use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<SignedIn>().is_some());
    if signed_in {
        leptos_axum::redirect(&next, false);
    }
    let done: DoneQuery = query();
    // After a wrong password, only the password is typed again.
    let refused = use_context::<Parts>().and_then(|parts| notice::read(&parts.headers));
    let email = refused.map(|refused| refused.typed).unwrap_or_default();
    let text = |id: &str| language.text(id);
    let form = view! {
        <h1>{text("people-sign-in")}</h1>
        <SuccessNotice done />
        <form method="post" action=SignIn::url() class="card stack">
            <input type="hidden" name="next" value=next />
            <Field name="email" label=text("people-email") kind="email" autocomplete="username" required=true value=email />
            <Field name="password" label=text("people-password") kind="password" autocomplete="current-password" required=true />
            <button class="button" data-kind="primary">{text("people-sign-in")}</button>
        </form>
        <p class="hint"><a href=paths::FORGOT_PASSWORD>{text("people-forgotten")}</a></p>
    };
    view! {
        {tab_title(&text("people-sign-in"))}
        {bare_layout(form)}
    }
}

/// Asks for the code of the second factor, after the password was right.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let next = safe_next(&query::<SignInQuery>().next);
    let request = request();
    let language = language();
    bare_page(async move {
        let (requite, parts) = request?;
        let awaits_code = match token(&requite, &parts.headers) {
            Some(token) => session::awaits_code(&requite.store, &requite.context(), &token).await?,
            None => false,
        };
        if !awaits_code {
            return Ok(redirect_to(&sign_in_page(&next)));
        }
        Ok(Content::new(
            language.text("people-code-title"),
            view! {
                <h1>{language.text("people-code")}</h1>
                <form method="post" action=EnterSignInCode::url() class="card stack">
                    <input type="hidden" name="next" value=next />
                    <CodeField />
                    <button class="button" data-kind="primary">{language.text("people-sign-in")}</button>
                </form>
                <p class="hint">{language.text("people-code-lost")}</p>
            },
        ))
    })
}
