//! Where a merchant is told of events.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Adds an endpoint; back to the form with what was typed when something in it is wrong.
#[server(prefix = "/do", endpoint = "webhooks/add")]
pub async fn add_webhook_endpoint(
    url: String,
    #[server(default)] description: String,
    #[server(default)] payload: String,
    #[server(default)] events: Vec<String>,
) -> Result<(), DomainError> {
    use crate::{
        domain::webhooks::EndpointInput,
        service::webhooks,
        web::{
            form_query::{self, RefusedForm},
            forms, paths,
        },
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let input = EndpointInput { url, description, payload, events: events.join(" ") };
        Ok(match webhooks::create(&requite, &actor, &input).await? {
            Ok(endpoint) => form_query::done(&paths::webhook_endpoint(endpoint.id), "added"),
            Err(_) => RefusedForm::address(paths::WEBHOOK_ENDPOINTS, input),
        })
    };
    forms::answer(paths::WEBHOOK_ENDPOINTS, done.await)
}

/// Changes where an endpoint is and what it is told.
#[server(prefix = "/do", endpoint = "webhooks/change")]
pub async fn change_webhook_endpoint(
    endpoint: String,
    url: String,
    #[server(default)] description: String,
    #[server(default)] payload: String,
    #[server(default)] events: Vec<String>,
) -> Result<(), DomainError> {
    use crate::{
        domain::{
            ids::WebhookEndpointId,
            webhooks::{EndpointChange, EndpointInput},
        },
        service::webhooks,
        web::{
            form_query::{self, RefusedForm},
            forms, paths,
        },
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        let input = EndpointInput { url, description, payload, events: events.join(" ") };
        let change = EndpointChange::from(input.clone());
        Ok(match webhooks::change(&requite, &actor, id, &change).await? {
            Ok(_) => form_query::done(&page, "saved"),
            Err(_) => RefusedForm::address(&page, input),
        })
    };
    forms::answer(&page, done.await)
}

/// Enables an endpoint again, or disables it.
#[server(prefix = "/do", endpoint = "webhooks/enable")]
pub async fn enable_webhook_endpoint(endpoint: String, #[server(default)] enabled: bool) -> Result<(), DomainError> {
    use crate::{
        domain::{ids::WebhookEndpointId, webhooks::EndpointChange},
        service::webhooks,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        let change = EndpointChange { enabled: Some(enabled), ..EndpointChange::default() };
        // Nothing was typed, so there is nothing to correct.
        webhooks::change(&requite, &actor, id, &change).await?.ok();
        Ok(form_query::done(&page, if enabled { "enabled" } else { "disabled" }))
    };
    forms::answer(&page, done.await)
}

/// Gives an endpoint a new secret.
#[server(prefix = "/do", endpoint = "webhooks/rotate-secret")]
pub async fn rotate_webhook_secret(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        webhooks::rotate_secret(&requite, &actor, id).await?;
        Ok(form_query::done(&page, "rotated"))
    };
    forms::answer(&page, done.await)
}

/// Removes an endpoint for good.
#[server(prefix = "/do", endpoint = "webhooks/delete")]
pub async fn delete_webhook_endpoint(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        webhooks::delete(&requite, &actor, id).await?;
        Ok(form_query::done(paths::WEBHOOK_ENDPOINTS, "deleted"))
    };
    forms::answer(paths::WEBHOOK_ENDPOINTS, done.await)
}

/// Sends an event that only tries whether an endpoint works.
#[server(prefix = "/do", endpoint = "webhooks/test")]
pub async fn send_test_webhook(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        Ok(paths::webhook_delivery(webhooks::send_test(&requite, &actor, id).await?))
    };
    forms::answer(
        &forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS),
        done.await,
    )
}

/// Sends one delivery again.
#[server(prefix = "/do", endpoint = "webhooks/redeliver")]
pub async fn redeliver_webhook(delivery: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookDeliveryId,
        service::webhooks,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&delivery, WebhookDeliveryId, paths::webhook_delivery, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&delivery, WebhookDeliveryId, "webhook delivery")?;
        webhooks::redeliver(&requite, &actor, id).await?;
        Ok(form_query::done(&page, "again"))
    };
    forms::answer(&page, done.await)
}

/// Sends everything again that an endpoint did not get since a time (UTC).
#[server(prefix = "/do", endpoint = "webhooks/redeliver-failed")]
pub async fn redeliver_failed_webhooks(endpoint: String, #[server(default)] since: String) -> Result<(), DomainError> {
    use crate::{
        domain::{
            error::{ErrorCode, Field},
            ids::WebhookEndpointId,
        },
        service::webhooks,
        web::{days, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "webhook endpoint")?;
        // Who may not do it is told that first, whatever was typed.
        webhooks::target(&requite, &actor, id).await?;
        let since = days::time(&since).ok_or_else(|| {
            DomainError::new(ErrorCode::FilterInvalid, "Give the time as 2026-11-23T08:15.").on(Field::Since)
        })?;
        let number = webhooks::redeliver_failed(&requite, &actor, id, since).await?;
        Ok(format!("{page}?done=redelivered&number={number}"))
    };
    forms::answer(&page, done.await)
}
