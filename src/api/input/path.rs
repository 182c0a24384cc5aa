//! Ids in paths. An invalid id gives the same error as an unknown one.

use super::reader::uuid;
use crate::domain::{
    error::DomainError,
    ids::{PaymentIntentId, RecipientId, RefundId, WebhookDeliveryId, WebhookEndpointId},
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use std::convert::Infallible;
use uuid::Uuid;

/// The one id in a path, if it is a UUID.
pub struct PathId(Option<Uuid>);

impl PathId {
    /// As the id of an intent.
    pub fn intent(self) -> Result<PaymentIntentId, DomainError> {
        self.named("payment intent").map(PaymentIntentId)
    }

    /// As the id of a payment or refund.
    pub fn transfer(self) -> Result<Uuid, DomainError> {
        self.named("payment or refund")
    }

    /// As the id of a refund.
    pub fn refund(self) -> Result<RefundId, DomainError> {
        self.named("refund").map(RefundId)
    }

    /// As the id of a webhook endpoint.
    pub fn webhook_endpoint(self) -> Result<WebhookEndpointId, DomainError> {
        self.named("webhook endpoint").map(WebhookEndpointId)
    }

    /// As the id of an entry of the address book.
    pub fn recipient(self) -> Result<RecipientId, DomainError> {
        self.named("recipient").map(RecipientId)
    }

    /// As the id of a subscription to notifications.
    pub fn subscription(self) -> Result<WebhookEndpointId, DomainError> {
        self.named("subscription").map(WebhookEndpointId)
    }

    /// As the id of a delivery.
    pub fn webhook_delivery(self) -> Result<WebhookDeliveryId, DomainError> {
        self.named("webhook delivery").map(WebhookDeliveryId)
    }

    fn named(self, what: &'static str) -> Result<Uuid, DomainError> {
        self.0.ok_or_else(|| DomainError::not_found(what))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(text.ok().and_then(|Path(text)| uuid(&text))))
    }
}

/// The first number in a path, if it is one; CoinGate numbers its orders and refunds.
pub struct PathNumber(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for PathNumber {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let texts = Path::<Vec<String>>::from_request_parts(parts, state).await.map(|Path(texts)| texts);
        Ok(Self(texts.ok().and_then(|texts| texts.first()?.parse().ok())))
    }
}
