//! REST. `/v1` speaks Circle's shapes, and Requite's own where Circle has nothing; `/v2` CoinGate's.

pub mod circle;
pub mod coingate;
pub mod envelope;
pub mod input;
pub mod log;
pub mod native;
pub mod openapi;
pub mod routes;
pub mod routing;
pub mod surface;

use crate::state::Requite;
use axum::{Router, middleware};
use std::sync::LazyLock;
use utoipa::openapi::OpenApi;

/// Every route of the REST API, and its document.
pub fn router(requite: Requite) -> Router {
    let recognise = middleware::from_fn_with_state(requite.clone(), input::caller::attach_caller);
    let note = middleware::from_fn_with_state(requite.clone(), log::note);
    ROUTES.0.clone().layer(note).layer(recognise).merge(openapi::router()).with_state(requite)
}

/// Every route, and what the document says of each. They are made together, and once.
static ROUTES: LazyLock<(Router<Requite>, OpenApi)> =
    LazyLock::new(|| routes::routes().into_router().split_for_parts());
