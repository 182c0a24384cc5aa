//! The sign-in page.

use crate::{
    server_fns::session::SignIn,
    ui::{
        components::field::Field,
        layout::bare_layout,
        page::{query, tab_title},
    },
    web::session::{SignedIn, safe_next},
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
    let signed_in = use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<SignedIn>().is_some());
    if signed_in {
        leptos_axum::redirect(&next, false);
    }
    let form = view! {
        <h1>"Sign in"</h1>
        <form method="post" action=SignIn::url() class="card stack">
            <input type="hidden" name="next" value=next />
            <Field name="email" label="E-mail address" kind="email" autocomplete="username" required=true />
            <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true />
            <button class="button" data-kind="primary">"Sign in"</button>
        </form>
    };
    view! {
        {tab_title("Sign in")}
        {bare_layout(form)}
    }
}
