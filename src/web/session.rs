//! The session of a browser.

use super::{cookies, paths};
use crate::{
    error::{Error, with_causes},
    service::{intents::pay_page, people::session, refunds::confirmation},
    state::Requite,
    store::people::team::User,
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Cookie;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Pages that need no session.
const PUBLIC_PAGES: [&str; 2] = [paths::SIGN_IN, paths::DOCS];

/// The signed-in user, set by [`attach_session`].
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub user: User,
    /// The secret of the session, needed to end it.
    pub token: String,
}

/// The name of the session cookie. With https it has the `__Host-` prefix, so that other hosts of the domain cannot set
/// it.
fn cookie_name(requite: &Requite) -> &'static str {
    if requite.settings.is_https() { "__Host-requite" } else { "requite" }
}

/// The cookie that begins a session.
pub fn begin_cookie(requite: &Requite, token: &str) -> Cookie<'static> {
    secured(requite, cookies::cookie(cookie_name(requite), token, session::LIFETIME.to_std().unwrap_or_default()))
}

/// The cookie that ends a session.
pub fn end_cookie(requite: &Requite) -> Cookie<'static> {
    secured(requite, cookies::removal_cookie(cookie_name(requite)))
}

/// With https, browsers send the cookie over https only.
fn secured(requite: &Requite, mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.set_secure(requite.settings.is_https());
    cookie
}

/// Middleware that finds the signed-in user, for pages and forms.
pub async fn attach_session(State(requite): State<Requite>, mut request: Request, next: Next) -> Response {
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

/// Middleware that redirects requests without a session to the sign-in page, which redirects back afterwards.
pub async fn require(State(_): State<Requite>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Server functions check the session themselves, and respond to programs with an error instead of a redirect.
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

/// The path of the sign-in page that redirects to `wanted` afterwards.
pub fn sign_in_page(wanted: &str) -> String {
    let query = serde_urlencoded::to_string([("next", wanted)]).unwrap_or_default();
    format!("{}?{query}", paths::SIGN_IN)
}

/// The page to open after signing in: `wanted`, if it is a path on this server.
pub fn safe_next(wanted: &str) -> String {
    let own = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n']);
    if own { wanted.to_owned() } else { "/".to_owned() }
}

/// The IP address of the client, for the audit log and for limits.
pub fn client_address(requite: &Requite, parts: &Parts) -> IpAddr {
    let forwarded = || {
        // The last entry is the one that our own proxy added.
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
