//! Making a refund (1.5). There is no list of refunds alone: they are among the payments (1.2).

use super::request_bodies::RefundBody;
use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::{self, PathId, refund_location},
    shapes::{TransferShape, data},
};
use crate::api::idempotency::IdempotencyHeader;
use crate::{
    api::{
        idempotency,
        native::{refunds::wants_preview, shapes::PreviewShape},
    },
    domain::ids::IdempotencyKey,
    service::refund,
    state::Requite,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use uuid::Uuid;

/// Refunds a payment intent, in Circle's way.
///
/// The same key with the same body answers the refund that it made, as it is now. With `?preview=true` it answers
/// 200 with what would be done, and does nothing.
#[utoipa::path(
    post,
    path = "/paymentIntents/{id}/refund",
    operation_id = "refundPaymentIntent",
    tag = "Payment intents",
    security(("bearer" = ["refund"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The payment intent."),
        ("preview" = Option<bool>, Query, description = "`true`: answers what would be done, and does nothing."),
        IdempotencyHeader,
    ),
    request_body = RefundBody,
    responses(
        (status = 200, description = "What would be done, for a preview", body = PreviewShape),
        (status = 201, description = "The refund", body = TransferShape),
    ),
)]
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    uri: Uri,
    headers: HeaderMap,
    JsonObject(mut body): JsonObject,
) -> Result<Response, ApiError> {
    let preview = wants_preview(&uri)?;
    let mut named = idempotency::in_header(&headers)?;
    if preview {
        // A preview makes nothing, so whatever name it has or lacks does not matter.
        body.as_object_mut().map(|members| members.remove("idempotencyKey"));
        named = Some(IdempotencyKey(Uuid::nil()));
    }
    let (order, key) = requests::refund(&body, named, id.intent()?)?;
    if preview {
        let preview = refund::preview(&requite, &actor, &order).await;
        let preview = preview.map_err(|error| ApiError::from(error).located(refund_location))?;
        return Ok(data(StatusCode::OK, PreviewShape::from(preview)));
    }
    let refund = refund::create(&requite, &actor, &order, key)
        .await
        .map_err(|error| ApiError::from(error).located(refund_location))?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::CREATED, TransferShape::refund(refund.into_inner(), &merchant)))
}
