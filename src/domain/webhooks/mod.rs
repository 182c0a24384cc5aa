//! Callbacks: where a merchant is told of events, what it is told, how it can trust it, and how patiently it is tried.
//!
//! They follow Standard Webhooks 1.0.0, CoinGate's documents ([`crate::wire::coingate`]) where an order or a refund names its
//! own address, or Circle's where somebody subscribed to its notifications.

pub mod allowed_targets;
pub mod endpoint;
pub mod event;
pub mod payload;
pub mod schedule;
pub mod signature;
pub mod subscription;
pub mod url;

pub use endpoint::{
    Disabled, ENDPOINTS_MAX, Endpoint, EndpointChange, EndpointInput, EndpointPatch, EndpointTerms, ROTATION,
};

use super::ids::{WebhookDeliveryId, WebhookEndpointId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident => $name:literal, $title:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$variant_doc])* $variant,)* }

        impl $type {
            /// Every one of them.
            pub const ALL: &'static [$type] = &[$(Self::$variant),*];

            /// The name in the database and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What a person reads.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}

names! {
    /// Why nothing is sent to an endpoint.
    DisabledReason {
        /// A person or a program of the merchant's decided so.
        Person => "person", "it was disabled by your team";
        /// It answered 410: it wants no more.
        Gone => "gone", "it answered 410 Gone";
        /// Every attempt of five days failed.
        Failing => "failing", "every attempt of the last five days failed";
    }
}

names! {
    /// What messages to an endpoint look like, and how patiently they are tried.
    EndpointForm {
        /// Standard Webhooks: the endpoints that a merchant makes.
        Standard => "standard", "Standard Webhooks";
        /// CoinGate's callbacks of refunds, to the address that each refund names.
        CoinGateRefund => "coingate_refund", "CoinGate's refund callbacks";
        /// CoinGate's callbacks of orders, to the address that each order names.
        CoinGateOrder => "coingate_order", "CoinGate's order callbacks";
        /// Circle's notifications, to those who subscribed to them.
        Circle => "circle", "Circle's notifications";
    }
}

impl EndpointForm {
    /// Whether it is in CoinGate's form: each message is about a state of its own, so none waits for another; it ends by itself,
    /// so that what is called is never given up; and nothing is signed.
    pub const fn is_coingate(self) -> bool {
        matches!(self, Self::CoinGateRefund | Self::CoinGateOrder)
    }
}

names! {
    /// How far a subscription to notifications is, in Circle's words.
    SubscriptionStatus {
        /// Its address has not visited the link yet.
        Pending => "pending", "waiting for its address to confirm it";
        /// It is told of what happens.
        Confirmed => "confirmed", "confirmed";
        /// Its address wanted no more, or has not answered for days.
        Deleted => "deleted", "given up";
    }
}

names! {
    /// How far a delivery is.
    DeliveryState {
        /// It will be tried, again or for the first time.
        Waiting => "waiting", "waiting";
        /// The endpoint took it.
        Delivered => "delivered", "delivered";
        /// It was tried as often as the schedule says, and is given up.
        Failed => "failed", "failed";
        /// The endpoint was disabled, so it was not sent.
        Withheld => "withheld", "not sent";
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: WebhookDeliveryId,
    /// Where to.
    pub endpoint_id: WebhookEndpointId,
    /// The address of the endpoint as it is now.
    pub url: String,
    /// What is told. Its id is the message's: the same on every attempt.
    pub event_id: Uuid,
    /// The kind of event.
    pub event_type: String,
    /// What the event is about.
    pub subject: Uuid,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, if it waits.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When the event happened.
    pub created_at: DateTime<Utc>,
    /// When it last got on.
    pub updated_at: DateTime<Utc>,
}
