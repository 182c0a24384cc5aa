//! Subscriptions to notifications (1.10).

use super::request_bodies::SubscriptionBody;
use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    requests::{self, PathId},
    shapes::{SubscriptionShape, data},
};
use crate::{api::base_address, service::webhooks::circle_subscriptions, state::Requite};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Lists subscriptions.
///
/// All of them, the newest first; there are never many.
#[utoipa::path(
    get,
    path = "/notifications/subscriptions",
    operation_id = "listSubscriptions",
    tag = "Notifications",
    security(("bearer" = ["admin"])),
    responses((status = 200, description = "The subscriptions", body = Vec<SubscriptionShape>)),
)]
pub async fn list(State(requite): State<Requite>, ApiCaller(actor): ApiCaller) -> Result<Response, ApiError> {
    let subscriptions = circle_subscriptions::subscriptions(&requite, &actor).await?;
    Ok(data(StatusCode::OK, subscriptions.into_iter().map(SubscriptionShape::from).collect::<Vec<_>>()))
}

/// Subscribes to notifications.
///
/// The endpoint gets a `SubscriptionConfirmation` and has to visit its `SubscribeURL`; until then the subscription is
/// `pending`. Then it is told of each change of a payment intent, a payment or a refund, in the envelope of Amazon's service as
/// with Circle. Amazon's signature is not there: messages are signed as Standard Webhooks says, with the secret in this answer.
///
/// One more than there may be (three in a sandbox, one where money is real) is refused with 429.
#[utoipa::path(
    post,
    path = "/notifications/subscriptions",
    operation_id = "createSubscription",
    tag = "Notifications",
    security(("bearer" = ["admin"])),
    request_body = SubscriptionBody,
    responses((status = 200, description = "The subscription with its secret", body = SubscriptionShape)),
)]
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    headers: HeaderMap,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let endpoint = requests::subscription(&body)?;
    let base = base_address::origin(&requite, &headers).unwrap_or_else(|| format!("http://{}", requite.settings.addr));
    let subscription = circle_subscriptions::subscribe(&requite, &actor, &endpoint, &base).await?;
    Ok(data(StatusCode::OK, SubscriptionShape::with_secret(subscription)))
}

/// Nothing, as with Circle.
#[derive(Serialize, ToSchema)]
#[schema(as = Unsubscribed)]
struct UnsubscribedShape {}

/// Ends a subscription.
///
/// One that was not confirmed yet too, which Circle keeps until its link is too old.
#[utoipa::path(
    delete,
    path = "/notifications/subscriptions/{id}",
    operation_id = "deleteSubscription",
    tag = "Notifications",
    security(("bearer" = ["admin"])),
    params(("id" = uuid::Uuid, Path, description = "The subscription.")),
    responses((status = 200, description = "It is gone", body = UnsubscribedShape)),
)]
pub async fn delete(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    circle_subscriptions::unsubscribe(&requite, &actor, id.subscription()?).await?;
    Ok(data(StatusCode::OK, UnsubscribedShape {}))
}
