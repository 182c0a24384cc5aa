//! The light or dark theme, remembered in a cookie.

use super::cookies;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use std::time::Duration;

const COOKIE: &str = "requite_theme";
const LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The preference of the system.
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

    /// Parses a name; any other name is the preference of the system.
    pub fn parse(name: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == name).unwrap_or_default()
    }

    /// The theme in the cookie of a request.
    pub fn of_request(headers: &HeaderMap) -> Self {
        cookies::read(headers, COOKIE).map(|name| Self::parse(&name)).unwrap_or_default()
    }

    /// The cookie that remembers it.
    pub fn cookie(self) -> Cookie<'static> {
        cookies::cookie(COOKIE, self.as_str(), LIFETIME)
    }
}
