//! Subscriptions to notifications as Circle's clients read them (1.10).

use crate::{
    domain::{ids::WebhookEndpointId, webhooks::subscription::Subscription},
    wire::schema,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A subscription. There is one entry in its details, where Circle has one for each of two regions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Subscription)]
pub struct SubscriptionShape {
    #[schema(value_type = Uuid)]
    id: WebhookEndpointId,
    endpoint: String,
    #[schema(value_type = Vec<DetailShape>)]
    subscription_details: [DetailShape; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    requite: Option<SubscriptionExtras>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionDetail)]
struct DetailShape {
    /// The name of the subscription.
    url: String,
    #[schema(value_type = schema::SubscriptionStatus)]
    status: &'static str,
}

/// What Circle does not have; told once, when the subscription is new.
#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionExtras)]
struct SubscriptionExtras {
    /// What its messages are signed with, as Standard Webhooks says.
    secret: String,
}

impl SubscriptionShape {
    /// The same with its secret in it.
    pub fn with_secret(subscription: Subscription) -> Self {
        let requite = Some(SubscriptionExtras { secret: subscription.secret.reveal() });
        Self { requite, ..Self::from(subscription) }
    }
}

impl From<Subscription> for SubscriptionShape {
    fn from(subscription: Subscription) -> Self {
        let details = DetailShape { url: subscription.arn(), status: subscription.status().as_str() };
        Self { id: subscription.id, endpoint: subscription.url, subscription_details: [details], requite: None }
    }
}
