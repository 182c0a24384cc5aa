//! Subscriptions to Circle's notifications.

use crate::service::fingerprint;
use crate::{
    config::Mode,
    context::Context,
    domain::{
        error::{DomainError, Field},
        ids::WebhookEndpointId,
        people::actor::{Actor, Permission},
        webhooks::{
            allowed_targets::AllowedTargets,
            signature::SigningSecret,
            subscription::{PRODUCTION, SANDBOX, Subscription},
            url::EndpointUrl,
        },
    },
    error::Error,
    store::{Store, notifications::circle_subscriptions::NewSubscription},
    wire::circle::notification::{SubscriptionLink, topic},
};
use data_encoding::BASE64URL_NOPAD;

/// Adds a subscription with a new secret. Before it receives notifications, its URL must confirm it by opening a link
/// under `base`, the server's public URL.
pub async fn subscribe(
    store: &Store,
    context: &Context<'_>,
    targets: AllowedTargets,
    mode: Mode,
    actor: &Actor,
    endpoint: &str,
    base: &str,
) -> Result<Subscription, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let on_endpoint = |error: DomainError| error.on(Field::Endpoint);
    let url = EndpointUrl::parse(endpoint, targets).map_err(on_endpoint)?;
    let token = BASE64URL_NOPAD.encode(&context.random::<48>());
    let token_hash = fingerprint::of_secret(&token);
    let topic = topic(mode);
    let new = NewSubscription {
        url: &url,
        topic,
        secret: &SigningSecret::new(context.random()),
        link: &SubscriptionLink::new(base, topic, token),
        token_hash: &token_hash,
        limits: match mode {
            Mode::Sandbox => SANDBOX,
            Mode::Production => PRODUCTION,
        },
    };
    Ok(store.add_subscription(context, actor, &new).await?)
}

/// A merchant's subscriptions, newest first.
pub async fn subscriptions(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Vec<Subscription>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.subscriptions(context.now, actor.merchant()).await?)
}

/// Deletes a subscription, confirmed or not.
pub async fn unsubscribe(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: WebhookEndpointId,
) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.delete_subscription(context, actor, id).await?)
}

/// Confirms a subscription by its link. The token was sent only to its URL, so no other authentication is needed.
pub async fn confirm(store: &Store, context: &Context<'_>, token: &str) -> Result<Subscription, Error> {
    Ok(store.confirm_subscription(context, &fingerprint::of_secret(token)).await?)
}
