//! The request bodies for webhook endpoints, and their conversion to commands.

use crate::{
    api::input::{
        member::{JsonMember, bodies},
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
        /// The URL that receives events. In production it must be https.
        url: String,
        /// Your description of the endpoint.
        description: Option<String>,
        /// Names of events, patterns such as `refund.*`, or `*`. The default is all events.
        #[schema(value_type = Option<Vec<String>>, min_items = 1)]
        events: Option<Events>,
        /// How much a message contains. The default is everything.
        #[schema(value_type = Option<schema::PayloadStyle>)]
        payload: Option<String>,
    }

    /// Changes to a webhook endpoint. Omitted members are not changed.
    #[schema(example = json!({ "enabled": false }))]
    WebhookEndpointChange {
        /// The URL that receives events. In production it must be https.
        url: Option<String>,
        /// Your description of the endpoint.
        description: Option<String>,
        /// Names of events, patterns such as `refund.*`, or `*`.
        #[schema(value_type = Option<Vec<String>>, min_items = 1)]
        events: Option<Events>,
        /// How much a message contains.
        #[schema(value_type = Option<schema::PayloadStyle>)]
        payload: Option<String>,
        /// Whether events are sent to the endpoint.
        enabled: Option<bool>,
    }

    /// The start of a redelivery.
    #[schema(example = json!({ "since": "2026-11-23T08:00:00Z" }))]
    RedeliverySince {
        /// Messages created since this time that were not delivered are sent again.
        #[schema(value_type = String, format = DateTime)]
        since: DateTime<Utc>,
    }
}

/// Names and patterns of events, separated by spaces. An empty list is refused, because it could mean all or none.
pub struct Events(pub String);

impl JsonMember for Events {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let count = reader.count(place);
        if count == 0 {
            let message = "Name at least one event, or omit the list for all events.";
            let error = DomainError::plain(ErrorCode::WebhookEventUnknown, message);
            reader.note(place.to_owned(), error, &Value::Null);
        }
        let mut names = Vec::new();
        for index in 0..count {
            let place = format!("{place}.{index}");
            match reader.required(&place) {
                Some(name) if name.trim().is_empty() => {
                    let error = DomainError::plain(ErrorCode::WebhookEventUnknown, "This names no event.");
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

/// Sets the places of errors in the body: an unknown event is reported at its index in the list.
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
