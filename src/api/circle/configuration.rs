//! Checks of the server and of a key.

use super::{dialect::Caller, error::ApiError};
use crate::{
    api::{
        envelope::data,
        input::access::{Public, scope},
    },
    service::people::team,
    state::Requite,
};
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
struct ConfigurationResponse {
    payments: PaymentsResponse,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaymentsConfiguration)]
struct PaymentsResponse {
    /// The wallet that every payment is credited to.
    master_wallet_id: String,
}

/// Checks that the server is running.
///
/// No key is needed. The response is not wrapped in `data`.
#[utoipa::path(
    get,
    path = "/ping",
    operation_id = "ping",
    tag = "Account",
    responses((status = 200, description = "The server is running", body = Pong)),
)]
pub async fn ping(_: Public) -> impl IntoResponse {
    Json(Pong { message: "pong" })
}

/// Returns the configuration of the key's merchant.
///
/// Clients use it to check a key.
#[utoipa::path(
    get,
    path = "/configuration",
    operation_id = "getConfiguration",
    tag = "Account",
    responses((status = 200, description = "The configuration; the key is valid", body = ConfigurationResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
) -> Result<Response, ApiError> {
    let merchant = team::merchant(&requite.store, &actor).await?;
    let payments = PaymentsResponse { master_wallet_id: merchant.wallet_number };
    Ok(data(StatusCode::OK, ConfigurationResponse { payments }))
}
