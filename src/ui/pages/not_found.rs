//! The page for unknown URLs, and for requests that were refused before a page was chosen.

use crate::{
    domain::error::DomainError,
    ui::{customer::customer_page, page::page},
    web::{language::is_for_customers, refused_request::RefusedRequest},
};
use leptos::prelude::*;

/// Says that there is no such page, with status 404, or why the request was refused.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let refused = use_context::<RefusedRequest>();
    let error = refused.map_or_else(|| DomainError::not_found("error-unknown-page"), |RefusedRequest(error)| error);
    if is_for_customers() {
        return customer_page(async move { Err(error.into()) }).into_any();
    }
    page(async move { Err(error.into()) }).into_any()
}
