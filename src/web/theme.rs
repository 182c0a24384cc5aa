//! Light or dark, as this browser remembers it.

use super::cookies;
use crate::domain::names::Named;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use std::time::Duration;
use strum::{IntoStaticStr, VariantArray};

const COOKIE: &str = "requite_theme";
const LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How pages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the cookie and in forms.
#[strum(serialize_all = "snake_case")]
pub enum Theme {
    /// As the system prefers.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// What a request asks for.
    pub fn of_request(headers: &HeaderMap) -> Self {
        cookies::read(headers, COOKIE).and_then(|name| Self::parse(&name)).unwrap_or_default()
    }

    /// The cookie that remembers it.
    pub fn cookie(self) -> Cookie<'static> {
        cookies::cookie(COOKIE, self.as_str(), LIFETIME)
    }
}
