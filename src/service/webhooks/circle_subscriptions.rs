//! Subscriptions to Circle's notifications (1.10).

use crate::service::fingerprint;
use crate::{
    config::Mode,
    domain::{
        error::{DomainError, Field},
        ids::WebhookEndpointId,
        people::actor::{Actor, Permission},
        webhooks::{
            signature::Secret,
            subscription::{PRODUCTION, SANDBOX, Subscription},
            url::EndpointUrl,
        },
    },
    error::Error,
    state::Requite,
    store::notifications::circle_subscriptions::NewSubscription,
    wire::circle::notification::{ConfirmationLink, topic},
};
use data_encoding::BASE64URL_NOPAD;

/// Adds a subscription with a new secret. Before it receives anything, its URL must confirm by visiting a link below
/// `base`, the server's public URL.
pub async fn subscribe(requite: &Requite, actor: &Actor, endpoint: &str, base: &str) -> Result<Subscription, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let on_endpoint = |error: DomainError| error.on(Field::Endpoint);
    let url = EndpointUrl::parse(endpoint, requite.sender.allowed_targets()).map_err(on_endpoint)?;
    let mode = requite.settings.mode;
    let context = requite.context();
    let token = BASE64URL_NOPAD.encode(&context.random::<48>());
    let token_hash = fingerprint::of_secret(&token);
    let topic = topic(mode);
    let new = NewSubscription {
        url: &url,
        topic,
        secret: &Secret::new(context.random()),
        link: &ConfirmationLink::new(base, topic, token),
        token_hash: &token_hash,
        limits: match mode {
            Mode::Sandbox => SANDBOX,
            Mode::Production => PRODUCTION,
        },
    };
    Ok(requite.store.add_subscription(actor, &context, &new).await?)
}

/// A merchant's subscriptions, newest first.
pub async fn subscriptions(requite: &Requite, actor: &Actor) -> Result<Vec<Subscription>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.subscriptions(requite.context().now, actor.merchant()).await?)
}

/// Deletes a subscription, confirmed or not.
pub async fn unsubscribe(requite: &Requite, actor: &Actor, id: WebhookEndpointId) -> Result<(), Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(requite.store.delete_subscription(actor, &requite.context(), id).await?)
}

/// Confirms a subscription by its link. The token was sent only to its URL, so no other authentication is needed.
pub async fn confirm(requite: &Requite, token: &str) -> Result<Subscription, Error> {
    Ok(requite.store.confirm_subscription(&requite.context(), &fingerprint::of_secret(token)).await?)
}
