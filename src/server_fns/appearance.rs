//! Light or dark.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Remembers the theme in this browser: `light`, `dark`, or anything else for what the system prefers.
#[server(prefix = "/do", endpoint = "theme")]
pub async fn set_theme(theme: String, #[server(default)] back: String) -> Result<(), DomainError> {
    use crate::web::{forms, session::safe_next};
    let value = if ["light", "dark"].contains(&theme.as_str()) { theme } else { "system".to_owned() };
    let cookie = format!("requite_theme={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
    forms::set_cookie(cookie.parse().ok());
    let back = safe_next(&back);
    forms::answer(&back, Ok(back.clone()))
}
