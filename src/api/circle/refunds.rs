//! Making a refund (1.5). There is no list of refunds alone: they are among the payments (1.2).

use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::{self, PathId, refund_location},
    shapes::{TransferShape, data},
};
use crate::{service::refund, state::Requite};
use axum::{extract::State, http::StatusCode, response::Response};

/// `POST /v1/paymentIntents/{id}/refund`. The same key with the same body answers the refund that it made, as it is now.
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let (order, key) = requests::refund(&body, id.intent()?)?;
    let refund = refund::create(&requite, &actor, &order, key)
        .await
        .map_err(|error| ApiError::from(error).located(refund_location))?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::CREATED, TransferShape::refund(refund.into_inner(), &merchant)))
}
