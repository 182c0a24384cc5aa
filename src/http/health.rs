//! The health check.

use crate::{error::with_causes, state::Requite};
use axum::{Router, extract::State, http::StatusCode, routing::get};

/// `/health`: 200 while the database responds, 503 otherwise.
pub fn router(requite: Requite) -> Router {
    Router::new().route("/health", get(health)).with_state(requite)
}

async fn health(State(requite): State<Requite>) -> (StatusCode, &'static str) {
    match requite.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(error = %with_causes(&error), "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
