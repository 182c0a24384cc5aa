//! Signing in and out.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Starts a session and redirects to `next`, or to the page that asks for a code.
#[server(prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), DomainError> {
    use crate::{
        service::people::session,
        web::{
            forms, paths,
            session::{safe_next, set_cookies, sign_in_page},
        },
    };
    let next = safe_next(&next);
    let done = async {
        let (requite, parts) = forms::request()?;
        let (context, limits) = (requite.context(), &requite.sign_in_limits);
        let browser = forms::Browser::of(&requite, &parts);
        let begun = session::sign_in(&requite.store, &context, limits, &email, &password, browser.as_service()).await?;
        set_cookies(&requite, &begun.token, begun.browser.as_deref());
        Ok(if begun.awaits_code() { paths::sign_in_code(&next) } else { next.clone() })
    };
    forms::answer(&sign_in_page(&next), done.await)
}

/// Opens a session that awaits a code, and redirects to `next`.
#[server(prefix = "/do", endpoint = "sign-in/code")]
pub async fn enter_sign_in_code(
    #[server(default)] code: String,
    #[server(default)] recovery_code: String,
    #[server(default)] next: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::error::ErrorCode,
        service::people::{second_factor::CodeAttempt, session},
        web::{
            forms, paths,
            session::{safe_next, set_cookies, token},
        },
    };
    let next = safe_next(&next);
    let done = async {
        let (requite, parts) = forms::request()?;
        let over = || DomainError::new(ErrorCode::NotSignedIn, "The time to enter the code is over.");
        let token = token(&requite, &parts.headers).ok_or_else(over)?;
        let typed = forms::code_of(code, recovery_code);
        let code = CodeAttempt { limits: &requite.code_limits, typed: &typed };
        let browser = forms::Browser::of(&requite, &parts);
        let known = session::enter_code(&requite.store, &requite.context(), &token, code, browser.as_service()).await?;
        set_cookies(&requite, &token, Some(&known));
        Ok(next.clone())
    };
    forms::answer(&paths::sign_in_code(&next), done.await)
}

/// Ends the session.
#[server(prefix = "/do", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), DomainError> {
    use crate::{
        service::people::session,
        web::{
            cookies, forms, paths,
            session::{SignedIn, end_cookie},
        },
    };
    let done = async {
        let (requite, parts) = forms::request()?;
        if let Some(signed_in) = parts.extensions.get::<SignedIn>() {
            session::sign_out(&requite.store, &signed_in.token).await?;
        }
        cookies::set(&end_cookie(&requite));
        Ok(paths::SIGN_IN.to_owned())
    };
    forms::answer(paths::SIGN_IN, done.await)
}
