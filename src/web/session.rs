//! The session of a browser.

use super::{cookies, language::of_browser, paths, plain_text::plain_text, zone::Zone};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        people::actor::Actor,
    },
    error::{Error, with_causes},
    languages::Language,
    service::{
        intents::pay_page,
        people::session,
        policy,
        refunds::{confirmation, receipt},
    },
    state::Requite,
    store::people::session::OpenSession,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Cookie;

/// Pages that need no session.
const PUBLIC_PAGES: [&str; 4] = [paths::SIGN_IN, paths::SIGN_IN_CODE, paths::FORGOT_PASSWORD, paths::DOCS];
/// What somebody can do who has to set up a second factor first.
const FOR_SET_UP: [&str; 4] = [paths::ACCOUNT, paths::RECOVERY_CODES, "/do/second-factor/enrol", "/do/sign-out"];

/// The signed-in user, set by [`attach_session`].
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub session: OpenSession,
    /// The secret of the session, needed to end it.
    pub token: String,
    /// The policy asks for codes, and the user has no second factor yet. Until they have one they can only set it up.
    pub must_set_up: bool,
}

impl SignedIn {
    /// The user as an actor in this session.
    pub fn actor(&self) -> Actor {
        self.session.actor()
    }

    /// The language that the user has chosen, unless there is none such any more.
    pub fn language(&self) -> Option<Language> {
        self.session.language.as_deref().and_then(Language::of_code)
    }

    /// The time zone that the user has chosen, unless it is not known any more.
    pub fn time_zone(&self) -> Option<Zone> {
        self.session.time_zone.as_deref().and_then(Zone::parse)
    }

    /// Rejects a request to this path, if the user has to set up a second factor first.
    pub fn require_set_up(&self, path: &str) -> Result<(), DomainError> {
        if !self.must_set_up || FOR_SET_UP.contains(&path) {
            return Ok(());
        }
        let message = "error-policy-asks-for-code";
        Err(DomainError::new(ErrorCode::SecondFactorMissing, message))
    }
}

/// The name of the session cookie. With https it has the `__Host-` prefix, so that other hosts of the domain cannot set
/// it.
fn cookie_name(requite: &Requite) -> &'static str {
    if requite.settings.is_https() { "__Host-requite" } else { "requite" }
}

/// The name of the cookie of a browser in which somebody has signed in before.
fn browser_cookie_name(requite: &Requite) -> &'static str {
    if requite.settings.is_https() { "__Host-requite-browser" } else { "requite-browser" }
}

/// The token of the session, open or awaiting a code.
pub fn token(requite: &Requite, headers: &HeaderMap) -> Option<String> {
    cookies::read(headers, cookie_name(requite))
}

/// The token of the browser.
pub fn browser_token(requite: &Requite, headers: &HeaderMap) -> Option<String> {
    cookies::read(headers, browser_cookie_name(requite))
}

/// Sets the cookies of a session that has begun.
pub fn set_cookies(requite: &Requite, token: &str, browser: Option<&str>) {
    let lifetime = if browser.is_some() { session::LIFETIME } else { session::CODE_WITHIN };
    cookies::set(&cookies::cookie(cookie_name(requite), token, lifetime.to_std().unwrap_or_default()));
    if let Some(browser) = browser {
        let lifetime = session::BROWSER_LIFETIME.to_std().unwrap_or_default();
        cookies::set(&cookies::cookie(browser_cookie_name(requite), browser, lifetime));
    }
}

/// Sets the new token of a session that continues.
pub fn set_token(requite: &Requite, token: &str) {
    cookies::set(&cookies::cookie(cookie_name(requite), token, session::LIFETIME.to_std().unwrap_or_default()));
}

/// The cookie that ends a session.
pub fn end_cookie(requite: &Requite) -> Cookie<'static> {
    cookies::removal_cookie(cookie_name(requite))
}

/// Middleware that finds the signed-in user, for pages and forms.
pub async fn attach_session(State(requite): State<Requite>, mut request: Request, next: Next) -> Response {
    if let Some(token) = token(&requite, request.headers()) {
        match signed_in(&requite, token).await {
            Ok(Some(signed_in)) => {
                request.extensions_mut().insert(signed_in);
            }
            Ok(None) => {}
            Err(error) => return unavailable(of_browser(request.headers()), error),
        }
    }
    next.run(request).await
}

async fn signed_in(requite: &Requite, token: String) -> Result<Option<SignedIn>, Error> {
    let Some(session) = session::open_session(&requite.store, &requite.context(), &token).await? else {
        return Ok(None);
    };
    let must_set_up = !session.has_second_factor
        && policy::current(&requite.store, &requite.settings.refund_policy(), session.user.merchant_id)
            .await?
            .second_factor;
    Ok(Some(SignedIn { session, token, must_set_up }))
}

/// Middleware that redirects requests without a session to the sign-in page, which redirects back afterwards.
pub async fn require(State(_): State<Requite>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Server functions check the session themselves, and respond to programs with an error instead of a redirect.
    let is_form = path.starts_with("/do/");
    if is_form
        || path.starts_with(confirmation::PAGE)
        || path.starts_with(pay_page::PAGE)
        || path.starts_with(receipt::PAGE)
        || path.starts_with(paths::NEW_PASSWORD)
        || PUBLIC_PAGES.contains(&path)
    {
        return next.run(request).await;
    }
    if let Some(signed_in) = request.extensions().get::<SignedIn>() {
        if signed_in.require_set_up(path).is_err() {
            return Redirect::to(paths::ACCOUNT).into_response();
        }
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

/// Nobody knows who asks, so the language is that of the browser.
fn unavailable(language: Language, error: Error) -> Response {
    tracing::error!(error = %with_causes(&error), "sessions cannot be read");
    plain_text(language, StatusCode::SERVICE_UNAVAILABLE, &language.text("error-sessions-unreadable"))
}
