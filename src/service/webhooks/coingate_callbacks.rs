//! The log of CoinGate's callbacks. Unlike endpoints, it is open to every key, as in CoinGate's API: what a callback
//! contains is an order or a refund, which such a key can read anyway.

use crate::{
    domain::{
        people::actor::{Actor, Permission},
        webhooks::MessageFormat,
    },
    error::Error,
    store::{
        Store,
        intents::orders::NumberedPage,
        notifications::coingate_callbacks::{CallbackFilter, LoggedCallback},
        webhooks::deliveries::DeliveryAttempt,
    },
};

/// A page of callbacks, and the total number.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &CallbackFilter,
    page: NumberedPage,
) -> Result<(Vec<LoggedCallback>, i64), Error> {
    actor.require(Permission::Read)?;
    Ok(store.coingate_callbacks(actor.merchant(), filter, page).await?)
}

/// A callback with its attempts, newest first.
pub async fn attempts(
    store: &Store,
    actor: &Actor,
    number: i64,
    format: MessageFormat,
) -> Result<(LoggedCallback, Vec<DeliveryAttempt>), Error> {
    actor.require(Permission::Read)?;
    let callback = store.coingate_callback(actor.merchant(), number, format).await?;
    let attempts = store.webhook_attempts(actor.merchant(), callback.delivery).await?;
    Ok((callback, attempts))
}
