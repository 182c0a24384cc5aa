//! Payment intents.

use super::{
    dialect::{Caller, JsonObject},
    error::ApiError,
    requests::{self, NewPaymentIntent, intent_location},
};
use crate::{
    api::{
        envelope::data,
        input::{
            access::scope,
            base_address,
            filters::Filters,
            idempotency::{self, UuidIdempotencyHeader},
            paging::{self, PageParameters},
            path::PathId,
            problems::Problems,
        },
    },
    domain::{address::network::Network, ids::PaymentIntentId, money::currency::Currency, names::Named},
    service::{intents, pairs, people::team},
    state::Requite,
    store::intents::IntentFilter,
    wire::{circle::IntentObject, schema},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Creates a payment intent.
///
/// The deposit address is assigned a moment later: fetch the payment intent again, or wait for the webhook
/// `payment_intent.pending`. A continuous payment intent, which has no amount, is then `active`: every deposit is a
/// separate payment with its own webhook `payment.paid`, and refunds do not end it.
#[utoipa::path(
    post,
    path = "/paymentIntents",
    operation_id = "createPaymentIntent",
    tag = "Payment intents",
    params(UuidIdempotencyHeader),
    request_body = NewPaymentIntent,
    responses((status = 201, description = "The payment intent in its current state", body = IntentObject)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    headers: HeaderMap,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    let (lifetime, received) = (requite.settings.intent_lifetime, pairs::received(requite.chain.as_ref()));
    let request = requests::intent(&body, idempotency::uuid_in_header(&headers)?, lifetime, &received)?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    requests::require_wallet(request.wallet.as_deref(), &merchant.wallet_number, "merchantWalletId")?;
    let intent =
        intents::create(&requite.store, requite.chain.as_ref(), &requite.context(), &actor, &request.new, request.key)
            .await
            .map_err(|error| Problems::from(error).at_places(intent_location).with_values_of(&body))?;
    Ok(data(StatusCode::CREATED, IntentObject::new(intent.into_inner(), &merchant)))
}

/// Returns a payment intent.
#[utoipa::path(
    get,
    path = "/paymentIntents/{id}",
    operation_id = "getPaymentIntent",
    tag = "Payment intents",
    params(("id" = uuid::Uuid, Path, description = "The payment intent.")),
    responses((status = 200, description = "The payment intent", body = IntentObject)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, ApiError> {
    let intent = intents::get(&requite.store, &actor, id.intent()?).await?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    Ok(data(StatusCode::OK, IntentObject::new(intent, &merchant)))
}

/// Expires an unpaid payment intent.
///
/// The status is 201, as in Circle's API. Repeating the request is no error. A continuous payment intent cannot be
/// expired.
#[utoipa::path(
    post,
    path = "/paymentIntents/{id}/expire",
    operation_id = "expirePaymentIntent",
    tag = "Payment intents",
    params(
        ("id" = uuid::Uuid, Path, description = "The payment intent."),
        UuidIdempotencyHeader,
    ),
    responses((status = 201, description = "The expired payment intent", body = IntentObject)),
)]
pub async fn expire(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    id: PathId,
    headers: HeaderMap,
    _: JsonObject,
) -> Result<Response, ApiError> {
    // Expiring is idempotent by itself, so the key is not used, but an invalid key is still an error.
    idempotency::uuid_in_header(&headers)?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    let intent = intents::expire(&requite.store, &requite.context(), &actor, id.intent()?).await?;
    Ok(data(StatusCode::CREATED, IntentObject::new(intent, &merchant)))
}

/// A currency with the networks that it can be paid on.
#[derive(Serialize, ToSchema)]
#[schema(as = PayableCurrency)]
struct SupportedCurrency {
    currency: Currency,
    blockchains: Vec<Network>,
}

/// Lists the currencies that a payment intent can have.
///
/// Each has the networks that it can be paid on.
#[utoipa::path(
    get,
    path = "/paymentIntents/metadata/supportedCurrencies",
    operation_id = "listPaymentIntentCurrencies",
    tag = "Payment intents",
    responses((status = 200, description = "The currencies", body = Vec<SupportedCurrency>)),
)]
pub async fn supported_currencies(_: Caller<scope::Read>, State(requite): State<Requite>) -> Response {
    let received = pairs::received(requite.chain.as_ref());
    let pairs = Currency::all()
        .map(|currency| SupportedCurrency { currency, blockchains: received.supporting(currency).collect() })
        .filter(|pair| !pair.blockchains.is_empty());
    data(StatusCode::OK, pairs.collect::<Vec<_>>())
}

/// Lists payment intents.
///
/// The newest come first. Status and context are those of the newest timeline entry. The status `refunded` and the
/// parameter `refundExtent` are additions to Circle's filters.
#[utoipa::path(
    get,
    path = "/paymentIntents",
    operation_id = "listPaymentIntents",
    tag = "Payment intents",
    params(
        ("status" = Option<schema::IntentStatus>, Query, description = "Only payment intents with this status."),
        ("context" = Option<schema::PaidContext>, Query, description = "Only payment intents with this context."),
        (
            "refundExtent" = Option<schema::IntentRefundExtent>,
            Query,
            description = "Only payment intents of which this much was refunded.",
        ),
        PageParameters,
    ),
    responses((status = 200, description = "A page of payment intents", body = Vec<IntentObject>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let status = filters.named("status");
    let context = filters.named("context");
    let extent = filters.named("refundExtent");
    let window = filters.list_range(requite.context().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, intents::get(&requite.store, &actor, PaymentIntentId(id)).await)?;
    }
    let filter =
        IntentFilter { status, context, extent, from: window.from, to: Some(window.to), ..IntentFilter::default() };
    let page = intents::list(&requite.store, &actor, &filter, &window.page).await?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    let page = page.map(|intent| IntentObject::new(intent, &merchant));
    let base = base_address::of(&requite, &headers, "/v1/paymentIntents");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
