//! The light or dark theme, stored in a cookie.

use super::cookies;
use crate::domain::names::Named;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use std::time::Duration;
use strum::{IntoStaticStr, VariantArray};

const COOKIE: &str = "requite_theme";
const LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The colour theme of pages.
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
    /// The theme in the cookie of a request; [`Theme::System`] without one.
    pub fn of_request(headers: &HeaderMap) -> Self {
        cookies::read(headers, COOKIE).and_then(|name| Self::parse(&name)).unwrap_or_default()
    }

    /// The cookie that stores the theme.
    pub fn cookie(self) -> Cookie<'static> {
        cookies::cookie(COOKIE, self.as_str(), LIFETIME)
    }
}
