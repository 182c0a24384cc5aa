//! The routes of all surfaces, put together.

use super::{
    circle::{self, error::ApiError},
    coingate,
    input::{body::MAX_BYTES, problems::UnsupportedRequest},
    native,
    routing::Routes,
    surface::Surface,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, OriginalUri},
    middleware,
    response::{IntoResponse, Response},
    routing::any,
};

/// Every route, with what the document says of it.
pub fn routes() -> Routes {
    let v1 = circle::router::v1()
        .merge(native::router::v1())
        .fallback(nothing_below_v1)
        // Native problems get their body here, where the request's id is known.
        .layer(middleware::from_fn(native::problem::write));
    circle::router::ping()
        // `nest` does not match the nested root with a trailing slash.
        .with_aliases(Router::new().route("/v1/", any(async || ApiError::from(UnsupportedRequest::Path))))
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .merge(coingate::router::router())
}

/// Answers an unknown path in the error format of the surface it belongs to.
async fn nothing_below_v1(OriginalUri(uri): OriginalUri) -> Response {
    match Surface::of(uri.path()) {
        Surface::Native => native::problem::Problem::from(UnsupportedRequest::Path).into_response(),
        Surface::Circle | Surface::CoinGate => ApiError::from(UnsupportedRequest::Path).into_response(),
    }
}
