//! Circle's notifications (1.10): a JSON text inside of the envelope of Amazon's notification service, through which Circle
//! sends them. Signed they are in another way, since nobody but Amazon has Amazon's key: see `worker/webhooks.rs`.

use super::{IntentObject, RecipientObject, TransferObject};
use crate::{config::Mode, domain::ids::MerchantId};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// What a message is sent as; Amazon does not say that it is JSON.
pub const CONTENT_TYPE: &str = "text/plain; charset=UTF-8";
/// The version of the notifications; the second one has another envelope.
const VERSION: u8 = 1;

/// What subscriptions are to. Clients compare it with Circle's own name before they visit the link, as its quickstart tells
/// them, so it is that name; their check of Amazon's signature is what says who sends it.
pub const fn topic(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "arn:aws:sns:us-east-1:908968368384:sandbox_platform-notifications-topic",
        Mode::Production => "arn:aws:sns:us-east-1:908968368384:prod_platform-notifications-topic",
    }
}

/// What has changed, whole, exactly as `GET` answers it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Resource {
    /// A payment intent.
    PaymentIntent(Box<IntentObject>),
    /// A payment or a refund; its `type` says which.
    Payment(Box<TransferObject>),
    /// An entry of the address book.
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

/// The text inside.
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

/// The text of a notification.
pub fn message(merchant: MerchantId, resource: Resource) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Notification {
        client_id: merchant,
        notification_type: resource.kind(),
        version: VERSION,
        custom_attributes: ClientId { client_id: merchant },
        resource,
    })
}

/// A message in its envelope.
pub struct Envelope<'a> {
    /// Its id: the same on every attempt, and for every subscription.
    pub id: Uuid,
    /// What the subscription is to.
    pub topic: &'a str,
    /// When it happened.
    pub at: DateTime<Utc>,
}

impl Envelope<'_> {
    /// Around the text of a notification.
    pub fn notification(&self, merchant: MerchantId, message: &str) -> Value {
        let attribute = json!({ "Type": "String", "Value": merchant });
        self.with(json!({ "Type": "Notification", "Message": message, "MessageAttributes": { "clientId": attribute } }))
    }

    /// Asks an endpoint to confirm its subscription.
    pub fn confirmation(&self, link: &ConfirmationLink) -> Value {
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

/// What an address has to visit to confirm its subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationLink {
    /// A secret that cannot be guessed.
    pub token: String,
    /// The whole address, with the token in it.
    pub url: String,
}

impl ConfirmationLink {
    /// A link on this server, with the parameters that Amazon's has.
    pub fn new(base: &str, topic: &str, token: String) -> Self {
        let url = format!("{base}{CONFIRMATION_PATH}?Action=ConfirmSubscription&TopicArn={topic}&Token={token}");
        Self { token, url }
    }
}

/// Where the link leads.
pub const CONFIRMATION_PATH: &str = "/notifications/confirm";

/// The headers that Amazon's notification service repeats parts of the envelope in; receivers dispatch on them.
pub fn headers(body: &str) -> Vec<(&'static str, String)> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |member: &str| body[member].as_str().unwrap_or_default().to_owned();
    vec![
        ("x-amz-sns-message-type", text("Type")),
        ("x-amz-sns-message-id", text("MessageId")),
        ("x-amz-sns-topic-arn", text("TopicArn")),
    ]
}
