//! Signing in and out.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Starts a session and redirects to `next`.
#[server(prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), DomainError> {
    use crate::{
        service::people::session,
        web::{
            client_address::client_address,
            cookies, forms,
            session::{begin_cookie, safe_next, sign_in_page},
        },
    };
    let next = safe_next(&next);
    let done = async {
        let (requite, parts) = forms::request()?;
        let (context, limits, from) = (requite.context(), &requite.sign_in_limits, client_address(&requite, &parts));
        let token = session::sign_in(&requite.store, &context, limits, &email, &password, from).await?;
        cookies::set(&begin_cookie(&requite, &token));
        Ok(next.clone())
    };
    forms::answer(&sign_in_page(&next), done.await)
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
