//! Reads, creates and sets cookies. All that are created here are for the console's own pages, and scripts cannot read them.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::time::Duration;

/// The value of a cookie of the request.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}

/// A cookie with a lifetime.
pub fn cookie(name: &'static str, value: impl Into<String>, lifetime: Duration) -> Cookie<'static> {
    // The builder has its own duration type, which can represent all of ours.
    let lifetime = lifetime.try_into().unwrap_or_default();
    let value: String = value.into();
    let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.max_age(lifetime).build()
}

/// A cookie that deletes another one.
pub fn removal_cookie(name: &'static str) -> Cookie<'static> {
    cookie(name, "", Duration::ZERO)
}

/// Adds a cookie to the response of a page or server function.
pub fn set(cookie: &Cookie<'_>) {
    let value = HeaderValue::from_str(&cookie.encoded().to_string());
    if let (Ok(value), Some(response)) = (value, use_context::<ResponseOptions>()) {
        response.append_header(header::SET_COOKIE, value);
    }
}
