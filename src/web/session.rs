//! The session of a browser.

use super::{cookies, paths};
use crate::{
    error::{Error, with_causes},
    service::{intents::pay_page, people::session, refunds::confirmation},
    state::Requite,
    store::people::team::User,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Cookie;

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
    cookies::cookie(cookie_name(requite), token, session::LIFETIME.to_std().unwrap_or_default())
}

/// The cookie that ends a session.
pub fn end_cookie(requite: &Requite) -> Cookie<'static> {
    cookies::removal_cookie(cookie_name(requite))
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

/// A path to go to after a form, if it is one of our pages; the overview otherwise. Control characters are refused because
/// browsers remove some of them, which turns `/<tab>/evil.example` into another host.
pub fn safe_next(wanted: &str) -> String {
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let plain = !wanted.contains(|letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\');
    if plain && paths::is_page(path) { wanted.to_owned() } else { paths::OVERVIEW.to_owned() }
}

fn unavailable(error: Error) -> Response {
    tracing::error!(error = %with_causes(&error), "sessions cannot be read");
    (StatusCode::SERVICE_UNAVAILABLE, "Requite cannot reach its database. Try again in a minute.\n").into_response()
}
