//! The bodies of requests about webhook endpoints, and from each to what an endpoint is to be.

use crate::{
    api::input::{
        member::{Member, bodies},
        problems::{InputProblem, Problems},
        reader::Reader,
    },
    domain::{
        error::{DomainError, ErrorCode},
        webhooks::{EndpointChange, EndpointInput, event},
    },
    wire::schema,
};
use chrono::{DateTime, Utc};
use serde_json::Value;

bodies! {
    /// A new webhook endpoint.
    #[schema(example = json!({ "url": "https://shop.example/hooks", "events": ["refund.*"] }))]
    NewWebhookEndpoint {
        /// The URL; https outside of the sandbox.
        url: String,
        /// What it is for.
        description: Option<String>,
        /// Names of events, `family.*`, or `*`; all of them when it is left out.
        #[schema(value_type = Option<Vec<String>>, min_items = 1)]
        events: Option<Events>,
        /// How much a message contains; everything when this is left out.
        #[schema(value_type = Option<schema::PayloadStyle>)]
        payload: Option<String>,
    }

    /// The change. Members that are left out stay.
    #[schema(example = json!({ "enabled": false }))]
    WebhookEndpointChange {
        /// Where to.
        url: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// Names of events, `family.*`, or `*`.
        #[schema(value_type = Option<Vec<String>>, min_items = 1)]
        events: Option<Events>,
        /// How much a message contains.
        #[schema(value_type = Option<schema::PayloadStyle>)]
        payload: Option<String>,
        /// Whether messages are sent to it.
        enabled: Option<bool>,
    }

    /// A time.
    #[schema(example = json!({ "since": "2026-11-23T08:00:00Z" }))]
    RedeliverySince {
        /// Messages that were not delivered since this time are sent again.
        #[schema(value_type = String, format = DateTime)]
        since: DateTime<Utc>,
    }
}

/// A list of names and patterns, separated by blanks. An empty one is refused: it may mean everything or nothing.
pub struct Events(pub String);

impl Member for Events {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let count = reader.count(place);
        if count == 0 {
            let message = "Name at least one event, or leave the list out for all of them.";
            let error = DomainError::new(ErrorCode::WebhookEventUnknown, message);
            reader.note(place.to_owned(), error, &Value::Null);
        }
        let mut names = Vec::new();
        for index in 0..count {
            let place = format!("{place}.{index}");
            match reader.required(&place) {
                Some(name) if name.trim().is_empty() => {
                    let error = DomainError::new(ErrorCode::WebhookEventUnknown, "This names no event.");
                    reader.note(place, error, &Value::from(name));
                }
                name => names.extend(name),
            }
        }
        Some(Self(names.join(" ")))
    }
}

/// Reads `POST /v1/webhookEndpoints`.
pub fn endpoint(body: &Value) -> Result<EndpointInput, Problems> {
    let NewWebhookEndpoint { url, description, events, payload } = Reader::new(body).body()?;
    Ok(EndpointInput {
        url,
        description: description.unwrap_or_default(),
        events: events.map(|events| events.0).unwrap_or_default(),
        payload: payload.unwrap_or_default(),
    })
}

/// Reads `PATCH /v1/webhookEndpoints/{id}`.
pub fn change(body: &Value) -> Result<EndpointChange, Problems> {
    let WebhookEndpointChange { url, description, events, payload, enabled } = Reader::new(body).body()?;
    Ok(EndpointChange { url, description, events: events.map(|events| events.0), payload, enabled })
}

/// What is wrong with an endpoint, at its place in the body: of several events, the one that does not exist.
pub fn at_members(body: &Value, errors: Vec<DomainError>) -> Problems {
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
