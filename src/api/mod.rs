//! REST. `/v1` speaks Circle's shapes.

pub mod circle;

use crate::state::Requite;
use axum::Router;

/// Every route of the REST API.
pub fn router(requite: Requite) -> Router {
    circle::router::router(requite)
}
