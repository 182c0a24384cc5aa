//! Checking that the server is there and that a key works (1.1).

use super::{auth::ApiCaller, error::ApiError, shapes::data};
use crate::state::Requite;
use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

/// `GET /ping`, without a key and without the envelope.
pub async fn ping() -> Json<Value> {
    Json(json!({"message": "pong"}))
}

/// `GET /v1/configuration`: how clients check a key.
pub async fn get(State(requite): State<Requite>, ApiCaller(actor): ApiCaller) -> Result<Response, ApiError> {
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::OK, json!({"payments": {"masterWalletId": merchant.wallet_number}})))
}
