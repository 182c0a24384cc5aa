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
        let browser = forms::browser(&requite, &parts);
        let begun = session::sign_in(&requite.store, &context, limits, &email, &password, &browser).await?;
        set_cookies(&requite, &begun.token, begun.browser.as_deref());
        Ok(if begun.awaits_code() { paths::sign_in_code(&next) } else { next.clone() })
    };
    forms::answer_keeping(&email, &sign_in_page(&next), done.await)
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
        let over = || DomainError::new(ErrorCode::NotSignedIn, "error-code-time-over");
        let token = token(&requite, &parts.headers).ok_or_else(over)?;
        let typed = forms::code_of(code, recovery_code);
        let code = CodeAttempt { limits: &requite.code_limits, typed: &typed };
        let browser = forms::browser(&requite, &parts);
        let known = session::enter_code(&requite.store, &requite.context(), &token, code, &browser).await?;
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

/// Accepts a code for the changes of the next ten minutes, and goes back to the page.
#[server(prefix = "/do", endpoint = "session/code")]
pub async fn enter_recent_code(
    #[server(default)] code: String,
    #[server(default)] recovery_code: String,
    #[server(default)] next: String,
) -> Result<(), DomainError> {
    use crate::{
        service::people::second_factor::{self, CodeAttempt},
        web::{forms, session::safe_next},
    };
    let next = safe_next(&next);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let typed = forms::code_of(code, recovery_code);
        let code = CodeAttempt { limits: &requite.code_limits, typed: &typed };
        second_factor::enter_code(&requite.store, &requite.context(), &actor, code).await?;
        Ok(next.clone())
    };
    forms::answer(&next, done.await)
}

/// Ends one of the person's own sessions.
#[server(prefix = "/do", endpoint = "sessions/end")]
pub async fn end_session(session: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::SessionId,
        service::people::session,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&session, SessionId, "error-unknown-session")?;
        session::end(&requite.store, &requite.context(), &actor, id).await?;
        Ok(paths::ACCOUNT.to_owned())
    };
    forms::answer(paths::ACCOUNT, done.await)
}

/// Ends the person's other sessions and forgets their browsers.
#[server(prefix = "/do", endpoint = "sessions/end-others")]
pub async fn end_other_sessions() -> Result<(), DomainError> {
    use crate::{
        service::people::session,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        session::end_others(&requite.store, &requite.context(), &actor).await?;
        Ok(form_query::with_success_notice(paths::ACCOUNT, Success::OtherSessionsEnded))
    };
    forms::answer(paths::ACCOUNT, done.await)
}
