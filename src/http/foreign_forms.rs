//! Forms of the console come from its own pages only. Others are refused, with a page that says so; so are forms that are too
//! long, which one of the layers around them refuses too.

use crate::{
    domain::error::{DomainError, ErrorCode},
    state::Requite,
    texts::errors::english,
    web::{
        language::{FORMS_OF_ORDERS, is_customers},
        refused_request::RefusedRequest,
        session,
    },
};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::{FromServerFnError, IntoView, provide_context};
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// Where no page is, so that the response is the error page.
const NO_PAGE: &str = "/do";
/// The same for pages that customers see.
const NO_CUSTOMERS_PAGE: &str = FORMS_OF_ORDERS;

/// In a response: the request came with a session, and did not say where from.
#[derive(Clone, Copy)]
struct SaysNothing;

/// Refuses a form that comes with a session and does not say where from: [`CsrfLayer`] accepts that, for programs. Browsers
/// have sent `Origin` with every form for years, and the console's session is for browsers only.
pub async fn require_origin(State(requite): State<Requite>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let says_whence = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    if !says_whence && !request.method().is_safe() && session::token(&requite, headers).is_some() {
        let mut response = StatusCode::FORBIDDEN.into_response();
        response.extensions_mut().insert(SaysNothing);
        return response;
    }
    next.run(request).await
}

/// Accepts forms from our own pages only. The REST API is outside this layer.
pub fn csrf(requite: &Requite) -> CsrfLayer {
    let layer = CsrfLayer::new();
    match &requite.settings.public_url {
        // The URL was validated with the settings.
        Some(url) => layer.clone().add_trusted_origin(url).unwrap_or(layer),
        None => layer,
    }
}

/// Gives the responses of these layers their content: the error page, or the error as JSON for programs. The page is that of somebody
/// who is not signed in, whatever the request came with.
pub async fn answer<IV: IntoView + 'static>(
    request: Request,
    next: Next,
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    let Some(error) = refusal(&response) else { return response };
    let accepted = parts.headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        let in_words = DomainError::plain(error.code, english(&error));
        return (error.status_code(), Json(in_words)).into_response();
    }
    parts.uri = Uri::from_static(if is_customers(&parts) { NO_CUSTOMERS_PAGE } else { NO_PAGE });
    let context = move || {
        context();
        provide_context(RefusedRequest(error.clone()));
    };
    let page = leptos_axum::render_app_async_with_context(context, shell);
    page(Request::from_parts(parts, Body::empty())).await
}

/// Why the form was refused, if one of the layers has refused it.
fn refusal(response: &Response) -> Option<DomainError> {
    let (code, message) = if response.extensions().get::<ProtectionError>().is_some() {
        (ErrorCode::ForeignForm, "error-form-of-another-site")
    } else if response.extensions().get::<SaysNothing>().is_some() {
        (ErrorCode::ForeignForm, "error-form-of-no-site")
    } else if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        (ErrorCode::RequestTooLarge, "error-form-too-large")
    } else {
        return None;
    };
    Some(DomainError::new(code, message))
}
