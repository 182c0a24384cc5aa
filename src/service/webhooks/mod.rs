//! Webhook endpoints and deliveries.

pub mod circle_subscriptions;
pub mod coingate_callbacks;

use crate::{
    context::Context,
    domain::{
        error::DomainError,
        ids::{WebhookDeliveryId, WebhookEndpointId},
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        webhooks::{
            Delivery, Endpoint, EndpointChange, EndpointInput, MessageFormat, SubscriptionStatus,
            allowed_targets::AllowedTargets, signature::SigningSecret, subscription::Subscription,
        },
    },
    error::Error,
    service::{
        customers::masking,
        people::second_factor::{CodeRequirement, require_recent_code},
    },
    store::{
        self, Store,
        webhooks::deliveries::{DeliveryAttempt, DeliveryFilter},
    },
};
use chrono::{DateTime, Utc};

/// A result, or every error in the input.
pub type Validated<T> = Result<T, Vec<DomainError>>;

/// Adds an endpoint with a new secret.
pub async fn create(
    store: &Store,
    context: &Context<'_>,
    targets: AllowedTargets,
    actor: &Actor,
    input: &EndpointInput,
) -> Result<Validated<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    require_recent_code(store, context, actor).await?;
    let terms = match input.parse(targets) {
        Ok(terms) => terms,
        Err(errors) => return Ok(Err(errors)),
    };
    let endpoint = store.add_webhook_endpoint(context, actor, &terms, &new_secret(context)).await?;
    Ok(Ok(endpoint))
}

/// A merchant's endpoints, newest first.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.webhook_endpoints(actor.merchant()).await?)
}

/// Endpoints that were disabled by Requite or are failing now, for the overview. Whoever may read sees it: programs miss
/// events, whoever repairs them. What follows the path of a URL is shown to whoever manages webhooks only.
pub async fn broken(store: &Store, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::Read)?;
    let endpoints = store.webhook_endpoints(actor.merchant()).await?;
    let broken = endpoints.into_iter().filter(Endpoint::is_broken);
    Ok(broken.map(|endpoint| masking::endpoint(actor, endpoint)).collect())
}

/// A target that was set through the API of Circle or CoinGate, not in the console.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiTarget {
    /// The endpoint that represents it in the queue.
    pub endpoint: Endpoint,
    /// The status of a Circle subscription; `None` for CoinGate's callbacks, which have no subscription.
    pub subscription: Option<SubscriptionStatus>,
}

/// The targets set through the APIs, newest first. Leaves out subscriptions that were not confirmed in time.
pub async fn api_targets(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<ApiTarget>, Error> {
    let subscriptions = circle_subscriptions::subscriptions(store, context, actor).await?;
    let targets = store.api_targets(actor.merchant()).await?.into_iter().filter_map(|endpoint| {
        let found = subscriptions.iter().find(|subscription| subscription.id == endpoint.id);
        let subscription = found.map(Subscription::status);
        let is_there = subscription.is_some() || endpoint.format != MessageFormat::Circle;
        is_there.then_some(ApiTarget { endpoint, subscription })
    });
    Ok(targets.collect())
}

/// Everything that deliveries go to: endpoints, and targets set through the APIs.
pub async fn targets(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    let mut targets = list(store, actor).await?;
    targets.extend(api_targets(store, context, actor).await?.into_iter().map(|target| target.endpoint));
    Ok(targets)
}

/// The target of a delivery: an endpoint, or one that was set through an API.
pub async fn target(store: &Store, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.webhook_target(actor.merchant(), id).await?)
}

pub async fn get(store: &Store, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.webhook_endpoint(actor.merchant(), id).await?)
}

/// Changes, disables or enables an endpoint.
pub async fn change(
    store: &Store,
    context: &Context<'_>,
    targets: AllowedTargets,
    actor: &Actor,
    id: WebhookEndpointId,
    change: &EndpointChange,
) -> Result<Validated<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    require_recent_code(store, context, actor).await?;
    let patch = match change.parse(targets) {
        Ok(patch) => patch,
        Err(errors) => return Ok(Err(errors)),
    };
    Ok(Ok(store.change_webhook_endpoint(context, actor, id, &patch).await?))
}

/// The secret of an endpoint, unless a code is missing. Who knows it can make up messages to the merchant's programs.
pub fn revealed_secret(endpoint: &Endpoint, code: CodeRequirement) -> Option<String> {
    match code {
        CodeRequirement::Nothing => Some(endpoint.secret.reveal()),
        CodeRequirement::Code | CodeRequirement::SetUp => None,
    }
}

/// Gives an endpoint a new secret; the old one stays valid for a day.
pub async fn rotate_secret(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: WebhookEndpointId,
) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    require_recent_code(store, context, actor).await?;
    Ok(store.rotate_webhook_secret(context, actor, id, &new_secret(context)).await?)
}

/// Deletes an endpoint.
pub async fn delete(store: &Store, context: &Context<'_>, actor: &Actor, id: WebhookEndpointId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    require_recent_code(store, context, actor).await?;
    Ok(store.delete_webhook_endpoint(context, actor, id).await?)
}

/// Sends a test event to an endpoint.
pub async fn send_test(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: WebhookEndpointId,
) -> Result<WebhookDeliveryId, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.send_test_webhook(context, actor, id).await?)
}

/// A page of deliveries.
pub async fn deliveries(
    store: &Store,
    actor: &Actor,
    filter: &DeliveryFilter,
    page: &PageRequest,
) -> Result<Page<Delivery>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.webhook_deliveries(actor.merchant(), filter, page).await?)
}

/// How many deliveries match.
pub async fn total_of_deliveries(store: &Store, actor: &Actor, filter: &DeliveryFilter) -> Result<Total, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.total_of_deliveries(actor.merchant(), filter).await?)
}

/// A delivery with its details.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryDetail {
    pub delivery: Delivery,
    /// Newest first.
    pub attempts: Vec<DeliveryAttempt>,
    /// The earlier delivery with the same subject that it waits for.
    pub ahead: Option<WebhookDeliveryId>,
    /// Why it cannot be sent again now, if so.
    pub closed: Option<DomainError>,
    /// The format of its endpoint, unless that was deleted.
    pub format: Option<MessageFormat>,
}

pub async fn delivery(store: &Store, actor: &Actor, id: WebhookDeliveryId) -> Result<DeliveryDetail, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let delivery = store.webhook_delivery(actor.merchant(), id).await?;
    let attempts = store.webhook_attempts(actor.merchant(), id).await?;
    let ahead = store.webhook_delivery_ahead(id).await?;
    let (closed, form) = match store.webhook_target(actor.merchant(), delivery.endpoint_id).await {
        Ok(endpoint) => (endpoint.require_enabled().err(), Some(endpoint.format)),
        // The endpoint was deleted; the log of its deliveries is kept.
        Err(store::Error::Refused(error)) => (Some(error), None),
        Err(fault) => return Err(fault.into()),
    };
    Ok(DeliveryDetail { delivery, attempts, ahead, closed, format: form })
}

/// Sends a delivery again.
pub async fn redeliver(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: WebhookDeliveryId,
) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.redeliver_webhook(context, actor, id).await?)
}

/// Sends again everything that an endpoint did not receive since a time; returns the number of deliveries.
pub async fn redeliver_failed(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: WebhookEndpointId,
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.redeliver_failed_webhooks(context, actor, id, since).await?)
}

fn new_secret(context: &Context<'_>) -> SigningSecret {
    SigningSecret::new(context.random())
}
