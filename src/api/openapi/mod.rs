//! The OpenAPI 3.1 document of the REST API, generated from the routes: a handler cannot be added as a route without
//! its documentation. This module adds what all operations of a surface share.
//!
//! The document is served at `/openapi.json`, shown as a page at `/docs`, printed by `requite openapi`, and committed
//! as `openapi.json`, so that a review shows every change of the API.

mod examples;
pub mod introduction;
mod shared;
pub mod webhooks;

pub use super::{routing::parameters, surface::Surface};

use super::{
    input::problems::UnsupportedRequest,
    native::problem::{self, Problem},
};
use crate::{service::fingerprint, state::Requite, web::entity_tag};
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::LazyLock;
use strum::VariantArray;
use utoipa::openapi::{
    Components, Info, License, OpenApi, Server,
    path::{Operation, PathItem},
    security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    tag::Tag,
};

/// The document as it is served. It does not change while the process runs.
static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(build);
static JSON: LazyLock<String> = LazyLock::new(|| DOCUMENT.to_pretty_json().unwrap_or_default() + "\n");

static TAG: LazyLock<HeaderValue> = LazyLock::new(|| entity_tag::of_hash(&fingerprint::of([json()])));

pub fn document() -> &'static OpenApi {
    &DOCUMENT
}

/// Every operation with its path and method.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Operation)> {
    document().paths.paths.iter().flat_map(|(path, item)| {
        let PathItem { get, post, put, patch, delete, .. } = item;
        [("get", get), ("post", post), ("put", put), ("patch", patch), ("delete", delete)]
            .into_iter()
            .filter_map(|(method, operation)| Some((path.as_str(), method, operation.as_ref()?)))
    })
}

/// The scope that a key needs for an operation; `None` if no key is needed.
pub fn scope(operation: &Operation) -> Option<String> {
    // A requirement gives access to its content only when serialized.
    let requirement = serde_json::to_value(operation.security.as_ref()?.first()?).ok()?;
    let scopes = requirement.as_object()?.values().next()?;
    scopes[0].as_str().map(str::to_owned)
}

/// The document as JSON text.
pub fn json() -> &'static str {
    &JSON
}

/// `/openapi.json`. It is public, since it contains no data of any merchant.
pub fn router() -> Router<Requite> {
    Router::new()
        .route("/openapi.json", get(serve))
        .method_not_allowed_fallback(async || Problem::from(UnsupportedRequest::Method))
        .layer(middleware::from_fn(problem::write))
}

async fn serve(headers: HeaderMap) -> Response {
    // Clients keep the document, and ask each time whether it has changed.
    let shared = [(header::ETAG, TAG.clone()), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    if entity_tag::is_known(&headers, &TAG) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    (shared, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], json()).into_response()
}

fn build() -> OpenApi {
    let mut openapi = super::ROUTES.1.clone();
    let mut info = Info::new("Requite", env!("CARGO_PKG_VERSION"));
    info.description = Some(introduction::markdown());
    let mut license = License::new("MIT OR Apache-2.0");
    license.identifier = Some("MIT OR Apache-2.0".to_owned());
    info.license = Some(license);
    openapi.info = info;
    openapi.servers = Some(vec![Server::new("/")]);
    openapi.tags = Some(
        Surface::VARIANTS
            .iter()
            .flat_map(|surface| surface.tags())
            .map(|(name, description)| {
                let mut tag = Tag::new(*name);
                tag.description = Some((*description).to_owned());
                tag
            })
            .collect(),
    );
    let components = openapi.components.get_or_insert_with(Components::new);
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some("An API key: `Authorization: Bearer <key>`.".to_owned());
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    // OpenAPI has no name for this scheme, so its value is the whole header.
    let description = "The same API key, as CoinGate's clients send it: `Authorization: Token <key>`.";
    let token = ApiKeyValue::with_description("Authorization", description);
    components.add_security_scheme("token", SecurityScheme::ApiKey(ApiKey::Header(token)));
    webhooks::add(&mut openapi);
    shared::finish(&mut openapi);
    examples::add(&mut openapi);
    openapi
}
