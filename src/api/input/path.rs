//! Ids in paths. An invalid id gets the same error as an unknown one.

use super::reader::uuid;
use crate::domain::{
    error::DomainError,
    ids::{PaymentIntentId, RecipientId, RefundId, WebhookDeliveryId, WebhookEndpointId},
    reports::month::Month,
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use std::convert::Infallible;
use uuid::Uuid;

/// The only id in a path; `None` if it is not a UUID.
pub struct PathId(Option<Uuid>);

impl PathId {
    pub fn intent(self) -> Result<PaymentIntentId, DomainError> {
        self.named("error-unknown-payment-intent").map(PaymentIntentId)
    }

    /// Returns the id of a payment or refund.
    pub fn transfer(self) -> Result<Uuid, DomainError> {
        self.named("error-unknown-payment-or-refund")
    }

    pub fn refund(self) -> Result<RefundId, DomainError> {
        self.named("error-unknown-refund").map(RefundId)
    }

    pub fn webhook_endpoint(self) -> Result<WebhookEndpointId, DomainError> {
        self.named("error-unknown-webhook-endpoint").map(WebhookEndpointId)
    }

    /// Returns the id of an address book entry.
    pub fn recipient(self) -> Result<RecipientId, DomainError> {
        self.named("error-unknown-recipient").map(RecipientId)
    }

    /// Returns the id of a subscription to notifications.
    pub fn subscription(self) -> Result<WebhookEndpointId, DomainError> {
        self.named("error-unknown-subscription").map(WebhookEndpointId)
    }

    pub fn webhook_delivery(self) -> Result<WebhookDeliveryId, DomainError> {
        self.named("error-unknown-webhook-delivery").map(WebhookDeliveryId)
    }

    fn named(self, unknown: &'static str) -> Result<Uuid, DomainError> {
        self.0.ok_or_else(|| DomainError::not_found(unknown))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(text.ok().and_then(|Path(text)| uuid(&text))))
    }
}

/// The only month in a path; `None` if it is not one.
pub struct PathMonth(Option<Month>);

impl PathMonth {
    /// Returns the month of a statement.
    pub fn statement(self) -> Result<Month, DomainError> {
        self.0.ok_or_else(|| DomainError::not_found("error-unknown-statement"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathMonth {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(text.ok().and_then(|Path(text)| Month::parse(&text))))
    }
}

/// The first id in a path as a number; `None` if it is not one. CoinGate's orders and refunds have numbers.
pub struct PathNumber(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for PathNumber {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let texts = Path::<Vec<String>>::from_request_parts(parts, state).await.map(|Path(texts)| texts);
        Ok(Self(texts.ok().and_then(|texts| texts.first()?.parse().ok())))
    }
}
