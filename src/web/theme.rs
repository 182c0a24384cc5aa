//! Light or dark, as this browser remembers it.

use super::cookies;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use std::time::Duration;

const COOKIE: &str = "requite_theme";
const LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How pages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// The name in the cookie and in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a name; another one is what the system prefers.
    pub fn parse(name: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == name).unwrap_or_default()
    }

    /// What a request asks for.
    pub fn of_request(headers: &HeaderMap) -> Self {
        cookies::read(headers, COOKIE).map(|name| Self::parse(&name)).unwrap_or_default()
    }

    /// The cookie that remembers it.
    pub fn cookie(self) -> Cookie<'static> {
        cookies::cookie(COOKIE, self.as_str(), LIFETIME)
    }
}
