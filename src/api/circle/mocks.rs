//! Sandbox only: things that a customer or a chain would do. Not Circle's; its clients never call it.

use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::{self, PathId, intent_location},
    shapes::{TransferShape, data},
};
use crate::{domain::ids::PaymentId, service::payment, state::Requite};
use axum::{extract::State, http::StatusCode, response::Response};

/// `POST /v1/mocks/paymentIntents/{id}/payments`: a payment arrives on the intent's address.
pub async fn create_payment(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    requite.require_sandbox()?;
    let id = id.intent()?;
    let (amount, status) = requests::mock_payment(&body)?;
    let payment = payment::simulate(&requite, &actor, id, amount, status)
        .await
        .map_err(|error| ApiError::from(error).located(intent_location))?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::CREATED, TransferShape::payment(payment, &merchant)))
}

/// `POST /v1/mocks/payments/{id}` with `{"outcome": "paid" | "failed"}`: a pending payment ends.
pub async fn finish_payment(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    requite.require_sandbox()?;
    let id = PaymentId(id.transfer()?);
    let payment = payment::finish(&requite, &actor, id, requests::mock_ending(&body)?).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::OK, TransferShape::payment(payment, &merchant)))
}
