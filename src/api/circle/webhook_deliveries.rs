//! The log of callbacks.

use super::{
    auth::ApiCaller,
    error::ApiError,
    paging::{self, Filters},
    requests::PathId,
    shapes::{DeliveryDetailShape, DeliveryShape, data},
};
use crate::{
    domain::{
        ids::{WebhookDeliveryId, WebhookEndpointId},
        webhook::{DeliveryState, event},
    },
    service::webhook,
    state::Requite,
    store::webhook_deliveries::DeliveryFilter,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

/// `GET /v1/webhookDeliveries`.
pub async fn list(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let endpoint = filters.id("webhookEndpointId").map(WebhookEndpointId);
    let advice = "It must be one of waiting, delivered, failed, withheld.";
    let state = filters.name("state", DeliveryState::parse, |state| state.as_str(), advice);
    let event_type = filters.name("eventType", event::parse, |name| name, "It must be the name of an event.");
    let window = filters.window(requite.moment().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, webhook::delivery(&requite, &actor, WebhookDeliveryId(id)).await)?;
    }
    let event_type = event_type.map(str::to_owned);
    let filter = DeliveryFilter { endpoint, state, event_type, from: window.from, to: Some(window.to) };
    let page = webhook::deliveries(&requite, &actor, &filter, &window.page).await?;
    let page = page.map(DeliveryShape::from);
    let base = paging::base(&requite, &headers, "/v1/webhookDeliveries");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}

/// `GET /v1/webhookDeliveries/{id}`: with every attempt.
pub async fn get(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let detail = webhook::delivery(&requite, &actor, id.webhook_delivery()?).await?;
    Ok(data(StatusCode::OK, DeliveryDetailShape::from(detail)))
}

/// `POST /v1/webhookDeliveries/{id}/redeliver`: sends it again, at once.
pub async fn redeliver(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let id = id.webhook_delivery()?;
    webhook::redeliver(&requite, &actor, id).await?;
    let detail = webhook::delivery(&requite, &actor, id).await?;
    Ok(data(StatusCode::OK, DeliveryDetailShape::from(detail)))
}
