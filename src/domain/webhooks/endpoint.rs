//! An endpoint: what a merchant asks for, and what it is.

use super::{
    DisabledReason, EndpointForm, allowed_targets::AllowedTargets, event::EventFilter, payload::PayloadStyle,
    signature::Secret, url::EndpointUrl,
};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::{MerchantId, WebhookEndpointId},
};
use chrono::{DateTime, Duration, Utc};

/// The most endpoints of one merchant. Each change is told to all of them, so the number cannot be without bounds.
pub const ENDPOINTS_MAX: usize = 20;
/// How long the old secret stays valid beside a new one.
pub const ROTATION: Duration = Duration::hours(24);
const DESCRIPTION_MAX: usize = 200;

/// What somebody wants an endpoint to be, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct EndpointInput {
    /// Where to.
    pub url: String,
    /// What it is for, in the merchant's own words.
    pub description: String,
    /// Names of events, or patterns, with spaces between; all events when it is empty.
    pub events: String,
    /// `full` or `thin`; full when it is empty.
    pub payload: String,
}

/// What an endpoint is told and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointTerms {
    /// Where to.
    pub url: EndpointUrl,
    /// What it is for, in the merchant's own words.
    pub description: String,
    /// Of what.
    pub events: EventFilter,
    /// How much.
    pub payload: PayloadStyle,
}

impl EndpointInput {
    /// An endpoint as it is, to be changed.
    pub fn of(endpoint: &Endpoint) -> Self {
        Self {
            url: endpoint.url.clone(),
            description: endpoint.description.clone(),
            events: endpoint.events.to_string(),
            payload: endpoint.payload.as_str().to_owned(),
        }
    }

    /// Reads what was typed. Answers everything that is wrong with it.
    pub fn parse(&self, allowed_targets: AllowedTargets) -> Result<EndpointTerms, Vec<DomainError>> {
        let url = EndpointUrl::parse(&self.url, allowed_targets);
        let description = parse_description(&self.description);
        let events = EventFilter::parse(&self.events);
        let payload = PayloadStyle::parse(&self.payload);
        match (url, description, events, payload) {
            (Ok(url), Ok(description), Ok(events), Ok(payload)) => {
                Ok(EndpointTerms { url, description, events, payload })
            }
            (url, description, events, payload) => {
                Err([url.err(), description.err(), events.err(), payload.err()].into_iter().flatten().collect())
            }
        }
    }
}

/// What somebody wants to change about an endpoint, as it was typed; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointChange {
    /// Where to.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Of what.
    pub events: Option<String>,
    /// How much.
    pub payload: Option<String>,
    /// Whether anything is sent there.
    pub enabled: Option<bool>,
}

impl From<EndpointInput> for EndpointChange {
    /// Everything as in a form; enabled or not as it is.
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

/// A change that can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointPatch {
    url: Option<EndpointUrl>,
    description: Option<String>,
    events: Option<EventFilter>,
    payload: Option<PayloadStyle>,
    enabled: Option<bool>,
}

impl EndpointChange {
    /// Reads what was typed. Answers everything that is wrong with it.
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
    /// The endpoint with the change. One that is enabled again, or moved elsewhere, has not failed yet.
    pub fn apply(&self, mut endpoint: Endpoint, now: DateTime<Utc>) -> Endpoint {
        let moved = self.url.as_ref().is_some_and(|url| url.as_str() != endpoint.url);
        let again = self.enabled == Some(true) && endpoint.disabled.is_some();
        if moved || again {
            (endpoint.failing_since, endpoint.failed_at, endpoint.paused_until) = (None, None, None);
        }
        match self.enabled {
            Some(true) => endpoint.disabled = None,
            Some(false) if endpoint.disabled.is_none() => {
                endpoint.disabled = Some(Disabled { reason: DisabledReason::Person, at: now });
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
    let text = text.trim();
    if text.chars().count() > DESCRIPTION_MAX || text.chars().any(char::is_control) {
        let message = format!("The description is one line of at most {DESCRIPTION_MAX} characters.");
        return Err(DomainError::new(ErrorCode::TextInvalid, message).on("description"));
    }
    Ok(text.to_owned())
}

/// Why and since when nothing is sent to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disabled {
    /// Why.
    pub reason: DisabledReason,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Where a merchant is told of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// Where to. Checked when it was set, and again at each connection.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// What messages look like.
    pub form: EndpointForm,
    /// Of what it is told.
    pub events: EventFilter,
    /// How much it is told.
    pub payload: PayloadStyle,
    /// What messages are signed with.
    pub secret: Secret,
    /// The secret before, and until when messages are signed with it too.
    pub previous_secret: Option<(Secret, DateTime<Utc>)>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed by somebody.
    pub updated_at: DateTime<Utc>,
    /// Since when every attempt has failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// When one last failed, since the last that did not.
    pub failed_at: Option<DateTime<Utc>>,
    /// It asked to be left alone until then.
    pub paused_until: Option<DateTime<Utc>>,
    /// Why nothing is sent to it.
    pub disabled: Option<Disabled>,
}

impl Endpoint {
    /// The secrets that are valid at a time, the current one first.
    pub fn secrets(&self, now: DateTime<Utc>) -> Vec<&Secret> {
        let previous = self.previous_secret.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret);
        std::iter::once(&self.secret).chain(previous).collect()
    }

    /// Whether Requite had to disable it, so that somebody should look.
    pub fn is_broken(&self) -> bool {
        self.disabled.is_some_and(|disabled| disabled.reason != DisabledReason::Person)
    }

    /// Refuses what only an endpoint that is enabled can do.
    pub fn require_enabled(&self) -> Result<(), DomainError> {
        if self.disabled.is_none() {
            return Ok(());
        }
        Err(DomainError::new(ErrorCode::WebhookDisabled, "This endpoint is disabled, so nothing is sent to it."))
    }
}
