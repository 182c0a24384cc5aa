//! Sandbox only: things that a customer or a chain would do. Not Circle's; its clients never call it.

use super::request_bodies::{MockEndingBody, MockPaymentBody};
use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::{self, PathId, intent_location},
    shapes::{TransferShape, data},
};
use crate::{domain::ids::PaymentId, service::intents::payment, state::Requite};
use axum::{extract::State, http::StatusCode, response::Response};

/// Lets a payment arrive.
///
/// On the address of a payment intent.
#[utoipa::path(
    post,
    path = "/mocks/paymentIntents/{id}/payments",
    operation_id = "mockPayment",
    tag = "Sandbox",
    security(("bearer" = ["payment"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The payment intent."),
    ),
    request_body = MockPaymentBody,
    responses((status = 201, description = "The payment", body = TransferShape)),
)]
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

/// Ends a pending payment.
#[utoipa::path(
    post,
    path = "/mocks/payments/{id}",
    operation_id = "finishMockPayment",
    tag = "Sandbox",
    security(("bearer" = ["payment"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The payment."),
    ),
    request_body = MockEndingBody,
    responses((status = 200, description = "The payment", body = TransferShape)),
)]
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
