//! Payments and refunds in one list (1.6).

use super::paging::PageParameters;
use super::{
    auth::ApiCaller,
    error::ApiError,
    paging::{self, Filters},
    requests::PathId,
    shapes::{TransferShape, data},
};
use crate::api::openapi::words;
use crate::{
    domain::{ids::PaymentIntentId, payment::PaymentStatus},
    service::payment,
    state::Requite,
    store::movements::TransferFilter,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

/// Shows a payment or a refund.
#[utoipa::path(
    get,
    path = "/payments/{id}",
    operation_id = "getPayment",
    tag = "Payments",
    security(("bearer" = ["read"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The payment or refund."),
    ),
    responses((status = 200, description = "The payment or refund", body = TransferShape)),
)]
pub async fn get(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let transfer = payment::get(&requite, &actor, id.transfer()?).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    Ok(data(StatusCode::OK, TransferShape::new(transfer, &merchant)))
}

/// Lists payments and refunds.
///
/// To Circle both are payments. With `paymentIntentId`, those of that payment intent.
#[utoipa::path(
    get,
    path = "/payments",
    operation_id = "listPayments",
    tag = "Payments",
    security(("bearer" = ["read"])),
    params(
        ("paymentIntentId" = Option<uuid::Uuid>, Query, description = "Only those of this payment intent."),
        ("status" = Option<words::PaymentStatus>, Query, description = "Only those in this status."),
        PageParameters,
    ),
    responses(
        (status = 200, description = "A page of payments and refunds", body = Vec<TransferShape>),
    ),
)]
pub async fn list(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let intent = filters.id("paymentIntentId").map(PaymentIntentId);
    let advice = "It must be one of pending, paid, failed; payments have no other status here.";
    let status = filters.name("status", PaymentStatus::parse, |status| status.as_str(), advice);
    for name in ["source", "settlementId", "type"] {
        filters.refuse_if_given(name, "It is about card payments and settlements, which do not exist here.");
    }
    let window = filters.window(requite.moment().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, payment::get(&requite, &actor, id).await)?;
    }
    let filter = TransferFilter { intent, status, from: window.from, to: Some(window.to) };
    let page = payment::list(&requite, &actor, &filter, &window.page).await?;
    let merchant = requite.store.merchant(actor.merchant()).await?;
    let page = page.map(|transfer| TransferShape::new(transfer, &merchant));
    let base = paging::base(&requite, &headers, "/v1/payments");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
