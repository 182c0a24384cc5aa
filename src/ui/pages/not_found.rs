//! No such page.

use crate::{domain::error::Refusal, ui::page::page};
use leptos::prelude::*;

/// Says that there is no such page, with status 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    page(async { Err(Refusal::not_found("page").into()) })
}
