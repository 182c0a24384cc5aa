//! Who is at the browser.

use crate::{
    error::Error,
    service::{intents::pay_page, people::session, refunds::confirmation},
    state::Requite,
    store::people::users::User,
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Pages that can be seen without a session.
const PUBLIC_PAGES: [&str; 2] = ["/sign-in", "/docs"];

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
pub fn begin_cookie(requite: &Requite, token: &str) -> Option<HeaderValue> {
    cookie(requite, token, session::LIFETIME.num_seconds())
}

/// The cookie that ends a session.
pub fn end_cookie(requite: &Requite) -> Option<HeaderValue> {
    cookie(requite, "", 0)
}

fn cookie(requite: &Requite, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if requite.settings.is_https() { "; Secure" } else { "" };
    let name = cookie_name(requite);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")).ok()
}

/// The value of a cookie of the request.
pub fn read_cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Finds out who is at the browser, for pages and forms.
pub async fn recognise(State(requite): State<Requite>, mut request: Request, next: Next) -> Response {
    let token = read_cookie(request.headers(), cookie_name(&requite)).map(str::to_owned);
    if let Some(token) = token {
        match session::user(&requite, &token).await {
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
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    if wanted == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    Redirect::to(&sign_in_page(wanted)).into_response()
}

/// The page to sign in on, which leads on to where somebody wanted to go.
pub fn sign_in_page(wanted: &str) -> String {
    let query = serde_urlencoded::to_string([("next", wanted)]).unwrap_or_default();
    format!("/sign-in?{query}")
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
    tracing::error!(%error, "sessions cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, "Requite cannot reach its database. Try again in a minute.\n").into_response()
}
