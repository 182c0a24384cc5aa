//! The error of a refused form, passed over the redirect to the page that shows it.
//!
//! It is in a cookie that expires after a minute and is deleted when shown. It is not in the URL, because anyone could
//! craft a link that shows a message of their own.

use super::cookies;
use crate::domain::error::DomainError;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const COOKIE: &str = "requite_notice";
const LIFETIME: Duration = Duration::from_secs(60);

/// The longest value. A browser keeps twice as much, but so much is also all that many proxies let through of the headers of a
/// response together.
const VALUE_MAX: usize = 2_000;

/// A form that was refused.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refusal {
    #[serde(flatten)]
    pub error: DomainError,
    /// What was typed and is shown again, if the form keeps anything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed: String,
}

/// The cookie with an error, and with what is typed no second time unless it is too long.
pub fn cookie(error: &DomainError, typed: &str) -> Option<Cookie<'static>> {
    let whole = value(error, typed)?;
    let value = if whole.len() > VALUE_MAX { value(error, "")? } else { whole };
    Some(cookies::cookie(COOKIE, value, LIFETIME))
}

fn value(error: &DomainError, typed: &str) -> Option<String> {
    let json = serde_json::to_vec(&Refusal { error: error.clone(), typed: typed.to_owned() }).ok()?;
    Some(BASE64URL_NOPAD.encode(&json))
}

/// The cookie that deletes the error.
pub fn removal_cookie() -> Cookie<'static> {
    cookies::removal_cookie(COOKIE)
}

/// The refused form in the cookie of a request.
pub fn read(headers: &HeaderMap) -> Option<Refusal> {
    let json = BASE64URL_NOPAD.decode(cookies::read(headers, COOKIE)?.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}
