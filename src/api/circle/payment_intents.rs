//! Payment intents (1.3, 1.4).

use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    paging::{self, Filters},
    requests::{self, PathId, intent_location},
    shapes::{IntentShape, data},
};
use crate::{
    api::idempotency,
    domain::{
        ids::PaymentIntentId,
        payment_intent::{IntentStatus, PaidContext, RefundExtent},
    },
    service::payment_intent,
    state::Requite,
    store::intents::IntentFilter,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

/// `POST /v1/paymentIntents`. The deposit address comes a moment later.
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    headers: HeaderMap,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let request = requests::intent(&body, idempotency::in_header(&headers)?, requite.settings.intent_lifetime)?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    requests::require_wallet(request.wallet.as_deref(), &merchant.wallet_number, "merchantWalletId")?;
    let intent = payment_intent::create(&requite, &actor, &request.new, request.key)
        .await
        .map_err(|error| ApiError::from(error).located(intent_location))?;
    Ok(data(StatusCode::CREATED, IntentShape::new(intent.into_inner(), &merchant)))
}

/// `GET /v1/paymentIntents/{id}`.
pub async fn get(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let intent = payment_intent::get(&requite, &actor, id.intent()?).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::OK, IntentShape::new(intent, &merchant)))
}

/// `POST /v1/paymentIntents/{id}/expire`. It answers 201, as the original does, and asking twice is no error.
pub async fn expire(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(_): JsonObject,
) -> Result<Response, ApiError> {
    let intent = payment_intent::expire(&requite, &actor, id.intent()?).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::CREATED, IntentShape::new(intent, &merchant)))
}

/// `GET /v1/paymentIntents`. Status and context are those of the newest timeline entry; `refunded`, which Circle cannot
/// filter by, is taken too, and so is how far the money went back.
pub async fn list(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let advice = "It must be one of created, pending, complete, expired, failed, refunded.";
    let status = filters.name("status", IntentStatus::parse, |status| status.as_str(), advice);
    let advice = "It must be one of underpaid, paid, overpaid.";
    let context = filters.name("context", PaidContext::parse, |context| context.as_str(), advice);
    let advice = "It must be one of not_refunded, partially_refunded, fully_refunded.";
    let extent = filters.name("refundExtent", RefundExtent::parse, |extent| extent.as_str(), advice);
    let window = filters.window(requite.moment().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, payment_intent::get(&requite, &actor, PaymentIntentId(id)).await)?;
    }
    let filter =
        IntentFilter { status, context, extent, from: window.from, to: Some(window.to), ..IntentFilter::default() };
    let page = payment_intent::list(&requite, &actor, &filter, &window.page).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    let page = page.map(|intent| IntentShape::new(intent, &merchant));
    let base = paging::base(&requite, &headers, "/v1/paymentIntents");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
