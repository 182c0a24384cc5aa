//! Subscriptions to notifications.

use super::{
    dialect::{Caller, JsonObject},
    error::ApiError,
    requests::NewSubscriptionBody,
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, base_address, path::PathId, reader::Reader},
    },
    domain::{ids::WebhookEndpointId, names::Named, webhooks::subscription::Subscription},
    service::webhooks::circle_subscriptions,
    state::Requite,
    wire::schema,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A subscription. `subscriptionDetails` has one entry; Circle has one for each of two regions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Subscription)]
pub struct SubscriptionResponse {
    #[schema(value_type = Uuid)]
    id: WebhookEndpointId,
    endpoint: String,
    #[schema(value_type = Vec<SubscriptionDetailResponse>)]
    subscription_details: [SubscriptionDetailResponse; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    requite: Option<SubscriptionExtras>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionDetail)]
struct SubscriptionDetailResponse {
    /// The ARN of the subscription.
    url: String,
    #[schema(value_type = schema::SubscriptionStatus)]
    status: &'static str,
}

/// Requite's addition, which is only in the response that creates the subscription.
#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionExtras)]
struct SubscriptionExtras {
    /// The secret that messages are signed with, according to Standard Webhooks.
    secret: String,
}

impl SubscriptionResponse {
    /// Renders a new subscription, with its secret.
    pub fn with_secret(subscription: Subscription) -> Self {
        let requite = Some(SubscriptionExtras { secret: subscription.secret.reveal() });
        Self { requite, ..Self::from(subscription) }
    }
}

impl From<Subscription> for SubscriptionResponse {
    fn from(subscription: Subscription) -> Self {
        let details = SubscriptionDetailResponse { url: subscription.arn(), status: subscription.status().as_str() };
        Self { id: subscription.id, endpoint: subscription.url, subscription_details: [details], requite: None }
    }
}

/// Lists subscriptions.
///
/// All subscriptions, without pages. The newest come first.
#[utoipa::path(
    get,
    path = "/notifications/subscriptions",
    operation_id = "listSubscriptions",
    tag = "Notifications",
    responses((status = 200, description = "The subscriptions", body = Vec<SubscriptionResponse>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
) -> Result<Response, ApiError> {
    let subscriptions = circle_subscriptions::subscriptions(&requite.store, &requite.context(), &actor).await?;
    Ok(data(StatusCode::OK, subscriptions.into_iter().map(SubscriptionResponse::from).collect::<Vec<_>>()))
}

/// Subscribes to notifications.
///
/// The endpoint receives a `SubscriptionConfirmation` and must visit its `SubscribeURL`; until then the subscription
/// is `pending`. Then it receives every change of a payment intent, a payment, a refund or a recipient, in the envelope
/// of Amazon SNS as in Circle's API. The messages do not have Amazon's signature: they are signed according to Standard
/// Webhooks, with the secret in this response.
///
/// A sandbox allows three subscriptions, production one; a further one is refused with 429.
#[utoipa::path(
    post,
    path = "/notifications/subscriptions",
    operation_id = "createSubscription",
    tag = "Notifications",
    request_body = NewSubscriptionBody,
    responses((status = 200, description = "The subscription, with its secret", body = SubscriptionResponse)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    headers: HeaderMap,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    let NewSubscriptionBody { endpoint } = Reader::new(&body).ignoring_unknown().body()?;
    let base = base_address::origin(&requite, &headers).unwrap_or_else(|| format!("http://{}", requite.settings.addr));
    let subscription = circle_subscriptions::subscribe(
        &requite.store,
        &requite.context(),
        requite.sender.allowed_targets(),
        requite.settings.mode,
        &actor,
        &endpoint,
        &base,
    )
    .await?;
    Ok(data(StatusCode::OK, SubscriptionResponse::with_secret(subscription)))
}

/// An empty object, as in Circle's API.
#[derive(Serialize, ToSchema)]
#[schema(as = Unsubscribed)]
struct UnsubscribedResponse {}

/// Deletes a subscription.
///
/// It may be unconfirmed; Circle keeps such a subscription until its confirmation link expires.
#[utoipa::path(
    delete,
    path = "/notifications/subscriptions/{id}",
    operation_id = "deleteSubscription",
    tag = "Notifications",
    params(("id" = uuid::Uuid, Path, description = "The subscription.")),
    responses((status = 200, description = "The subscription was deleted", body = UnsubscribedResponse)),
)]
pub async fn delete(
    Caller { actor, .. }: Caller<scope::Admin>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, ApiError> {
    circle_subscriptions::unsubscribe(&requite.store, &requite.context(), &actor, id.subscription()?).await?;
    Ok(data(StatusCode::OK, UnsubscribedResponse {}))
}
