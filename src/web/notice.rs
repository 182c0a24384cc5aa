//! What a form was refused for, carried over the redirect to the page that shows it.
//!
//! It travels in a cookie that lives for a minute and is deleted when shown, not in the address: an address can be sent to
//! somebody by anybody, and would put words in our mouth.

use super::cookies;
use crate::domain::error::DomainError;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use data_encoding::BASE64URL_NOPAD;
use std::time::Duration;

const COOKIE: &str = "requite_notice";
const LIFETIME: Duration = Duration::from_secs(60);

/// The cookie that carries a refusal.
pub fn cookie(error: &DomainError) -> Option<Cookie<'static>> {
    let json = serde_json::to_vec(error).ok()?;
    Some(cookies::cookie(COOKIE, BASE64URL_NOPAD.encode(&json), LIFETIME))
}

/// The cookie that forgets it.
pub fn forget() -> Cookie<'static> {
    cookies::forget(COOKIE)
}

/// The refusal that a request carries.
pub fn read(headers: &HeaderMap) -> Option<DomainError> {
    let json = BASE64URL_NOPAD.decode(cookies::read(headers, COOKIE)?.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}
