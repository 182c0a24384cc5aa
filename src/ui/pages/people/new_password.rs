//! A forgotten password: asking for a link, and choosing a new password with it.

use crate::{
    server_fns::password::{ChoosePassword, RequestNewPassword},
    service::{people::password_reset, refunds::confirmation::require_can_ask},
    texts::success::Success,
    ui::{
        components::{field::Field, notice::SuccessNotice},
        page::{Content, bare_page, param, query},
    },
    web::{form_query::DoneQuery, forms::request, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Asks for the e-mail address.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let request = request();
    let done: DoneQuery = query();
    bare_page(async move {
        let (requite, _) = request?;
        let body = if require_can_ask(&requite.settings).is_err() {
            view! { <p>"This server sends no mail. Whoever runs it can give you a new password."</p> }.into_any()
        } else if done.success() == Some(Success::PasswordLinkRequested) {
            view! { <SuccessNotice done /> }.into_any()
        } else {
            view! {
                <form method="post" action=RequestNewPassword::url() class="card stack">
                    <Field name="email" label="E-mail address" kind="email" autocomplete="username" required=true />
                    <button class="button" data-kind="primary">"Mail me a link"</button>
                </form>
            }
            .into_any()
        };
        Ok(Content::new(
            "New password",
            view! {
                <h1>"I have forgotten my password"</h1>
                {body}
                <p class="hint"><a href=paths::SIGN_IN>"Back to signing in"</a></p>
            },
        ))
    })
}

/// Asks for the new password.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let request = request();
    let token = param("reset");
    bare_page(async move {
        let (requite, _) = request?;
        let user = password_reset::user_of(&requite.store, &requite.context(), &token).await?;
        Ok(Content::new(
            "New password",
            view! {
                <h1>"Choose a new password"</h1>
                <form method="post" action=ChoosePassword::url() class="card stack">
                    <input type="hidden" name="reset" value=token />
                    // Password managers save the new password for this account.
                    <input type="hidden" name="email" autocomplete="username" value=user.email.clone() />
                    <p>"For " <strong class="wrap">{user.email}</strong></p>
                    <Field name="new_password" label="New password" kind="password" autocomplete="new-password" required=true
                        hint="At least 15 characters; a sentence is good. You are signed out everywhere." />
                    <button class="button" data-kind="primary">"Set the password"</button>
                </form>
            },
        ))
    })
}
