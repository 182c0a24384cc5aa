//! The messages that this server sends, as the document's `webhooks`. The functions and types here are only for the
//! document, since these messages are made of events' facts and of other responses, not of one struct; tests compare them
//! with the messages.

use crate::wire::{
    coingate::callback_content::{OrderCallback, RefundCallback},
    schema,
};
use utoipa::{
    ToSchema,
    openapi::{
        OpenApi,
        path::{Paths, PathsBuilder},
        schema::{
            AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
        },
    },
};
use uuid::Uuid;

/// Adds the messages with their schemas.
pub fn add(openapi: &mut OpenApi) {
    let mut webhooks = Paths::new();
    webhooks.merge(PathsBuilder::new().path_from::<__path_event>().build());
    webhooks.merge(PathsBuilder::new().path_from::<__path_circle_notification>().build());
    webhooks.merge(PathsBuilder::new().path_from::<__path_order_callback>().build());
    webhooks.merge(PathsBuilder::new().path_from::<__path_refund_callback>().build());
    for item in webhooks.paths.values_mut() {
        if let Some(operation) = &mut item.post {
            // The receiver verifies the signature; it gets no key.
            operation.security = Some(Vec::new());
        }
    }
    openapi.webhooks = Some(webhooks);
}

/// A message about an event.
#[derive(ToSchema)]
#[schema(example = json!({
    "type": "refund.completed",
    "timestamp": "2026-01-31T12:00:00.000000Z",
    "data": {
        "id": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e40",
        "refundId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e40",
        "paymentIntentId": "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
        "statusBefore": "processing",
        "status": "completed",
        "amount": "40.00",
        "currency": "USD",
        "send": "40.00",
        "coin": "USD",
        "networkFee": "0.02",
        "networkFeeDate": "2026-01-31T11:59:30.000000Z",
        "total": "40.02",
        "network": "BASE",
        "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
        "transactionHash": "0x9fc76417374aa880d4449a1f7f31ec597f00b1f6f3dd2d66f4c9c6c445836d8b",
    },
}))]
pub struct WebhookMessage {
    pub r#type: schema::EventType,
    /// When it happened.
    #[schema(format = DateTime)]
    pub timestamp: String,
    #[schema(schema_with = data)]
    pub data: Uuid,
}

/// Members of events about refunds, payments and payment intents that are always texts.
const TEXTS: [&str; 21] = [
    "status",
    "currency",
    "network",
    "address",
    "value",
    "valueCurrency",
    "send",
    "coin",
    "feePayer",
    "funding",
    "networkFee",
    "total",
    "depositAddress",
    "settlement",
    "settlementCurrency",
    "fee",
    "type",
    "paid",
    "refunded",
    "inFlight",
    "left",
];

/// Members that are texts if they are known or apply: a continuous payment intent has no amount.
const KNOWN_TEXTS: [&str; 17] = [
    "amount",
    "statusBefore",
    "detail",
    "heldReason",
    "nextStep",
    "memo",
    "overrideReason",
    "networkFeeDate",
    "heldUntil",
    "confirmUntil",
    "rejectionType",
    "fromAddress",
    "transactionHash",
    "unsupported",
    "unsupportedDetail",
    "context",
    "reason",
];

/// The members that every event has, and those of the events that programs use most. The others depend on the event.
fn data() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let known = |kind: Type| ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]));
    let id = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let description = "The ID of the object, and what is known about it. A thin message contains only IDs.";
    let ids =
        ["id", "refundId", "paymentIntentId", "paymentId", "webhookEndpointId", "quoteId"].map(|name| (name, id()));
    let members = ids
        .into_iter()
        .chain(TEXTS.map(|name| (name, text())))
        .chain(KNOWN_TEXTS.map(|name| (name, known(Type::String))))
        .chain([
            ("orderNumber", known(Type::Integer)),
            ("position", known(Type::Integer)),
            ("blockHeight", known(Type::Integer)),
            ("confirmations", known(Type::Integer)),
            ("final", known(Type::Boolean)),
        ]);
    let schema = ObjectBuilder::new().description(Some(description));
    members
        .fold(schema, |schema, (name, member)| schema.property(name, member))
        .property("overrides", ArrayBuilder::new().items(text()))
        .property("metadata", schema::metadata())
        .required("id")
        .additional_properties(Some(AdditionalProperties::FreeForm(true)))
        .into()
}

