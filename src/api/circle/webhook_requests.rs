//! From a request's body to what a webhook endpoint is to be.

use super::{error::ApiError, reader::Reader};
use crate::domain::{
    refusal::{ErrorCode, Refusal},
    webhook::{EndpointChange, EndpointInput},
};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Reads `POST /v1/webhookEndpoints`. Without `events` it is told of everything, without `payload` all facts.
pub fn endpoint(body: &Value) -> Result<EndpointInput, ApiError> {
    let mut reader = Reader::new(body);
    let url = reader.required("url").map(str::to_owned);
    let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let (description, payload) = (optional(reader.text("description")), optional(reader.text("payload")));
    let events = events(&mut reader).unwrap_or_default();
    reader.finish(url.map(|url| EndpointInput { url, description, events, payload }))
}

/// Reads `POST /v1/notifications/subscriptions`.
pub fn subscription(body: &Value) -> Result<String, ApiError> {
    let mut reader = Reader::new(body);
    let endpoint = reader.required("endpoint").map(str::to_owned);
    reader.finish(endpoint)
}

/// Reads `PATCH /v1/webhookEndpoints/{id}`: what is not named stays.
pub fn change(body: &Value) -> Result<EndpointChange, ApiError> {
    let mut reader = Reader::new(body);
    let change = EndpointChange {
        url: reader.text("url").map(str::to_owned),
        description: reader.text("description").map(str::to_owned),
        events: events(&mut reader),
        payload: reader.text("payload").map(str::to_owned),
        enabled: reader.flag("enabled"),
    };
    reader.finish(Some(change))
}

/// Reads `POST /v1/webhookEndpoints/{id}/redeliver`.
pub fn since(body: &Value) -> Result<DateTime<Utc>, ApiError> {
    let mut reader = Reader::new(body);
    let since = reader.parsed("since", |text| {
        let message = "It must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.";
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
        time.map_err(|_| Refusal::new(ErrorCode::FilterInvalid, message))
    });
    reader.finish(since)
}

/// A list of names and patterns. An empty one is refused: it may mean everything or nothing.
fn events(reader: &mut Reader<'_>) -> Option<String> {
    if !reader.has("events") {
        return None;
    }
    let count = reader.count("events");
    if count == 0 {
        let message = "Name at least one event, or leave the list out for all of them.";
        reader.note(Refusal::new(ErrorCode::WebhookEventUnknown, message).on("events"), &Value::Null);
    }
    let names: Vec<&str> = (0..count).filter_map(|index| reader.required(&format!("events.{index}"))).collect();
    Some(names.join(" "))
}
