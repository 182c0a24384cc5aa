//! Combines the routes of all surfaces.

use super::{
    circle::{self, error::ApiError},
    coingate,
    input::{body::MAX_BYTES, problems::UnsupportedRequest},
    native,
    routing::Routes,
    surface::Surface,
};
use crate::state::Requite;
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
        .fallback(no_such_path)
        // Native problem documents get their body here, because it contains the request's id.
        .layer(middleware::from_fn(native::problem::write));
    circle::router::ping()
        .with_aliases(unknown_paths())
        .nest("/v1", v1)
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .merge(coingate::router::router())
}

/// Paths that only a program requests and that nothing is at, so that it gets an error that it can read, and no page.
fn unknown_paths() -> Router<Requite> {
    // `nest` does not match the nested root with a trailing slash.
    ["/v1/", "/ping/", "/ping/{*path}", "/api", "/api/", "/api/{*path}"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route(path, any(no_such_path)))
        .layer(middleware::from_fn(native::problem::write))
}

/// The error for an unknown path, in the format of the surface that the path belongs to.
async fn no_such_path(OriginalUri(uri): OriginalUri) -> Response {
    match Surface::of(uri.path()) {
        Surface::Native => native::problem::Problem::from(UnsupportedRequest::Path).into_response(),
        Surface::Circle => ApiError::from(UnsupportedRequest::Path).into_response(),
        Surface::CoinGate => coingate::error::ApiError::no_such_page().into_response(),
    }
}
