//! Creates refunds. There is no separate list of refunds: they are in the list of payments.

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
            idempotency::{self, UuidIdempotencyHeader},
            path::PathId,
            problems::Problems,
        },
        native::refund_preview::PreviewResponse,
    },
    domain::ids::IdempotencyKey,
    service::{pairs, people::team, refunds::payee},
    state::Requite,
    wire::circle::TransferObject,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use uuid::Uuid;

/// Refunds a payment intent, with Circle's request and response.
///
/// The refund is sent to an address, to an entry of the address book (`addressBookId`), or to the address that paid
/// (`useOriginalSender`), if it is known and all payments came from it. Ask the customer before you use the last
/// option: many customers of an exchange share the address that it pays from, and a refund sent to it may never reach
/// yours.
///
/// The same idempotency key with the same body returns the refund that was created, in its current state. With
/// `?preview=true`, the response is 200 with what the refund would do, and nothing is created.
#[utoipa::path(
    post,
    path = "/paymentIntents/{id}/refund",
    operation_id = "refundPaymentIntent",
    tag = "Payment intents",
    params(
        ("id" = uuid::Uuid, Path, description = "The payment intent."),
        ("preview" = Option<bool>, Query, description = "`true` only returns what the refund would do."),
        UuidIdempotencyHeader,
    ),
    request_body = PaymentIntentRefund,
    responses(
        (status = 200, description = "The preview, with `?preview=true`", body = PreviewResponse),
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
    let mut named = idempotency::uuid_in_header(&headers)?;
    // A preview creates nothing, so it needs no idempotency key. If it has one, the preview checks it.
    let nameless = preview && named.is_none() && body["idempotencyKey"].is_null();
    if nameless {
        named = Some(IdempotencyKey(Uuid::nil()));
    }
    let (request, key) = requests::refund(&body, named, id.intent()?, &pairs::sent(requite.chain.as_ref()))?;
    let location = |field| refund_location(&body, field);
    if preview {
        let preview =
            payee::preview((&requite).into(), &requite.context(), &actor, &request, (!nameless).then_some(key)).await;
        let preview = preview.map_err(|error| Problems::from(error).at_places(location).with_values_of(&body))?;
        return Ok(data(StatusCode::OK, PreviewResponse::from(preview)));
    }
    // Read first: after the refund is made, nothing may fail.
    let merchant = team::merchant(&requite.store, &actor).await?;
    let refund = payee::create((&requite).into(), &requite.context(), &actor, &request, Some(key))
        .await
        .map_err(|error| Problems::from(error).at_places(location).with_values_of(&body))?;
    Ok(data(StatusCode::CREATED, TransferObject::refund(refund.into_inner(), &merchant)))
}
