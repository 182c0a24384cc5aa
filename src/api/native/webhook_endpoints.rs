//! Webhook endpoints, which receive events. Circle's subscriptions are separate.

use super::{
    dialect::{Caller, JsonObject},
    problem::Problem,
    webhook_requests::{self, NewWebhookEndpoint, RedeliverySince, WebhookEndpointChange},
    webhook_responses::{DeliveryDetailResponse, EndpointResponse},
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, path::PathId, reader::Reader},
    },
    error::Error,
    service::webhooks,
    state::Requite,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Lists webhook endpoints.
///
/// All endpoints, without pages. The newest come first.
#[utoipa::path(
    get,
    path = "/webhookEndpoints",
    operation_id = "listWebhookEndpoints",
    tag = "Webhooks",
    responses((status = 200, description = "The endpoints", body = Vec<EndpointResponse>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
) -> Result<Response, Problem> {
    let endpoints = webhooks::list(&requite.store, &actor).await?;
    Ok(data(StatusCode::OK, endpoints.into_iter().map(EndpointResponse::from).collect::<Vec<_>>()))
}

/// Creates a webhook endpoint.
///
/// The response contains the secret that messages are signed with.
#[utoipa::path(
    post,
    path = "/webhookEndpoints",
    operation_id = "createWebhookEndpoint",
    tag = "Webhooks",
    request_body = NewWebhookEndpoint,
    responses((status = 201, description = "The endpoint, with its secret", body = EndpointResponse)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let input = webhook_requests::endpoint(&body)?;
    let targets = requite.sender.allowed_targets();
    let made = webhooks::create(&requite.store, &requite.context(), targets, &actor, &input).await?;
    let endpoint = made.map_err(|errors| webhook_requests::at_members(&body, errors))?;
    Ok(data(StatusCode::CREATED, EndpointResponse::with_secret(endpoint)))
}

/// Returns a webhook endpoint.
#[utoipa::path(
    get,
    path = "/webhookEndpoints/{id}",
    operation_id = "getWebhookEndpoint",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    responses((status = 200, description = "The endpoint", body = EndpointResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let endpoint = webhooks::get(&requite.store, &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointResponse::from(endpoint)))
}

/// Changes a webhook endpoint.
///
/// Omitted members are not changed.
#[utoipa::path(
    patch,
    path = "/webhookEndpoints/{id}",
    operation_id = "changeWebhookEndpoint",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    request_body = WebhookEndpointChange,
    responses((status = 200, description = "The changed endpoint", body = EndpointResponse)),
)]
pub async fn change(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let (id, change) = (id.webhook_endpoint()?, webhook_requests::change(&body)?);
    let targets = requite.sender.allowed_targets();
    let changed = webhooks::change(&requite.store, &requite.context(), targets, &actor, id, &change).await?;
    let endpoint = changed.map_err(|errors| webhook_requests::at_members(&body, errors))?;
    Ok(data(StatusCode::OK, EndpointResponse::from(endpoint)))
}

/// Deletes a webhook endpoint.
#[utoipa::path(
    delete,
    path = "/webhookEndpoints/{id}",
    operation_id = "deleteWebhookEndpoint",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    responses((status = 204, description = "The endpoint was deleted")),
)]
pub async fn delete(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    webhooks::delete(&requite.store, &requite.context(), &actor, id.webhook_endpoint()?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Rotates the secret of a webhook endpoint.
///
/// Messages are also signed with the old secret for 24 hours.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/rotateSecret",
    operation_id = "rotateWebhookSecret",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    responses((status = 200, description = "The endpoint, with its new secret", body = EndpointResponse)),
)]
pub async fn rotate_secret(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let endpoint = webhooks::rotate_secret(&requite.store, &requite.context(), &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointResponse::with_secret(endpoint)))
}

/// Sends a test message.
///
/// Its event is `webhook.test`. The response is its delivery.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/test",
    operation_id = "testWebhookEndpoint",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    responses((status = 201, description = "The delivery", body = DeliveryDetailResponse)),
)]
pub async fn test(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let delivery = webhooks::send_test(&requite.store, &requite.context(), &actor, id.webhook_endpoint()?).await?;
    let detail = webhooks::delivery(&requite.store, &actor, delivery).await.map_err(Error::after_commit)?;
    Ok(data(StatusCode::CREATED, DeliveryDetailResponse::from(detail)))
}

#[derive(Serialize, ToSchema)]
#[schema(as = Redelivered)]
struct RedeliveredResponse {
    deliveries: u64,
}

/// Redelivers the messages that an endpoint did not receive.
///
/// All since a time: those that failed or were withheld, and those that wait for their next attempt, which is made at
/// once.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/redeliver",
    operation_id = "redeliverToWebhookEndpoint",
    tag = "Webhooks",
    params(("id" = uuid::Uuid, Path, description = "The webhook endpoint.")),
    request_body = RedeliverySince,
    responses((status = 200, description = "The number of redelivered messages", body = RedeliveredResponse)),
)]
pub async fn redeliver(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let id = id.webhook_endpoint()?;
    let RedeliverySince { since } = Reader::new(&body).body()?;
    let deliveries = webhooks::redeliver_failed(&requite.store, &requite.context(), &actor, id, since).await?;
    Ok(data(StatusCode::OK, RedeliveredResponse { deliveries }))
}
