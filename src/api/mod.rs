//! REST. `/v1` speaks Circle's shapes.

use crate::state::Requite;
use axum::Router;

/// Every route of the REST API.
pub fn router(requite: Requite) -> Router {
    Router::new().with_state(requite)
}
