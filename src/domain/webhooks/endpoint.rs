//! Webhook endpoints and requests to change them.

use super::{
    DisabledReason, MessageFormat, allowed_targets::AllowedTargets, event::EventFilter, payload::PayloadStyle,
    signature::SigningSecret, url::EndpointUrl,
};
use crate::domain::{
    error::{DomainError, ErrorCode, Field},
    ids::{MerchantId, WebhookEndpointId},
    names::Named,
    text::{self, Lines},
};
use chrono::{DateTime, Duration, Utc};

/// Maximum number of endpoints of a merchant. Every event is sent to all of them, so the number must be bounded.
pub const ENDPOINTS_MAX: usize = 20;
/// How long the old secret stays valid after a rotation.
pub const ROTATION: Duration = Duration::hours(24);
const DESCRIPTION_MAX: usize = 200;

/// An endpoint as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct EndpointInput {
    pub url: String,
    pub description: String,
    /// Names of events, or patterns, separated by spaces; empty means all events.
    pub events: String,
    /// `full` or `thin`; empty means full.
    pub payload: String,
}

/// Where events are sent, which ones, and with what content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedEndpoint {
    pub url: EndpointUrl,
    pub description: String,
    pub events: EventFilter,
    pub payload: PayloadStyle,
}

impl EndpointInput {
    /// The current terms of an endpoint.
    pub fn of(endpoint: &Endpoint) -> Self {
        Self {
            url: endpoint.url.clone(),
            description: endpoint.description.clone(),
            events: endpoint.events.to_string(),
            payload: endpoint.payload.as_str().to_owned(),
        }
    }

    /// Parses the input and returns every error in it.
    pub fn parse(&self, allowed_targets: AllowedTargets) -> Result<ParsedEndpoint, Vec<DomainError>> {
        let url = EndpointUrl::parse(&self.url, allowed_targets);
        let description = parse_description(&self.description);
        let events = EventFilter::parse(&self.events);
        let payload = PayloadStyle::parse(&self.payload);
        match (url, description, events, payload) {
            (Ok(url), Ok(description), Ok(events), Ok(payload)) => {
                Ok(ParsedEndpoint { url, description, events, payload })
            }
            (url, description, events, payload) => {
                Err([url.err(), description.err(), events.err(), payload.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// A change of an endpoint as typed; `None` leaves the value unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointChange {
    pub url: Option<String>,
    pub description: Option<String>,
    pub events: Option<String>,
    pub payload: Option<String>,
    pub enabled: Option<bool>,
}

impl From<EndpointInput> for EndpointChange {
    /// Sets everything in the form and leaves `enabled` unchanged.
    fn from(input: EndpointInput) -> Self {
        let EndpointInput { url, description, events, payload } = input;
        Self {
            url: Some(url),
            description: Some(description),
            events: Some(events),
            payload: Some(payload),
            enabled: None,
        }
    }
}

/// A validated change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointPatch {
    url: Option<EndpointUrl>,
    description: Option<String>,
    events: Option<EventFilter>,
    payload: Option<PayloadStyle>,
    enabled: Option<bool>,
}

impl EndpointChange {
    /// Parses the input and returns every error in it.
    pub fn parse(&self, allowed_targets: AllowedTargets) -> Result<EndpointPatch, Vec<DomainError>> {
        let mut errors = Vec::new();
        let patch = EndpointPatch {
            url: read(&self.url, |text| EndpointUrl::parse(text, allowed_targets), &mut errors),
            description: read(&self.description, parse_description, &mut errors),
            events: read(&self.events, EventFilter::parse, &mut errors),
            payload: read(&self.payload, PayloadStyle::parse, &mut errors),
            enabled: self.enabled,
        };
        if errors.is_empty() { Ok(patch) } else { Err(errors) }
    }
}

fn read<T>(
    text: &Option<String>,
    parse: impl FnOnce(&str) -> Result<T, DomainError>,
    errors: &mut Vec<DomainError>,
) -> Option<T> {
    parse(text.as_deref()?).map_err(|error| errors.push(error)).ok()
}

impl EndpointPatch {
    /// Applies the change. Enabling an endpoint or changing its URL resets its failures.
    pub fn apply(&self, mut endpoint: Endpoint, now: DateTime<Utc>) -> Endpoint {
        let moved = self.url.as_ref().is_some_and(|url| url.as_str() != endpoint.url);
        let again = self.enabled == Some(true) && endpoint.disabled.is_some();
        if moved || again {
            (endpoint.failing_since, endpoint.failed_at, endpoint.paused_until) = (None, None, None);
        }
        match self.enabled {
            Some(true) => endpoint.disabled = None,
            Some(false) if endpoint.disabled.is_none() => {
                endpoint.disabled = Some(DisabledState { reason: DisabledReason::Person, at: now });
            }
            Some(false) | None => {}
        }
        Endpoint {
            url: self.url.as_ref().map_or(endpoint.url, |url| url.as_str().to_owned()),
            description: self.description.clone().unwrap_or(endpoint.description),
            events: self.events.clone().unwrap_or(endpoint.events),
            payload: self.payload.unwrap_or(endpoint.payload),
            ..endpoint
        }
    }
}

fn parse_description(text: &str) -> Result<String, DomainError> {
    let description = text::parse(text, Lines::One, DESCRIPTION_MAX);
    Ok(description.map_err(|error| DomainError::from(error).on(Field::Description))?.unwrap_or_default())
}

/// Why and since when an endpoint is disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisabledState {
    pub reason: DisabledReason,
    pub at: DateTime<Utc>,
}

/// Where a merchant's events are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub id: WebhookEndpointId,
    pub merchant_id: MerchantId,
    /// Checked when it is set, and again at each connection.
    pub url: String,
    pub description: String,
    /// The format of messages.
    pub format: MessageFormat,
    pub events: EventFilter,
    pub payload: PayloadStyle,
    /// Signs the messages.
    pub secret: SigningSecret,
    /// The previous secret, and until when messages are also signed with it.
    pub previous_secret: Option<(SigningSecret, DateTime<Utc>)>,
    pub created_at: DateTime<Utc>,
    /// When a user last changed it.
    pub updated_at: DateTime<Utc>,
    /// Since when every attempt has failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// The last failure since the last success.
    pub failed_at: Option<DateTime<Utc>>,
    /// The endpoint asked to receive nothing until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// Set while the endpoint is disabled.
    pub disabled: Option<DisabledState>,
}

impl Endpoint {
    /// The secrets that are valid at the given time, the current one first.
    pub fn secrets(&self, now: DateTime<Utc>) -> Vec<&SigningSecret> {
        let previous = self.previous_secret.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret);
        std::iter::once(&self.secret).chain(previous).collect()
    }

    /// Whether events do not arrive there although the merchant wants them to: Requite disabled it, or every attempt since
    /// some time has failed.
    pub fn is_broken(&self) -> bool {
        match self.disabled {
            Some(disabled) => disabled.reason != DisabledReason::Person,
            None => self.failing_since.is_some(),
        }
    }

    /// Rejects an action that needs an enabled endpoint.
    pub fn require_enabled(&self) -> Result<(), DomainError> {
        if self.disabled.is_none() {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::WebhookDisabled, "error-endpoint-disabled"))
    }
}
