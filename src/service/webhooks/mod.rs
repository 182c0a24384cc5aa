//! Where a merchant is told of events, and what became of it.

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

/// A result, or everything that is wrong with what was typed.
pub type Checked<T> = Result<T, Vec<DomainError>>;

/// Adds an endpoint, with a new secret in it.
pub async fn create(requite: &Requite, actor: &Actor, input: &EndpointInput) -> Result<Checked<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let terms = match input.parse(requite.sender.allowed_targets()) {
        Ok(terms) => terms,
        Err(errors) => return Ok(Err(errors)),
    };
    let endpoint = requite.store.add_webhook_endpoint(actor, &requite.context(), &terms, &new_secret(requite)).await?;
    Ok(Ok(endpoint))
}

/// A merchant's endpoints, the newest first.
pub async fn list(requite: &Requite, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_endpoints(actor.merchant()).await?)
}

/// Those that Requite had to disable, for a notice to everybody who looks at the merchant's affairs.
pub async fn broken(requite: &Requite, actor: &Actor) -> Result<Vec<Endpoint>, Error> {
    actor.require(Permission::Read)?;
    let endpoints = requite.store.webhook_endpoints(actor.merchant()).await?;
    Ok(endpoints.into_iter().filter(Endpoint::is_broken).collect())
}

/// An address that a program named to be told, instead of somebody in the console.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTarget {
    /// What stands for it in the queue.
    pub endpoint: Endpoint,
    /// How far a subscription of Circle's clients is; nothing for CoinGate's callbacks, which nobody subscribes to.
    pub subscription: Option<SubscriptionStatus>,
}

/// What programs named to be told, the newest first. A subscription that was not confirmed in time is forgotten.
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

/// Whatever a delivery is for: an endpoint, or what a program named.
pub async fn target(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_target(actor.merchant(), id).await?)
}

/// One endpoint.
pub async fn get(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<Endpoint, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_endpoint(actor.merchant(), id).await?)
}

/// Changes an endpoint; disables it, or enables it again.
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

/// Removes an endpoint for good.
pub async fn delete(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.delete_webhook_endpoint(actor, &requite.context(), id).await?)
}

/// Sends an event that only tries whether an endpoint works.
pub async fn send_test(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<WebhookDeliveryId, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.send_test_webhook(actor, &requite.context(), id).await?)
}

/// One page of what was sent.
pub async fn deliveries(
    requite: &Requite,
    actor: &Actor,
    filter: &DeliveryFilter,
    page: &PageRequest,
) -> Result<Page<Delivery>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.webhook_deliveries(actor.merchant(), filter, page).await?)
}

/// A delivery with everything that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryDetail {
    /// The delivery.
    pub delivery: Delivery,
    /// What was tried, the newest first.
    pub attempts: Vec<DeliveryAttempt>,
    /// The earlier delivery about the same thing that it waits for.
    pub ahead: Option<WebhookDeliveryId>,
    /// Why it cannot be sent again now, if it cannot.
    pub closed: Option<DomainError>,
    /// The form of its endpoint, unless that was deleted.
    pub form: Option<EndpointForm>,
}

/// One delivery.
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

/// Sends one delivery again.
pub async fn redeliver(requite: &Requite, actor: &Actor, id: WebhookDeliveryId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.redeliver_webhook(actor, &requite.context(), id).await?)
}

/// Sends everything again that an endpoint did not get since a time; answers how much that is.
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
