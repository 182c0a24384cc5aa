//! REST. `/v1` speaks Circle's shapes, and Requite's own where Circle has nothing; `/v2` CoinGate's.

pub mod caller;
pub mod circle;
pub mod coingate;
pub mod idempotency;
pub mod log;
pub mod native;

use crate::state::Requite;
use axum::{Router, middleware};

/// Every route of the REST API.
pub fn router(requite: Requite) -> Router {
    let recognise = middleware::from_fn_with_state(requite.clone(), caller::recognise);
    let note = middleware::from_fn_with_state(requite.clone(), log::note);
    circle::router::router(requite.clone()).merge(coingate::router::router(requite)).layer(note).layer(recognise)
}
