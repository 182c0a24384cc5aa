//! Making a refund (1.5). There is no list of refunds alone: they are among the payments (1.2).

use super::{
    dialect::{Caller, JsonObject},
    error::ApiError,
    requests::{self, PaymentIntentRefund, refund_location},
};
use crate::{
    api::{
        envelope::data,
        input::{
            access::scope,
            filters::wants_preview,
            idempotency::{self, IdempotencyHeader},
            path::PathId,
            problems::Problems,
        },
        native::refund_responses::PreviewResponse,
    },
    domain::ids::IdempotencyKey,
    service::refunds::payee,
    state::Requite,
    wire::circle::TransferObject,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use uuid::Uuid;

/// Refunds a payment intent, in Circle's way.
///
/// It goes to an address, to an entry of the address book (`addressBookId`), or to the address that everything was paid from
/// (`useOriginalSender`), where that is known and only one. Ask the customer first: an address that an exchange pays from often
/// belongs to many people, and what is sent back there is lost to yours.
///
/// The same key with the same body answers the refund that it made, as it is now. With `?preview=true` it answers
/// 200 with what would be done, and does nothing.
#[utoipa::path(
    post,
    path = "/paymentIntents/{id}/refund",
    operation_id = "refundPaymentIntent",
    tag = "Payment intents",
    params(
        ("id" = uuid::Uuid, Path, description = "The payment intent."),
        ("preview" = Option<bool>, Query, description = "`true`: answers what would be done, and does nothing."),
        IdempotencyHeader,
    ),
    request_body = PaymentIntentRefund,
    responses(
        (status = 200, description = "What would be done, for a preview", body = PreviewResponse),
        (status = 201, description = "The refund", body = TransferObject),
    ),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    id: PathId,
    uri: Uri,
    headers: HeaderMap,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    let preview = wants_preview(&uri)?;
    let mut named = idempotency::in_header(&headers)?;
    // A preview makes nothing, so that it needs no name; one that it has is looked at.
    let nameless = preview && named.is_none() && body["idempotencyKey"].is_null();
    if nameless {
        named = Some(IdempotencyKey(Uuid::nil()));
    }
    let (request, key) = requests::refund(&body, named, id.intent()?)?;
    let location = |field| refund_location(&body, field);
    if preview {
        let preview =
            payee::preview((&requite).into(), &requite.context(), &actor, &request, (!nameless).then_some(key)).await;
        let preview = preview.map_err(|error| Problems::from(error).at_places(location).with_values_of(&body))?;
        return Ok(data(StatusCode::OK, PreviewResponse::from(preview)));
    }
    let refund = payee::refund((&requite).into(), &requite.context(), &actor, &request, key)
        .await
        .map_err(|error| Problems::from(error).at_places(location).with_values_of(&body))?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::CREATED, TransferObject::refund(refund.into_inner(), &merchant)))
}
