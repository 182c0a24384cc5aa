//! Webhook endpoints and deliveries.

pub mod circle_subscriptions;

use crate::{
    domain::{
        error::DomainError,
        ids::{WebhookDeliveryId, WebhookEndpointId},
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        webhooks::{
            Delivery, Endpoint, EndpointChange, EndpointForm, EndpointInput, SubscriptionStatus, signature::Secret,
            subscription::Subscription,
        },
    },
    error::Error,
    state::Requite,
    store::{
        self,
        webhooks::deliveries::{DeliveryAttempt, DeliveryFilter},
    },
};
use chrono::{DateTime, Utc};

/// A result, or every error in the input.
pub type Checked<T> = Result<T, Vec<DomainError>>;

/// Adds an endpoint with a new secret.
pub async fn create(requite: &Requite, actor: &Actor, input: &EndpointInput) -> Result<Checked<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let terms = match input.parse(requite.sender.allowed_targets()) {
        Ok(terms) => terms,
        Err(errors) => return Ok(Err(errors)),
    };
    let endpoint = requite.store.add_webhook_endpoint(actor, &requite.context(), &terms, &new_secret(requite)).await?;
    Ok(Ok(endpoint))
}

/// A merchant's endpoints, newest first.
pub async fn list(requite: &Requite, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_endpoints(actor.merchant()).await?)
}

/// Endpoints that Requite disabled, for a notice on every page of the merchant.
pub async fn broken(requite: &Requite, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::Read)?;
    let endpoints = requite.store.webhook_endpoints(actor.merchant()).await?;
    Ok(endpoints.into_iter().filter(Endpoint::is_broken).collect())
}

/// A target that was set through the API of Circle or CoinGate, not in the console.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTarget {
    /// The endpoint that represents it in the queue.
    pub endpoint: Endpoint,
    /// The status of a Circle subscription; `None` for CoinGate's callbacks, which have no subscription.
    pub subscription: Option<SubscriptionStatus>,
}

/// The targets set through the APIs, newest first. Leaves out subscriptions that were not confirmed in time.
pub async fn named_targets(requite: &Requite, actor: &Actor) -> Result<Vec<NamedTarget>, Error> {
    let subscriptions = circle_subscriptions::subscriptions(requite, actor).await?;
    let targets = requite.store.named_targets(actor.merchant()).await?.into_iter().filter_map(|endpoint| {
        let found = subscriptions.iter().find(|subscription| subscription.id == endpoint.id);
        let subscription = found.map(Subscription::status);
        let is_there = subscription.is_some() || endpoint.form != EndpointForm::Circle;
        is_there.then_some(NamedTarget { endpoint, subscription })
    });
    Ok(targets.collect())
}

/// The target of a delivery: an endpoint, or one that was set through an API.
pub async fn target(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_target(actor.merchant(), id).await?)
}

pub async fn get(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_endpoint(actor.merchant(), id).await?)
}

/// Changes, disables or enables an endpoint.
pub async fn change(
    requite: &Requite,
    actor: &Actor,
    id: WebhookEndpointId,
    change: &EndpointChange,
) -> Result<Checked<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let patch = match change.parse(requite.sender.allowed_targets()) {
        Ok(patch) => patch,
        Err(errors) => return Ok(Err(errors)),
    };
    Ok(Ok(requite.store.change_webhook_endpoint(actor, &requite.context(), id, &patch).await?))
}

/// Gives an endpoint a new secret; the old one stays valid for a day.
pub async fn rotate_secret(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.rotate_webhook_secret(actor, &requite.context(), id, &new_secret(requite)).await?)
}

/// Deletes an endpoint.
pub async fn delete(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.delete_webhook_endpoint(actor, &requite.context(), id).await?)
}

/// Sends a test event to an endpoint.
pub async fn send_test(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<WebhookDeliveryId, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.send_test_webhook(actor, &requite.context(), id).await?)
}

/// A page of deliveries.
pub async fn deliveries(
    requite: &Requite,
    actor: &Actor,
    filter: &DeliveryFilter,
    page: &PageRequest,
) -> Result<Page<Delivery>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_deliveries(actor.merchant(), filter, page).await?)
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
    pub form: Option<EndpointForm>,
}

pub async fn delivery(requite: &Requite, actor: &Actor, id: WebhookDeliveryId) -> Result<DeliveryDetail, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let delivery = requite.store.webhook_delivery(actor.merchant(), id).await?;
    let attempts = requite.store.webhook_attempts(actor.merchant(), id).await?;
    let ahead = requite.store.webhook_delivery_ahead(id).await?;
    let (closed, form) = match requite.store.webhook_target(actor.merchant(), delivery.endpoint_id).await {
        Ok(endpoint) => (endpoint.require_enabled().err(), Some(endpoint.form)),
        // It was deleted, and the log stayed.
        Err(store::Error::Refused(error)) => (Some(error), None),
        Err(fault) => return Err(fault.into()),
    };
    Ok(DeliveryDetail { delivery, attempts, ahead, closed, form })
}

/// Sends a delivery again.
pub async fn redeliver(requite: &Requite, actor: &Actor, id: WebhookDeliveryId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.redeliver_webhook(actor, &requite.context(), id).await?)
}

/// Sends again everything that an endpoint did not receive since a time; returns the number of deliveries.
pub async fn redeliver_failed(
    requite: &Requite,
    actor: &Actor,
    id: WebhookEndpointId,
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.redeliver_failed_webhooks(actor, &requite.context(), id, since).await?)
}

fn new_secret(requite: &Requite) -> Secret {
    let mut random = [0; 32];
    requite.entropy.fill(&mut random);
    Secret::new(random)
}
