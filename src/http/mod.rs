//! The server: routes, and what every request passes through.

use crate::state::Requite;
use axum::Router;

/// Everything that the server answers.
pub fn router(requite: Requite) -> Router {
    crate::api::router(requite)
}
