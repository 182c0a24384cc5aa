//! Who is at the browser.

use super::{cookies, paths};
use crate::{
    error::{Error, with_causes},
    service::{intents::pay_page, people::session, refunds::confirmation},
    state::Requite,
    store::people::users::User,
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Cookie;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Pages that can be seen without a session.
const PUBLIC_PAGES: [&str; 2] = [paths::SIGN_IN, paths::DOCS];

/// The person at the browser, as the middleware found them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// The secret of their session, to end it.
    pub token: String,
}

/// The name of the session cookie. Over https it has the prefix that browsers protect from other hosts of the domain.
fn cookie_name(requite: &Requite) -> &'static str {
    if requite.settings.is_https() { "__Host-requite" } else { "requite" }
}

/// The cookie that begins a session.
pub fn begin_cookie(requite: &Requite, token: &str) -> Cookie<'static> {
    secured(requite, cookies::cookie(cookie_name(requite), token, session::LIFETIME.to_std().unwrap_or_default()))
}

/// The cookie that ends a session.
pub fn end_cookie(requite: &Requite) -> Cookie<'static> {
    secured(requite, cookies::forget(cookie_name(requite)))
}

/// Over https a browser sends it over https only.
fn secured(requite: &Requite, mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.set_secure(requite.settings.is_https());
    cookie
}

/// Finds out who is at the browser, for pages and forms.
pub async fn recognise(State(requite): State<Requite>, mut request: Request, next: Next) -> Response {
    if let Some(token) = cookies::read(request.headers(), cookie_name(&requite)) {
        match session::user(&requite.store, &requite.context(), &token).await {
            Ok(Some(user)) => {
                request.extensions_mut().insert(SignedIn { user, token });
            }
            Ok(None) => {}
            Err(error) => return unavailable(error),
        }
    }
    next.run(request).await
}

/// Sends everybody without a session to sign in first, and then to where they wanted to go.
pub async fn require(State(_): State<Requite>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Server functions ask for the person themselves, and answer programs with a refusal instead of a redirect.
    let is_form = path.starts_with("/do/");
    if is_form
        || path.starts_with(confirmation::PAGE)
        || path.starts_with(pay_page::PAGE)
        || PUBLIC_PAGES.contains(&path)
        || request.extensions().get::<SignedIn>().is_some()
    {
        return next.run(request).await;
    }
    let wanted = request.uri().path_and_query().map_or(paths::OVERVIEW, |wanted| wanted.as_str());
    if wanted == paths::OVERVIEW {
        return Redirect::to(paths::SIGN_IN).into_response();
    }
    Redirect::to(&sign_in_page(wanted)).into_response()
}

/// The page to sign in on, which leads on to where somebody wanted to go.
pub fn sign_in_page(wanted: &str) -> String {
    let query = serde_urlencoded::to_string([("next", wanted)]).unwrap_or_default();
    format!("{}?{query}", paths::SIGN_IN)
}

/// Where to go after signing in: only to a page of our own.
pub fn safe_next(wanted: &str) -> String {
    let own = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n']);
    if own { wanted.to_owned() } else { "/".to_owned() }
}

/// The address that attempts to sign in are counted by.
pub fn client_address(requite: &Requite, parts: &Parts) -> IpAddr {
    let forwarded = || {
        // The last entry is the one that our own proxy has written.
        let value = parts.headers.get("x-forwarded-for")?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    };
    let direct = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let found = if requite.settings.trust_proxy { forwarded().or_else(direct) } else { direct() };
    found.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

fn unavailable(error: Error) -> Response {
    tracing::error!(error = %with_causes(&error), "sessions cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, "Requite cannot reach its database. Try again in a minute.\n").into_response()
}
