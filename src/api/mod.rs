//! REST. `/v1` speaks Circle's shapes, `/v2` CoinGate's.

pub mod circle;
pub mod coingate;

use crate::state::Requite;
use axum::Router;

/// Every route of the REST API.
pub fn router(requite: Requite) -> Router {
    circle::router::router(requite.clone()).merge(coingate::router::router(requite))
}
