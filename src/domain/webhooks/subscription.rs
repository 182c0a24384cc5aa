//! Subscriptions to Circle's notifications (1.10): an address that is told in Circle's envelope, once it has confirmed that it
//! wants to be.

use super::{DisabledReason, SubscriptionStatus, signature::Secret};
use crate::domain::ids::WebhookEndpointId;
use chrono::{DateTime, Duration, Utc};

/// How many subscriptions there may be, and how long their addresses have to confirm them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscriptionLimits {
    /// The most that a merchant may have, not counting those that were given up.
    pub number: i64,
    /// How long the link works. What is not confirmed by then is forgotten.
    pub confirmation: Duration,
}

/// Circle's limits of a sandbox.
pub const SANDBOX: SubscriptionLimits = SubscriptionLimits { number: 3, confirmation: Duration::days(30) };
/// Circle's limits where money is real.
pub const PRODUCTION: SubscriptionLimits = SubscriptionLimits { number: 1, confirmation: Duration::hours(72) };

/// A subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id, which is that of the endpoint that stands for it in the queue.
    pub id: WebhookEndpointId,
    /// Where to.
    pub url: String,
    /// To what, as Amazon's notification service would name it.
    pub topic: String,
    /// What its messages are signed with.
    pub secret: Secret,
    /// When its address confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Why it was given up, if it was.
    pub given_up: Option<DisabledReason>,
}

impl Subscription {
    /// How far it is.
    pub const fn status(&self) -> SubscriptionStatus {
        match (self.given_up, self.confirmed_at) {
            (Some(_), _) => SubscriptionStatus::Deleted,
            (None, Some(_)) => SubscriptionStatus::Confirmed,
            (None, None) => SubscriptionStatus::Pending,
        }
    }

    /// Its name, as Amazon's notification service would name it.
    pub fn arn(&self) -> String {
        format!("{}:{}", self.topic, self.id)
    }
}
