//! Circle's notifications: JSON text inside the envelope of Amazon SNS, which Circle sends them through. They
//! are signed differently, since only Amazon has Amazon's key; see `worker/webhooks.rs`.

use super::{IntentObject, RecipientObject, TransferObject};
use crate::{config::Mode, domain::ids::MerchantId};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The content type of SNS, although the body is JSON.
pub const CONTENT_TYPE: &str = "text/plain; charset=UTF-8";
/// The version of the notifications. Version 2 has another envelope.
const VERSION: u8 = 1;

/// The topic of all subscriptions. It is Circle's own name, because Circle's quickstart asks clients to compare the two
/// before they visit the confirmation link. It does not prove the sender; the signature does.
pub const fn topic(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "arn:aws:sns:us-east-1:908968368384:sandbox_platform-notifications-topic",
        Mode::Production => "arn:aws:sns:us-east-1:908968368384:prod_platform-notifications-topic",
    }
}

/// The changed resource, complete and exactly as `GET` returns it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Resource {
    PaymentIntent(Box<IntentObject>),
    /// A payment or a refund, distinguished by its `type`.
    Payment(Box<TransferObject>),
    AddressBookRecipient(Box<RecipientObject>),
}

impl Resource {
    const fn kind(&self) -> &'static str {
        match self {
            Self::PaymentIntent(_) => "paymentIntents",
            Self::Payment(_) => "payments",
            Self::AddressBookRecipient(_) => "addressBookRecipients",
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClientId {
    client_id: MerchantId,
}

/// The JSON text inside the envelope.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    client_id: MerchantId,
    notification_type: &'static str,
    version: u8,
    custom_attributes: ClientId,
    #[serde(flatten)]
    resource: Resource,
}

/// Serializes a notification.
pub fn message(merchant: MerchantId, resource: Resource) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Notification {
        client_id: merchant,
        notification_type: resource.kind(),
        version: VERSION,
        custom_attributes: ClientId { client_id: merchant },
        resource,
    })
}

/// The envelope of a message.
pub struct Envelope<'a> {
    /// The id of the message: the same for every attempt and every subscription.
    pub id: Uuid,
    /// The topic of the subscription.
    pub topic: &'a str,
    /// When the change happened.
    pub at: DateTime<Utc>,
}

impl Envelope<'_> {
    /// Wraps the text of a notification.
    pub fn notification(&self, merchant: MerchantId, message: &str) -> Value {
        let attribute = json!({ "Type": "String", "Value": merchant });
        self.with(json!({ "Type": "Notification", "Message": message, "MessageAttributes": { "clientId": attribute } }))
    }

    /// Creates the message that asks an endpoint to confirm its subscription.
    pub fn confirmation(&self, link: &SubscriptionLink) -> Value {
        let message = format!(
            "You have chosen to subscribe to the topic {}.\nTo confirm the subscription, visit the SubscribeURL included in this \
             message.",
            self.topic
        );
        let link = json!({ "Token": link.token, "SubscribeURL": link.url });
        let mut body = self.with(json!({ "Type": "SubscriptionConfirmation", "Message": message }));
        merge(&mut body, link);
        body
    }

    fn with(&self, members: Value) -> Value {
        let timestamp = self.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let mut body = json!({ "MessageId": self.id, "TopicArn": self.topic, "Timestamp": timestamp });
        merge(&mut body, members);
        body
    }
}

fn merge(body: &mut Value, members: Value) {
    if let (Value::Object(body), Value::Object(members)) = (body, members) {
        body.extend(members);
    }
}

/// The link that an endpoint has to visit to confirm its subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionLink {
    /// A secret that cannot be guessed.
    pub token: String,
    /// The whole URL, including the token.
    pub url: String,
}

impl SubscriptionLink {
    /// Creates a link to this server with the same parameters as Amazon's.
    pub fn new(base: &str, topic: &str, token: String) -> Self {
        let url = format!("{base}{CONFIRMATION_PATH}?Action=ConfirmSubscription&TopicArn={topic}&Token={token}");
        Self { token, url }
    }
}

/// The path of confirmation links.
pub const CONFIRMATION_PATH: &str = "/notifications/confirm";

/// The headers in which SNS repeats parts of the envelope. Receivers use them to dispatch.
pub fn headers(body: &str) -> Vec<(&'static str, String)> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |member: &str| body[member].as_str().unwrap_or_default().to_owned();
    vec![
        ("x-amz-sns-message-type", text("Type")),
        ("x-amz-sns-message-id", text("MessageId")),
        ("x-amz-sns-topic-arn", text("TopicArn")),
    ]
}
