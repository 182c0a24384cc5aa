//! New passwords.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Changes the person's own password.
#[server(prefix = "/do", endpoint = "password/change")]
pub async fn change_password(old_password: String, new_password: String) -> Result<(), DomainError> {
    use crate::{
        service::people::password_reset,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let (context, limits) = (requite.context(), &requite.sign_in_limits);
        password_reset::change(&requite.store, &context, limits, &actor, &old_password, &new_password).await?;
        Ok(form_query::with_success_notice(paths::ACCOUNT, Success::PasswordChanged))
    };
    forms::answer(paths::ACCOUNT, done.await)
}

/// Mails a link to choose a new password, if somebody has this e-mail address.
#[server(prefix = "/do", endpoint = "password/forgotten")]
pub async fn request_new_password(email: String) -> Result<(), DomainError> {
    use crate::{
        error::with_causes,
        service::people::password_reset,
        texts::success::Success,
        web::{client_address::client_address, form_query, forms, paths},
    };
    let done = async {
        let (requite, parts) = forms::request()?;
        let from = client_address(&requite, &parts);
        requite.sign_in_limits.count_reset(from)?;
        requite.background.clone().spawn(async move {
            if let Err(error) = password_reset::request(&requite.store, &requite.context(), &email, from).await {
                tracing::error!(error = %with_causes(&error), "a link to a new password cannot be e-mailed");
            }
        });
        Ok(form_query::with_success_notice(paths::FORGOT_PASSWORD, Success::PasswordLinkRequested))
    };
    forms::answer(paths::FORGOT_PASSWORD, done.await)
}

/// Sets the password that somebody chose with a link.
#[server(prefix = "/do", endpoint = "password/choose")]
pub async fn choose_password(reset: String, new_password: String) -> Result<(), DomainError> {
    use crate::{
        service::people::password_reset,
        texts::success::Success,
        web::{client_address::client_address, form_query, forms, paths},
    };
    // The token is put into a path, so it must be one.
    let is_token = reset.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    let back = if is_token { format!("{}{reset}", paths::NEW_PASSWORD) } else { paths::SIGN_IN.to_owned() };
    let done = async {
        let (requite, parts) = forms::request()?;
        let (limits, from) = (&requite.sign_in_limits, client_address(&requite, &parts));
        password_reset::choose(&requite.store, &requite.context(), limits, &reset, &new_password, from).await?;
        Ok(form_query::with_success_notice(paths::SIGN_IN, Success::PasswordChosen))
    };
    forms::answer(&back, done.await)
}
