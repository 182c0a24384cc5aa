//! Webhook endpoints: where a merchant is told of events (1.10 has Circle's own, which are another thing).

use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::PathId,
    shapes::{DeliveryDetailShape, EndpointShape, data},
    webhook_requests,
};
use crate::{service::webhook, state::Requite};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// `GET /v1/webhookEndpoints`: all of them, the newest first; there are never many.
pub async fn list(State(requite): State<Requite>, ApiCaller(actor): ApiCaller) -> Result<Response, ApiError> {
    let endpoints = webhook::list(&requite, &actor).await?;
    Ok(data(StatusCode::OK, endpoints.into_iter().map(EndpointShape::from).collect::<Vec<_>>()))
}

/// `POST /v1/webhookEndpoints`. The answer has the secret.
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let input = webhook_requests::endpoint(&body)?;
    let endpoint = webhook::create(&requite, &actor, &input).await??;
    Ok(data(StatusCode::CREATED, EndpointShape::with_secret(endpoint)))
}

/// `GET /v1/webhookEndpoints/{id}`.
pub async fn get(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let endpoint = webhook::get(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointShape::from(endpoint)))
}

/// `PATCH /v1/webhookEndpoints/{id}`.
pub async fn change(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let (id, change) = (id.webhook_endpoint()?, webhook_requests::change(&body)?);
    let endpoint = webhook::change(&requite, &actor, id, &change).await??;
    Ok(data(StatusCode::OK, EndpointShape::from(endpoint)))
}

/// `DELETE /v1/webhookEndpoints/{id}`.
pub async fn delete(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    webhook::delete(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /v1/webhookEndpoints/{id}/rotateSecret`. The answer has the new secret; the old one stays valid for a day.
pub async fn rotate_secret(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let endpoint = webhook::rotate_secret(&requite, &actor, id.webhook_endpoint()?).await?;
    Ok(data(StatusCode::OK, EndpointShape::with_secret(endpoint)))
}

/// `POST /v1/webhookEndpoints/{id}/test`: sends `webhook.test`; answers its delivery.
pub async fn test(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let delivery = webhook::send_test(&requite, &actor, id.webhook_endpoint()?).await?;
    let detail = webhook::delivery(&requite, &actor, delivery).await?;
    Ok(data(StatusCode::CREATED, DeliveryDetailShape::from(detail)))
}

#[derive(Serialize)]
struct RedeliveredShape {
    deliveries: u64,
}

/// `POST /v1/webhookEndpoints/{id}/redeliver`: sends everything again that it did not get since a time.
pub async fn redeliver(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let (id, since) = (id.webhook_endpoint()?, webhook_requests::since(&body)?);
    let deliveries = webhook::redeliver_failed(&requite, &actor, id, since).await?;
    Ok(data(StatusCode::OK, RedeliveredShape { deliveries }))
}