/// Tells an endpoint about an event.
///
/// It is sent to the endpoints of `POST /v1/webhookEndpoints` that receive this type of event. Compute HMAC-SHA256 over
/// `{webhook-id}.{webhook-timestamp}.{body}` with the endpoint's secret, and compare it with the signature (Standard Webhooks
/// 1.0.0).
#[utoipa::path(
    post,
    path = "event",
    operation_id = "receiveEvent",
    tag = "Webhooks",
    params(
        ("webhook-id" = String, Header, description = "The same in every attempt, so that repeated messages can be ignored."),
        ("webhook-timestamp" = i64, Header, description = "The time of this attempt, in seconds since 1970."),
        ("webhook-signature" = String, Header, description = "Signatures `v1,<base64>`, separated by spaces; one must be right."),
    ),
    request_body = WebhookMessage,
    responses(
        (status = "2XX", description = "Received. After any other status it is sent again."),
        (status = 410, description = "The endpoint is gone; it is disabled."),
    ),
)]
pub fn event() {}

/// An envelope as Amazon SNS sends it. `Message` is a notification as JSON text, or a sentence.
#[derive(ToSchema)]
#[schema(rename_all = "PascalCase")]
pub struct CircleEnvelope {
    #[schema(schema_with = envelope_types)]
    pub r#type: String,
    pub message_id: Uuid,
    pub topic_arn: String,
    /// In a notification: JSON with `clientId`, `notificationType`, `version`, and the changed resource as `paymentIntent`,
    /// `payment` or `addressBookRecipient`.
    pub message: String,
    #[schema(format = DateTime)]
    pub timestamp: String,
    /// Only when a subscription must be confirmed.
    #[schema(nullable = false)]
    pub token: Option<String>,
    /// The URL to request, which confirms the subscription.
    #[schema(rename = "SubscribeURL", nullable = false)]
    pub subscribe_url: Option<String>,
    #[schema(schema_with = attributes, required = false)]
    pub message_attributes: String,
}

fn envelope_types() -> Schema {
    schema::exactly(["Notification", "SubscriptionConfirmation"]).into()
}

/// `clientId` is the id of the merchant.
fn attributes() -> Schema {
    let client = ObjectBuilder::new()
        .property("Type", schema::exactly(["String"]))
        .property("Value", ObjectBuilder::new().schema_type(Type::String))
        .required("Type")
        .required("Value");
    ObjectBuilder::new().property("clientId", client).required("clientId").into()
}

/// Tells a subscriber of Circle's notifications about a change.
///
/// It is sent to the subscriptions of `POST /v1/notifications/subscriptions`, with the headers of Standard Webhooks in place
/// of Amazon's signature.
#[utoipa::path(
    post,
    path = "circleNotification",
    operation_id = "receiveCircleNotification",
    tag = "Notifications",
    params(
        ("x-amz-sns-message-type" = String, Header, description = "The member `Type` of the body."),
        ("webhook-id" = String, Header, description = "The same in every attempt, so that repeated messages can be ignored."),
        ("webhook-timestamp" = i64, Header, description = "The time of this attempt, in seconds since 1970."),
        ("webhook-signature" = String, Header, description = "Signatures `v1,<base64>`, separated by spaces; one must be right."),
    ),
    request_body(content = CircleEnvelope, content_type = "text/plain"),
    responses(
        (status = "2XX", description = "Received. After any other status it is sent again."),
        (status = 410, description = "The subscription ends."),
    ),
)]
pub fn circle_notification() {}

/// Tells the `callback_url` of an order about its change.
///
/// The body is a form or JSON.
#[utoipa::path(
    post,
    path = "orderCallback",
    operation_id = "receiveOrderCallback",
    tag = "Callbacks",
    request_body(content((OrderCallback = "application/x-www-form-urlencoded"), (OrderCallback = "application/json"))),
    responses((status = "2XX", description = "Received. After any other status it is sent again.")),
)]
pub fn order_callback() {}

/// Tells the `callback_url` of a refund about its change.
///
/// The body is a form or JSON.
#[utoipa::path(
    post,
    path = "refundCallback",
    operation_id = "receiveRefundCallback",
    tag = "Callbacks",
    request_body(content((RefundCallback = "application/x-www-form-urlencoded"), (RefundCallback = "application/json"))),
    responses((status = "2XX", description = "Received. After any other status it is sent again.")),
)]
pub fn refund_callback() {}
