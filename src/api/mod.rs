//! REST. `/v1` speaks Circle's shapes, and Requite's own where Circle has nothing; `/v2` CoinGate's.

pub mod base_address;
pub mod caller;
pub mod circle;
pub mod coingate;
pub mod idempotency;
pub mod log;
pub mod native;
pub mod openapi;
pub mod payee;

use crate::state::Requite;
use axum::{Router, middleware};
use utoipa_axum::router::OpenApiRouter;

/// Every route of the REST API, and the document that tells of it.
pub fn router(requite: Requite) -> Router {
    let recognise = middleware::from_fn_with_state(requite.clone(), caller::recognise);
    let note = middleware::from_fn_with_state(requite.clone(), log::note);
    let (router, _) = routes().split_for_parts();
    router.layer(note).layer(recognise).merge(openapi::router()).with_state(requite)
}

/// Every route with what the document says of it.
fn routes() -> OpenApiRouter<Requite> {
    circle::router::router().merge(coingate::router::router())
}
