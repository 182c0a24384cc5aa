//! Every native route, on one screen.

use super::{decisions, problem, refunds};
use crate::{api::openapi::with_other_methods, state::Requite};
use axum::middleware;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes below `/v1`.
pub fn router() -> OpenApiRouter<Requite> {
    let router = OpenApiRouter::new()
        .routes(routes!(refunds::list, refunds::create))
        .routes(routes!(refunds::get))
        .routes(routes!(decisions::approve))
        .routes(routes!(decisions::decline))
        .routes(routes!(decisions::stop))
        .routes(routes!(decisions::renew_quote));
    with_other_methods(router, problem::method_not_allowed).layer(middleware::from_fn(problem::write))
}
