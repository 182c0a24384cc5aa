//! Webhook endpoints and deliveries in responses of Requite's own surface.

use crate::{
    domain::{
        ids::{WebhookDeliveryId, WebhookEndpointId},
        names::Named,
        webhooks::{Delivery, Endpoint},
    },
    service::webhooks::DeliveryDetail,
    store::webhooks::deliveries::DeliveryAttempt,
    texts::errors::english_text,
    wire::circle::utc,
    wire::schema,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A webhook endpoint. `secret` is only in the responses that create the endpoint or rotate the secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookEndpoint)]
pub struct EndpointResponse {
    #[schema(value_type = Uuid)]
    id: WebhookEndpointId,
    url: String,
    description: String,
    events: Vec<String>,
    #[schema(value_type = schema::PayloadStyle)]
    payload: &'static str,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::DisabledReason)]
    disabled_reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    disabled_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    failing_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    old_secret_valid_until: Option<String>,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
}

impl EndpointResponse {
    /// Renders an endpoint with its secret.
    pub fn with_secret(endpoint: Endpoint) -> Self {
        Self { secret: Some(endpoint.secret.reveal()), ..Self::from(endpoint) }
    }
}

impl From<Endpoint> for EndpointResponse {
    fn from(endpoint: Endpoint) -> Self {
        Self {
            id: endpoint.id,
            events: endpoint.events.patterns().to_vec(),
            payload: endpoint.payload.as_str(),
            enabled: endpoint.disabled.is_none(),
            disabled_reason: endpoint.disabled.map(|disabled| disabled.reason.as_str()),
            disabled_date: endpoint.disabled.map(|disabled| utc(disabled.at)),
            failing_since: endpoint.failing_since.map(utc),
            secret: None,
            old_secret_valid_until: endpoint.previous_secret.map(|(_, until)| utc(until)),
            create_date: utc(endpoint.created_at),
            update_date: utc(endpoint.updated_at),
            url: endpoint.url,
            description: endpoint.description,
        }
    }
}

/// A delivery of an event to an endpoint. `eventId` is the `webhook-id` of the message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookDelivery)]
pub struct DeliveryResponse {
    #[schema(value_type = Uuid)]
    id: WebhookDeliveryId,
    #[schema(value_type = Uuid)]
    webhook_endpoint_id: WebhookEndpointId,
    url: String,
    event_id: Uuid,
    #[schema(value_type = schema::EventType)]
    event_type: String,
    subject_id: Uuid,
    #[schema(value_type = schema::DeliveryState)]
    state: &'static str,
    attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    next_attempt_date: Option<String>,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
}

impl From<Delivery> for DeliveryResponse {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            webhook_endpoint_id: delivery.endpoint_id,
            url: delivery.url,
            event_id: delivery.event_id,
            event_type: delivery.event_type,
            subject_id: delivery.subject,
            state: delivery.state.as_str(),
            attempts: delivery.attempts,
            next_attempt_date: delivery.next_attempt_at.map(utc),
            create_date: utc(delivery.created_at),
            update_date: utc(delivery.updated_at),
        }
    }
}

/// A delivery with its attempts, the newest first. `waitsFor` is an earlier delivery about the same subject, which is
/// sent first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookDeliveryDetail)]
pub struct DeliveryDetailResponse {
    #[serde(flatten)]
    delivery: DeliveryResponse,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Uuid)]
    waits_for: Option<WebhookDeliveryId>,
    attempt_log: Vec<AttemptResponse>,
}

impl From<DeliveryDetail> for DeliveryDetailResponse {
    fn from(detail: DeliveryDetail) -> Self {
        Self {
            delivery: detail.delivery.into(),
            waits_for: detail.ahead,
            attempt_log: detail.attempts.into_iter().map(AttemptResponse::from).collect(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookAttempt)]
struct AttemptResponse {
    number: i64,
    #[schema(format = DateTime)]
    date: String,
    duration_ms: i64,
    request: SentRequest,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    response: Option<ReceivedResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    next_attempt_date: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookRequest)]
struct SentRequest {
    url: String,
    headers: Value,
    body: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookResponse)]
struct ReceivedResponse {
    status: u16,
    headers: Value,
    body: String,
    truncated: bool,
}

impl From<DeliveryAttempt> for AttemptResponse {
    fn from(attempt: DeliveryAttempt) -> Self {
        let record = attempt.record;
        let (headers, body, truncated) = (record.response_headers, record.response_body, record.response_cut);
        Self {
            number: attempt.number,
            date: utc(record.at),
            duration_ms: record.duration.num_milliseconds(),
            request: SentRequest { url: record.url, headers: record.request_headers, body: record.request_body },
            response: record.response_status.map(|status| ReceivedResponse { status, headers, body, truncated }),
            error: record.error.as_ref().map(english_text),
            next_attempt_date: attempt.next_attempt_at.map(utc),
        }
    }
}
