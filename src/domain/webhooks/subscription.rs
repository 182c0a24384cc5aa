//! Subscriptions to Circle's notifications: a URL that receives Circle's envelope once it has confirmed the
//! subscription.

use super::{DisabledReason, SubscriptionStatus, signature::SigningSecret};
use crate::domain::ids::WebhookEndpointId;
use chrono::{DateTime, Duration, Utc};

/// Limits on subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubscriptionLimits {
    /// Maximum per merchant, not counting deleted ones.
    pub number: i64,
    /// How long the confirmation link is valid. Unconfirmed subscriptions are deleted after that.
    pub confirmation: Duration,
}

/// Circle's limits in a sandbox.
pub const SANDBOX: SubscriptionLimits = SubscriptionLimits { number: 3, confirmation: Duration::days(30) };
/// Circle's limits in production.
pub const PRODUCTION: SubscriptionLimits = SubscriptionLimits { number: 1, confirmation: Duration::hours(72) };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The id of the endpoint that represents it in the queue.
    pub id: WebhookEndpointId,
    pub url: String,
    /// The topic, in the format of Amazon SNS.
    pub topic: String,
    /// Signs its messages.
    pub secret: SigningSecret,
    /// When its URL confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Why it was deleted, if it was.
    pub given_up: Option<DisabledReason>,
}

impl Subscription {
    pub const fn status(&self) -> SubscriptionStatus {
        match (self.given_up, self.confirmed_at) {
            (Some(_), _) => SubscriptionStatus::Deleted,
            (None, Some(_)) => SubscriptionStatus::Confirmed,
            (None, None) => SubscriptionStatus::Pending,
        }
    }

    /// The subscription's ARN, in the format of Amazon SNS.
    pub fn arn(&self) -> String {
        format!("{}:{}", self.topic, self.id)
    }
}
