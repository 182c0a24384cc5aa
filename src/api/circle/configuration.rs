//! Checking that the server is there and that a key works (1.1).

use super::{auth::ApiCaller, error::ApiError, shapes::data};
use crate::state::Requite;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct Pong {
    message: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Configuration)]
struct ConfigurationShape {
    payments: PaymentsShape,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaymentsConfiguration)]
struct PaymentsShape {
    /// The wallet that every payment is credited to.
    master_wallet_id: String,
}

/// Answers that the server is there.
///
/// Without a key and without the envelope.
#[utoipa::path(
    get,
    path = "/ping",
    operation_id = "ping",
    tag = "Account",
    responses((status = 200, description = "It is there", body = Pong)),
)]
pub async fn ping() -> impl IntoResponse {
    Json(Pong { message: "pong" })
}

/// Tells a key whose it is.
///
/// It is how clients check a key.
#[utoipa::path(
    get,
    path = "/configuration",
    operation_id = "getConfiguration",
    tag = "Account",
    security(("bearer" = ["read"])),
    responses((status = 200, description = "The key works", body = ConfigurationShape)),
)]
pub async fn get(State(requite): State<Requite>, ApiCaller(actor): ApiCaller) -> Result<Response, ApiError> {
    let merchant = requite.store.merchant(actor.merchant()).await?;
    let payments = PaymentsShape { master_wallet_id: merchant.wallet_number };
    Ok(data(StatusCode::OK, ConfigurationShape { payments }))
}
