//! A person's own second factor. The forms whose response shows recovery codes are in `http/shown_once.rs`.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Starts the set-up, or restarts it with a new secret.
#[server(prefix = "/do", endpoint = "second-factor/enrol")]
pub async fn enrol_second_factor(#[server(default)] password: String) -> Result<(), DomainError> {
    use crate::{
        service::people::second_factor,
        web::{forms, paths, session::set_token},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let (context, limits) = (requite.context(), &requite.sign_in_limits);
        let begun = second_factor::enroll(&requite.store, &context, limits, &actor, &password).await?;
        set_token(&requite, &begun.token);
        Ok(paths::ACCOUNT.to_owned())
    };
    forms::answer(paths::ACCOUNT, done.await)
}

/// Turns the second factor off; requires one of its codes.
#[server(prefix = "/do", endpoint = "second-factor/turn-off")]
pub async fn turn_off_second_factor(
    #[server(default)] code: String,
    #[server(default)] recovery_code: String,
) -> Result<(), DomainError> {
    use crate::{
        service::people::second_factor::{self, CodeAttempt},
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let code = forms::code_of(code, recovery_code);
        let code = CodeAttempt { limits: &requite.code_limits, typed: &code };
        second_factor::turn_off(&requite.store, &requite.context(), &actor, code).await?;
        Ok(paths::ACCOUNT.to_owned())
    };
    forms::answer(paths::ACCOUNT, done.await)
}
