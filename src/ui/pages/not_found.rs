//! The page for unknown URLs.

use crate::{domain::error::DomainError, ui::page::page};
use leptos::prelude::*;

/// Says that there is no such page, with status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    page(async { Err(DomainError::not_found("page").into()) })
}
