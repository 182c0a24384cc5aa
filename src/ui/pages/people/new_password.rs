//! A forgotten password: asking for a link, and choosing a new password with it.

use crate::{
    server_fns::password::{ChoosePassword, RequestNewPassword},
    service::{people::password_reset, refunds::confirmation::require_can_ask},
    texts::success::Success,
    ui::{
        components::{field::Field, notice::SuccessNotice},
        page::{Content, bare_page, param, query},
    },
    web::{form_query::DoneQuery, forms::request, language::language, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Asks for the e-mail address.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let request = request();
    let language = language();
    let done: DoneQuery = query();
    bare_page(async move {
        let (requite, _) = request?;
        let body = if require_can_ask(&requite.settings).is_err() {
            view! { <p>{language.text("people-no-mail")}</p> }.into_any()
        } else if done.success() == Some(Success::PasswordLinkRequested) {
            view! { <SuccessNotice done /> }.into_any()
        } else {
            view! {
                <form method="post" action=RequestNewPassword::url() class="card stack">
                    <Field name="email" label=language.text("people-email") kind="email" autocomplete="username" required=true />
                    <button class="button" data-kind="primary">{language.text("people-mail-link")}</button>
                </form>
            }
            .into_any()
        };
        Ok(Content::new(
            language.text("people-new-password"),
            view! {
                <h1>{language.text("people-forgotten")}</h1>
                {body}
                <p class="hint"><a href=paths::SIGN_IN>{language.text("people-back")}</a></p>
            },
        ))
    })
}

/// Asks for the new password.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let request = request();
    let language = language();
    let token = param("reset");
    bare_page(async move {
        let (requite, _) = request?;
        let user = password_reset::user_of(&requite.store, &requite.context(), &token).await?;
        let (before, after) = language.around("people-password-for", "email");
        let (label, rule) = (language.text("people-new-password"), language.text("people-password-rule"));
        Ok(Content::new(
            language.text("people-new-password"),
            view! {
                <h1>{language.text("people-choose-password")}</h1>
                <form method="post" action=ChoosePassword::url() class="card stack">
                    <input type="hidden" name="reset" value=token />
                    // Password managers save the new password for this account.
                    <input type="hidden" name="email" autocomplete="username" value=user.email.clone() />
                    <p>{before} <strong class="wrap">{user.email}</strong> {after}</p>
                    <Field name="new_password" label kind="password" autocomplete="new-password" required=true hint=rule />
                    <button class="button" data-kind="primary">{language.text("people-set-password")}</button>
                </form>
            },
        ))
    })
}
