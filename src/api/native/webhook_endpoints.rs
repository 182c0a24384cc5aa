//! Webhook endpoints: where a merchant is told of events. Circle's own subscriptions are another thing.

use super::request_bodies::{EndpointBody, EndpointChangeBody, SinceBody};
use super::{
    problem::{Problem, Read},
    webhook_requests,
    webhook_shapes::{DeliveryDetailShape, EndpointShape},
};
use crate::{
    api::circle::{auth::ApiCaller, body::JsonObject, requests::PathId, shapes::data},
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
/// All of them, the newest first; there are never many.
#[utoipa::path(
    get,
    path = "/webhookEndpoints",
    operation_id = "listWebhookEndpoints",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    responses((status = 200, description = "The endpoints", body = Vec<EndpointShape>)),
)]
pub async fn list(State(requite): State<Requite>, caller: Read<ApiCaller>) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let endpoints = webhooks::list(&requite, &actor).await?;
    Ok(data(StatusCode::OK, endpoints.into_iter().map(EndpointShape::from).collect::<Vec<_>>()))
}

/// Adds a webhook endpoint.
///
/// The answer has the secret that messages are signed with.
#[utoipa::path(
    post,
    path = "/webhookEndpoints",
    operation_id = "createWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    request_body = EndpointBody,
    responses(
        (status = 201, description = "The endpoint with its secret", body = EndpointShape),
    ),
)]
pub async fn create(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let input = webhook_requests::endpoint(&body)?;
    let made = webhooks::create(&requite, &actor, &input).await?;
    let endpoint = made.map_err(|errors| webhook_requests::located(&body, errors))?;
    Ok(data(StatusCode::CREATED, EndpointShape::with_secret(endpoint)))
}

/// Shows a webhook endpoint.
#[utoipa::path(
    get,
    path = "/webhookEndpoints/{id}",
    operation_id = "getWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    responses((status = 200, description = "The endpoint", body = EndpointShape)),
)]
pub async fn get(State(requite): State<Requite>, caller: Read<ApiCaller>, id: PathId) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let endpoint = webhooks::get(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointShape::from(endpoint)))
}

/// Changes a webhook endpoint.
///
/// What is not named stays.
#[utoipa::path(
    patch,
    path = "/webhookEndpoints/{id}",
    operation_id = "changeWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    request_body = EndpointChangeBody,
    responses((status = 200, description = "The changed endpoint", body = EndpointShape)),
)]
pub async fn change(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let (id, change) = (id.webhook_endpoint()?, webhook_requests::change(&body)?);
    let changed = webhooks::change(&requite, &actor, id, &change).await?;
    let endpoint = changed.map_err(|errors| webhook_requests::located(&body, errors))?;
    Ok(data(StatusCode::OK, EndpointShape::from(endpoint)))
}

/// Removes a webhook endpoint.
#[utoipa::path(
    delete,
    path = "/webhookEndpoints/{id}",
    operation_id = "deleteWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    responses((status = 204, description = "It is gone")),
)]
pub async fn delete(State(requite): State<Requite>, caller: Read<ApiCaller>, id: PathId) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    webhooks::delete(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes a new secret.
///
/// The old one stays valid for a day.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/rotateSecret",
    operation_id = "rotateWebhookSecret",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    responses(
        (status = 200, description = "The endpoint with its new secret", body = EndpointShape),
    ),
)]
pub async fn rotate_secret(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let endpoint = webhooks::rotate_secret(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointShape::with_secret(endpoint)))
}

/// Sends a test message.
///
/// `webhook.test`; the answer is its delivery.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/test",
    operation_id = "testWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    responses((status = 201, description = "The delivery", body = DeliveryDetailShape)),
)]
pub async fn test(State(requite): State<Requite>, caller: Read<ApiCaller>, id: PathId) -> Result<Response, Problem> {
    let ApiCaller(actor) = caller?;
    let delivery = webhooks::send_test(&requite, &actor, id.webhook_endpoint()?).await?;
    let detail = webhooks::delivery(&requite, &actor, delivery).await?;
    Ok(data(StatusCode::CREATED, DeliveryDetailShape::from(detail)))
}

#[derive(Serialize, ToSchema)]
#[schema(as = Redelivered)]
struct RedeliveredShape {
    deliveries: u64,
}

/// Sends again what an endpoint did not get.
///
/// Everything since a time.
#[utoipa::path(
    post,
    path = "/webhookEndpoints/{id}/redeliver",
    operation_id = "redeliverToWebhookEndpoint",
    tag = "Webhooks",
    security(("bearer" = ["admin"])),
    params(
        ("id" = uuid::Uuid, Path, description = "The webhook endpoint."),
    ),
    request_body = SinceBody,
    responses(
        (status = 200, description = "How many are sent again", body = RedeliveredShape),
    ),
)]
pub async fn redeliver(
    State(requite): State<Requite>,
    caller: Read<ApiCaller>,
    id: PathId,
    body: Read<JsonObject>,
) -> Result<Response, Problem> {
    let (ApiCaller(actor), JsonObject(body)) = (caller?, body?);
    let (id, since) = (id.webhook_endpoint()?, webhook_requests::since(&body)?);
    let deliveries = webhooks::redeliver_failed(&requite, &actor, id, since).await?;
    Ok(data(StatusCode::OK, RedeliveredShape { deliveries }))
}
