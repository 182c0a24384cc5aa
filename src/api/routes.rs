//! Combines the routes of all surfaces.

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

/// Every route with its documentation.
pub fn routes() -> Routes {
    let v1 = circle::router::v1()
        .merge(native::router::v1())
        .fallback(nothing_below_v1)
        // Native problem documents get their body here, because it contains the request's id.
        .layer(middleware::from_fn(native::problem::write));
    circle::router::ping()
        // `nest` does not match the nested root with a trailing slash.
        .with_aliases(Router::new().route("/v1/", any(async || ApiError::from(UnsupportedRequest::Path))))
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .merge(coingate::router::router())
}

/// The error for an unknown path, in the format of the surface that the path belongs to.
async fn nothing_below_v1(OriginalUri(uri): OriginalUri) -> Response {
    match Surface::of(uri.path()) {
        Surface::Native => native::problem::Problem::from(UnsupportedRequest::Path).into_response(),
        Surface::Circle | Surface::CoinGate => ApiError::from(UnsupportedRequest::Path).into_response(),
    }
}
