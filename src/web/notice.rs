//! The error of a refused form, passed over the redirect to the page that shows it.
//!
//! It is in a cookie that expires after a minute and is deleted when shown. It is not in the URL, because anyone could
//! craft a link that shows a message of their own.

use super::cookies;
use crate::domain::error::DomainError;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use data_encoding::BASE64URL_NOPAD;
use std::time::Duration;

const COOKIE: &str = "requite_notice";
const LIFETIME: Duration = Duration::from_secs(60);

/// The cookie with an error.
pub fn cookie(error: &DomainError) -> Option<Cookie<'static>> {
    let json = serde_json::to_vec(error).ok()?;
    Some(cookies::cookie(COOKIE, BASE64URL_NOPAD.encode(&json), LIFETIME))
}

/// The cookie that deletes the error.
pub fn removal_cookie() -> Cookie<'static> {
    cookies::removal_cookie(COOKIE)
}

/// The error in the cookie of a request.
pub fn read(headers: &HeaderMap) -> Option<DomainError> {
    let json = BASE64URL_NOPAD.decode(cookies::read(headers, COOKIE)?.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}
