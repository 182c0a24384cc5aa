//! Every native route, on one screen.

use super::{decisions, problem, refunds};
use crate::state::Requite;
use axum::{
    Router, middleware,
    routing::{get, post},
};

/// The routes below `/v1`.
pub fn router() -> Router<Requite> {
    Router::new()
        .route("/refunds", get(refunds::list).post(refunds::create))
        .route("/refunds/{id}", get(refunds::get))
        .route("/refunds/{id}/approve", post(decisions::approve))
        .route("/refunds/{id}/decline", post(decisions::decline))
        .route("/refunds/{id}/stop", post(decisions::stop))
        .route("/refunds/{id}/renewQuote", post(decisions::renew_quote))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(middleware::from_fn(problem::write))
}
