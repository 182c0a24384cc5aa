//! The REST API. `/v1` has Circle's format, and Requite's own for what Circle lacks; `/v2` has CoinGate's format.

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
pub mod timeout;

use crate::state::Requite;
use axum::{Router, middleware};
use std::sync::LazyLock;
use utoipa::openapi::OpenApi;

/// Every route of the REST API, and its OpenAPI document.
pub fn router(requite: Requite) -> Router {
    let recognise = middleware::from_fn_with_state(requite.clone(), input::caller::attach_caller);
    let note = middleware::from_fn_with_state(requite.clone(), log::note);
    let limit = middleware::from_fn_with_state(timeout::WITHIN, timeout::answer);
    let write = middleware::from_fn(native::problem::write);
    ROUTES.0.clone().layer(limit).layer(write).layer(note).layer(recognise).merge(openapi::router()).with_state(requite)
}

/// Every route, and the OpenAPI document of all. They are built together, once.
static ROUTES: LazyLock<(Router<Requite>, OpenApi)> =
    LazyLock::new(|| routes::routes().into_router().split_for_parts());
