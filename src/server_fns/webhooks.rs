//! Webhook endpoints.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Adds an endpoint. Returns to the form with the input if a value is invalid.
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
        texts::success::Success,
        web::{
            form_query::{self, RefusedForm},
            forms, paths,
        },
    };
    let input = EndpointInput { url, description, payload, events: events.join(" ") };
    // After any refusal, the form shows the input again.
    let back = RefusedForm::address(paths::WEBHOOK_ENDPOINTS, input.clone());
    let done = async {
        let (requite, actor) = forms::caller()?;
        let targets = requite.sender.allowed_targets();
        Ok(match webhooks::create(&requite.store, &requite.context(), targets, &actor, &input).await? {
            Ok(endpoint) => {
                form_query::with_success_notice(&paths::webhook_endpoint(endpoint.id), Success::EndpointAdded)
            }
            Err(_) => back.clone(),
        })
    };
    forms::answer(&back, done.await)
}

/// Changes the URL and the events of an endpoint.
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
        texts::success::Success,
        web::{
            form_query::{self, RefusedForm},
            forms, paths,
        },
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let input = EndpointInput { url, description, payload, events: events.join(" ") };
    let back = RefusedForm::address(&page, input.clone());
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        let change = EndpointChange::from(input.clone());
        let targets = requite.sender.allowed_targets();
        Ok(match webhooks::change(&requite.store, &requite.context(), targets, &actor, id, &change).await? {
            Ok(_) => form_query::with_success_notice(&page, Success::EndpointChanged),
            Err(_) => back.clone(),
        })
    };
    forms::answer(&back, done.await)
}

/// Enables or disables an endpoint.
#[server(prefix = "/do", endpoint = "webhooks/enable")]
pub async fn enable_webhook_endpoint(endpoint: String, #[server(default)] enabled: bool) -> Result<(), DomainError> {
    use crate::{
        domain::{ids::WebhookEndpointId, webhooks::EndpointChange},
        service::webhooks,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        let change = EndpointChange { enabled: Some(enabled), ..EndpointChange::default() };
        // The change contains no typed values, so it cannot be invalid.
        let targets = requite.sender.allowed_targets();
        webhooks::change(&requite.store, &requite.context(), targets, &actor, id, &change).await?.ok();
        let done = if enabled { Success::EndpointEnabled } else { Success::EndpointDisabled };
        Ok(form_query::with_success_notice(&page, done))
    };
    forms::answer(&page, done.await)
}

/// Replaces the secret of an endpoint.
#[server(prefix = "/do", endpoint = "webhooks/rotate-secret")]
pub async fn rotate_webhook_secret(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        webhooks::rotate_secret(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(&page, Success::SecretReplaced))
    };
    forms::answer(&page, done.await)
}

/// Deletes an endpoint permanently.
#[server(prefix = "/do", endpoint = "webhooks/delete")]
pub async fn delete_webhook_endpoint(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        webhooks::delete(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(paths::WEBHOOK_ENDPOINTS, Success::EndpointDeleted))
    };
    forms::answer(paths::WEBHOOK_ENDPOINTS, done.await)
}

/// Sends a test event to an endpoint.
#[server(prefix = "/do", endpoint = "webhooks/test")]
pub async fn send_test_webhook(endpoint: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookEndpointId,
        service::webhooks,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        Ok(paths::webhook_delivery(webhooks::send_test(&requite.store, &requite.context(), &actor, id).await?))
    };
    forms::answer(
        &forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS),
        done.await,
    )
}

/// Sends a delivery again.
#[server(prefix = "/do", endpoint = "webhooks/redeliver")]
pub async fn redeliver_webhook(delivery: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::WebhookDeliveryId,
        service::webhooks,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&delivery, WebhookDeliveryId, paths::webhook_delivery, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&delivery, WebhookDeliveryId, "error-unknown-webhook-delivery")?;
        webhooks::redeliver(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(&page, Success::DeliveryRepeated))
    };
    forms::answer(&page, done.await)
}

/// Sends everything again that the endpoint did not receive since a time (UTC).
#[server(prefix = "/do", endpoint = "webhooks/redeliver-failed")]
pub async fn redeliver_failed_webhooks(endpoint: String, #[server(default)] since: String) -> Result<(), DomainError> {
    use crate::{
        domain::{
            error::{ErrorCode, Field},
            ids::WebhookEndpointId,
        },
        service::webhooks,
        texts::success::Success,
        web::{days, form_query, forms, paths},
    };
    let page = forms::page_of(&endpoint, WebhookEndpointId, paths::webhook_endpoint, paths::WEBHOOK_ENDPOINTS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&endpoint, WebhookEndpointId, "error-unknown-webhook-endpoint")?;
        // Permission is checked before the input.
        webhooks::target(&requite.store, &actor, id).await?;
        let since = days::time(&since)
            .ok_or_else(|| DomainError::new(ErrorCode::FilterInvalid, "error-time-format").on(Field::Since))?;
        let number = webhooks::redeliver_failed(&requite.store, &requite.context(), &actor, id, since).await?;
        Ok(form_query::with_counted_success_notice(&page, Success::FailedDeliveriesRepeated, number))
    };
    forms::answer(&page, done.await)
}
