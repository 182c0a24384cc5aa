//! The log of webhook deliveries.

use super::{
    dialect::Caller,
    problem::Problem,
    webhook_responses::{DeliveryDetailResponse, DeliveryResponse},
};
use crate::{
    api::{
        envelope::data,
        input::{
            access::scope,
            base_address,
            filters::Filters,
            paging::{self, PageParameters},
            path::PathId,
        },
    },
    domain::{
        ids::{WebhookDeliveryId, WebhookEndpointId},
        webhooks::event,
    },
    error::Error,
    service::webhooks,
    state::Requite,
    store::webhooks::deliveries::DeliveryFilter,
    wire::schema,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

/// Lists deliveries.
///
/// The newest come first.
#[utoipa::path(
    get,
    path = "/webhookDeliveries",
    operation_id = "listWebhookDeliveries",
    tag = "Webhooks",
    params(
        ("webhookEndpointId" = Option<uuid::Uuid>, Query, description = "Only deliveries to this endpoint."),
        ("state" = Option<schema::DeliveryState>, Query, description = "Only deliveries in this state."),
        ("eventType" = Option<schema::EventType>, Query, description = "Only deliveries of this type of event."),
        PageParameters,
    ),
    responses((status = 200, description = "A page of deliveries", body = Vec<DeliveryResponse>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut filters = Filters::of(&uri);
    let endpoint = filters.id("webhookEndpointId").map(WebhookEndpointId);
    let state = filters.named("state");
    let event_type = filters.name("eventType", event::parse, |name| name, "It must be the name of an event.");
    let window = filters.list_range(requite.context().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, webhooks::delivery(&requite.store, &actor, WebhookDeliveryId(id)).await)?;
    }
    let event_type = event_type.map(str::to_owned);
    let filter = DeliveryFilter { endpoint, state, event_type, from: window.from, to: Some(window.to) };
    let page = webhooks::deliveries(&requite.store, &actor, &filter, &window.page).await?;
    let page = page.map(DeliveryResponse::from);
    let base = base_address::of(&requite, &headers, "/v1/webhookDeliveries");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}

/// Returns a delivery.
///
/// The response contains its attempts, at most the newest 50.
#[utoipa::path(
    get,
    path = "/webhookDeliveries/{id}",
    operation_id = "getWebhookDelivery",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The delivery.")),
    responses((status = 200, description = "The delivery", body = DeliveryDetailResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let detail = webhooks::delivery(&requite.store, &actor, id.webhook_delivery()?).await?;
    Ok(data(StatusCode::OK, DeliveryDetailResponse::from(detail)))
}

/// Redelivers a message.
///
/// The next attempt is made at once. If the delivery had ended, its schedule of retries starts again.
#[utoipa::path(
    post,
    path = "/webhookDeliveries/{id}/redeliver",
    operation_id = "redeliver",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The delivery.")),
    responses((status = 200, description = "The delivery", body = DeliveryDetailResponse)),
)]
pub async fn redeliver(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let id = id.webhook_delivery()?;
    webhooks::redeliver(&requite.store, &requite.context(), &actor, id).await?;
    let detail = webhooks::delivery(&requite.store, &actor, id).await.map_err(Error::after_commit)?;
    Ok(data(StatusCode::OK, DeliveryDetailResponse::from(detail)))
}
