//! Webhooks: endpoints, events, messages, signatures and the retry schedule.
//!
//! Messages follow Standard Webhooks 1.0.0, CoinGate's formats (see `wire/coingate/`) for orders and refunds with
//! their own callback URL, or Circle's format for subscriptions to its notifications.

pub mod allowed_targets;
pub mod endpoint;
pub mod event;
pub mod payload;
pub mod schedule;
pub mod signature;
pub mod subscription;
pub mod url;

pub use endpoint::{
    DisabledState, ENDPOINTS_MAX, Endpoint, EndpointChange, EndpointInput, EndpointPatch, ParsedEndpoint, ROTATION,
};

use super::{
    error::{DomainError, ErrorCode, Field},
    ids::{WebhookDeliveryId, WebhookEndpointId},
    names::Named,
};
use chrono::{DateTime, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident => $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
        // The names in the database and in URLs.
        pub enum $type { $($(#[$variant_doc])* #[strum(serialize = $name)] $variant,)* }
    };
}

names! {
    /// Why an endpoint is disabled.
    DisabledReason {
        /// The merchant's team disabled it.
        Person => "person";
        /// It responded with 410 Gone.
        Gone => "gone";
        /// Every attempt failed for five days.
        Failing => "failing";
    }
}

names! {
    /// The message format and retry schedule of an endpoint.
    MessageFormat {
        /// Standard Webhooks, for the endpoints that a merchant creates.
        Standard => "standard";
        /// CoinGate's callbacks of refunds, sent to the URL of each refund.
        CoinGateRefund => "coingate_refund";
        /// CoinGate's callbacks of orders, sent to the URL of each order.
        CoinGateOrder => "coingate_order";
        /// Circle's notifications, sent to subscribers.
        Circle => "circle";
    }
}

names! {
    /// The encoding of CoinGate's callbacks; CoinGate lets each of its applications choose.
    CallbackFormat {
        /// A form, which shops' plugins read.
        Form => "form";
        Json => "json";
    }
}

impl CallbackFormat {
    pub fn parse(name: &str) -> Result<Self, DomainError> {
        let message = "error-callback-format";
        Named::parse(name).ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, message).on(Field::CallbackFormat))
    }
}

impl MessageFormat {
    /// Whether the format is one of CoinGate's: messages are independent, so none waits for another; the retry
    /// schedule is limited, so the target is never disabled; and nothing is signed.
    pub const fn is_coingate(self) -> bool {
        matches!(self, Self::CoinGateRefund | Self::CoinGateOrder)
    }
}

names! {
    /// The status of a subscription, with Circle's names.
    SubscriptionStatus {
        /// Its URL has not confirmed the subscription yet.
        Pending => "pending";
        /// It receives notifications.
        Confirmed => "confirmed";
        /// Its URL responded with 410 Gone, or has failed for days.
        Deleted => "deleted";
    }
}

names! {
    /// The state of a delivery.
    DeliveryState {
        /// It will be sent or retried.
        Waiting => "waiting";
        /// The endpoint accepted it.
        Delivered => "delivered";
        /// The retry schedule has ended.
        Failed => "failed";
        /// The endpoint was disabled, so it was not sent.
        Withheld => "withheld";
    }
}

/// A delivery of one event to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: WebhookDeliveryId,
    pub endpoint_id: WebhookEndpointId,
    /// The current URL of the endpoint.
    pub url: String,
    /// Also the message id, which is the same in every attempt.
    pub event_id: Uuid,
    pub event_type: String,
    /// The object of the event.
    pub subject: Uuid,
    pub state: DeliveryState,
    pub attempts: i64,
    /// When the next attempt is due, while the delivery waits.
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
