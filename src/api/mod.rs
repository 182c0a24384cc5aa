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
use std::sync::LazyLock;
use utoipa::openapi::OpenApi;

/// Every route of the REST API, and the document that tells of it.
pub fn router(requite: Requite) -> Router {
    let recognise = middleware::from_fn_with_state(requite.clone(), caller::recognise);
    let note = middleware::from_fn_with_state(requite.clone(), log::note);
    ROUTES.0.clone().layer(note).layer(recognise).merge(openapi::router()).with_state(requite)
}

/// Every route, and what the document says of each. They are made together, and once.
static ROUTES: LazyLock<(Router<Requite>, OpenApi)> =
    LazyLock::new(|| circle::router::router().merge(coingate::router::router()).split_for_parts());

/// What the routes say of themselves.
fn routes_document() -> OpenApi {
    ROUTES.1.clone()
}
