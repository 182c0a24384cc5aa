//! What a form was refused for, carried over the redirect to the page that shows it.
//!
//! It travels in a cookie that lives for a minute and is deleted when shown, not in the address: an address can be sent to
//! somebody by anybody, and would put words in our mouth.

use super::session::read_cookie;
use crate::domain::error::DomainError;
use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64URL_NOPAD;

const COOKIE: &str = "requite_notice";

/// The cookie that carries a refusal.
pub fn cookie(error: &DomainError) -> Option<HeaderValue> {
    let json = serde_json::to_vec(error).ok()?;
    let value = BASE64URL_NOPAD.encode(&json);
    HeaderValue::from_str(&format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60")).ok()
}

/// The cookie that forgets it.
pub fn forget() -> HeaderValue {
    HeaderValue::from_static("requite_notice=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The refusal that a request carries.
pub fn read(headers: &HeaderMap) -> Option<DomainError> {
    let json = BASE64URL_NOPAD.decode(read_cookie(headers, COOKIE)?.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}
