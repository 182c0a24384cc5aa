//! The language of a page.

use super::session::SignedIn;
use crate::{
    languages::Language,
    service::{
        intents::pay_page,
        refunds::{confirmation, receipt},
    },
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use std::convert::Infallible;

/// The paths of pages for customers, of their forms and of what their islands request.
const FOR_CUSTOMERS: [&str; 5] =
    [pay_page::PAGE, confirmation::PAGE, receipt::PAGE, FORMS_OF_ORDERS, "/do/confirmations/answer"];

/// Where customers' forms of orders are sent to.
pub const FORMS_OF_ORDERS: &str = "/do/pay/";

/// The language of the page that is being rendered, or of the request that is being answered.
pub fn language() -> Language {
    use_context::<Language>().unwrap_or_else(Language::english)
}

/// The variant of this language in which the script writes times. Where the language was chosen, the browser still says whether
/// English is that of Britain or of the United States.
pub fn variant() -> String {
    let parts = use_context::<Parts>();
    language().variant_of_browser(parts.as_ref().and_then(|parts| accepted(&parts.headers)))
}

/// Finds the language of a request out, once for all that its page shows, and says that the browser decides, if only its variant.
pub fn provide_language() {
    let Some(parts) = use_context::<Parts>() else { return };
    provide_context(chosen(&parts).unwrap_or_else(|| of_browser(&parts.headers)));
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::VARY, HeaderValue::from_static("accept-language"));
    }
}

/// The language that whoever is signed in has chosen. Pages for customers are in the language of the browser, whoever opens
/// them.
fn chosen(parts: &Parts) -> Option<Language> {
    if is_customers(parts) {
        return None;
    }
    parts.extensions.get::<SignedIn>().and_then(SignedIn::language)
}

/// The language of whoever reads an answer that is not a page.
impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(chosen(parts).unwrap_or_else(|| of_browser(&parts.headers)))
    }
}

/// The language that the browser prefers.
pub fn of_browser(headers: &HeaderMap) -> Language {
    Language::of_browser(accepted(headers))
}

fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok())
}

/// Whether the page that is being rendered is for customers, who are not signed in.
pub fn is_for_customers() -> bool {
    use_context::<Parts>().is_some_and(|parts| is_customers(&parts))
}

/// Whether a request is for a page for customers, or comes from one.
pub fn is_customers(parts: &Parts) -> bool {
    FOR_CUSTOMERS.iter().any(|start| parts.uri.path().starts_with(start))
}
