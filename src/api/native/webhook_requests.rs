//! From a request's body to what a webhook endpoint is to be.

use crate::{
    api::input::{
        problems::{InputProblem, Problems},
        reader::Reader,
    },
    domain::{
        error::{DomainError, ErrorCode},
        webhooks::{EndpointChange, EndpointInput, event},
    },
};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Reads `POST /v1/webhookEndpoints`. Without `events` it gets all of them, without `payload` all facts.
pub fn endpoint(body: &Value) -> Result<EndpointInput, Problems> {
    let mut reader = Reader::new(body);
    let url = reader.required("url").map(str::to_owned);
    let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let (description, payload) = (optional(reader.text("description")), optional(reader.text("payload")));
    let events = events(&mut reader).unwrap_or_default();
    reader.finish(|| Some(EndpointInput { url: url?, description, events, payload }))
}

/// Reads `PATCH /v1/webhookEndpoints/{id}`: what is not named stays.
pub fn change(body: &Value) -> Result<EndpointChange, Problems> {
    let mut reader = Reader::new(body);
    let change = EndpointChange {
        url: reader.text("url").map(str::to_owned),
        description: reader.text("description").map(str::to_owned),
        events: events(&mut reader),
        payload: reader.text("payload").map(str::to_owned),
        enabled: reader.flag("enabled"),
    };
    reader.finish(|| Some(change))
}

/// Reads `POST /v1/webhookEndpoints/{id}/redeliver`.
pub fn since(body: &Value) -> Result<DateTime<Utc>, Problems> {
    let mut reader = Reader::new(body);
    let since = reader.parsed("since", |text| {
        let message = "It must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.";
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
        time.map_err(|_| DomainError::new(ErrorCode::TextInvalid, message))
    });
    reader.finish(|| since)
}

/// A list of names and patterns. An empty one is refused: it may mean everything or nothing.
fn events(reader: &mut Reader<'_>) -> Option<String> {
    if !reader.has("events") {
        return None;
    }
    let count = reader.count("events");
    if count == 0 {
        let message = "Name at least one event, or leave the list out for all of them.";
        reader.note("events", DomainError::new(ErrorCode::WebhookEventUnknown, message), &Value::Null);
    }
    let mut names = Vec::new();
    for index in 0..count {
        let place = format!("events.{index}");
        match reader.required(&place) {
            Some(name) if name.trim().is_empty() => {
                let error = DomainError::new(ErrorCode::WebhookEventUnknown, "This names no event.");
                reader.note(place, error, &Value::from(name));
            }
            name => names.extend(name),
        }
    }
    Some(names.join(" "))
}

/// What is wrong with an endpoint, at its place in the body: of several events, the one that does not exist.
pub fn located(body: &Value, errors: Vec<DomainError>) -> Problems {
    let unknown = body["events"].as_array().and_then(|names| {
        let is_known = |name: &Value| name.as_str().is_some_and(event::is_known);
        names.iter().position(|name| !is_known(name))
    });
    let place = |error: DomainError| match unknown {
        Some(index) if error.code == ErrorCode::WebhookEventUnknown => {
            InputProblem::at(format!("events.{index}"), error)
        }
        _ => error.into(),
    };
    errors.into_iter().map(place).collect()
}
