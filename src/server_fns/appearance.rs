//! The theme.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Stores the theme in a cookie: `light`, `dark`, or anything else for the system's preference.
#[server(prefix = "/do", endpoint = "theme")]
pub async fn set_theme(theme: String, #[server(default)] back: String) -> Result<(), DomainError> {
    use crate::{
        domain::names::Named,
        web::{cookies, forms, session::safe_next, theme::Theme},
    };
    cookies::set(&Theme::parse(&theme).unwrap_or_default().cookie());
    let back = safe_next(&back);
    forms::answer(&back, Ok(back.clone()))
}
