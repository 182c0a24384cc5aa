//! Sends callbacks: an HTTP client that connects only to the public internet, follows no redirects, has a timeout, and
//! records the response.

pub mod guard;

use crate::{
    config::{Mode, Settings},
    domain::webhooks::{allowed_targets::AllowedTargets, url::EndpointUrl},
};
use futures::StreamExt;
use guard::{Guard, Lookup, NOT_ALLOWED, SystemLookup};
use reqwest::{Client, Response, header::HeaderMap, redirect};
use serde_json::{Map, Value as Json};
use std::{error::Error as _, sync::Arc, sync::OnceLock, time::Duration};

/// Timeout of a whole request.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// Maximum size read of a response.
pub const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// A callback request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or a form.
    pub body: String,
    /// A timeout other than the default.
    pub deadline: Option<Duration>,
}

/// Why there was no response, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The address is not allowed, so nothing was sent.
    NotAllowed(String),
    /// No connection, or a timeout.
    Unanswered(String),
}

impl Unsent {
    pub fn sentence(self) -> String {
        match self {
            Self::NotAllowed(sentence) | Self::Unanswered(sentence) => sentence,
        }
    }
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// The value of `Retry-After`.
    pub retry_after: Option<String>,
    /// Every header, as an object of strings.
    pub headers: Json,
    /// At most [`ANSWER_MAX_BYTES`].
    pub body: String,
    /// Whether the body was longer.
    pub cut: bool,
}

/// An HTTP client for callbacks.
pub struct Sender {
    allowed_targets: AllowedTargets,
    guard: Arc<Guard>,
    timeout: Duration,
    // Created on first use, because it loads the system's certificates, which most commands do not need.
    client: OnceLock<Result<Client, String>>,
}

impl Sender {
    /// Creates the client from the settings; fails if they contradict each other.
    pub fn of(settings: &Settings) -> Result<Self, String> {
        let allowed_targets = match (settings.webhook_allow_loopback, settings.mode) {
            (false, _) => AllowedTargets::Public,
            (true, Mode::Sandbox) => AllowedTargets::PublicAndLoopback,
            (true, Mode::Production) => {
                return Err("callbacks to this machine are for sandboxes; a production server refuses them \
                     (REQUITE_WEBHOOK_ALLOW_LOOPBACK)"
                    .to_owned());
            }
        };
        Ok(Self::new(allowed_targets, Arc::new(SystemLookup), TIMEOUT))
    }

    /// Creates a client with these targets, resolver and timeout.
    pub fn new(allowed_targets: AllowedTargets, lookup: Arc<dyn Lookup>, timeout: Duration) -> Self {
        Self { allowed_targets, guard: Arc::new(Guard::new(allowed_targets, lookup)), timeout, client: OnceLock::new() }
    }

    pub const fn allowed_targets(&self) -> AllowedTargets {
        self.allowed_targets
    }

    /// Sends a message. A response with any status is `Ok`; the error is a sentence that says why there is none.
    pub async fn send(&self, message: &Message) -> Result<Answer, Unsent> {
        // The settings may have changed since the URL was stored. This check also covers IP addresses in URLs, which
        // are not resolved, so the guard would never see them.
        let url = EndpointUrl::parse(&message.url, self.allowed_targets)
            .map_err(|error| Unsent::NotAllowed(error.to_string()))?;
        let client = self.client.get_or_init(|| self.build()).as_ref();
        let client = client.map_err(|error| Unsent::Unanswered(error.clone()))?;
        let deadline = message.deadline.unwrap_or(self.timeout);
        let mut request = client.post(url.as_str()).body(message.body.clone()).timeout(deadline);
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.map_err(|error| explain(&error, deadline))?;
        Ok(read(response).await)
    }

    fn build(&self) -> Result<Client, String> {
        // Fails if another part of the program has already installed it, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .redirect(redirect::Policy::none())
            // A proxy would resolve host names itself and bypass the guard.
            .no_proxy()
            .dns_resolver(self.guard.clone())
            // Without connection reuse, every message is checked by the guard.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| format!("no client for callbacks can be made: {error}"))
    }
}

/// Describes an error by its innermost cause, which is the most specific.
fn explain(error: &reqwest::Error, deadline: Duration) -> Unsent {
    if error.is_timeout() {
        return Unsent::Unanswered(format!("There was no answer within {} s.", deadline.as_secs()));
    }
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(|cause| cause.source()) {
        cause = Some(inner);
    }
    let cause = cause.map_or_else(|| "unknown cause".to_owned(), ToString::to_string);
    match cause.as_str() {
        NOT_ALLOWED => Unsent::NotAllowed(format!("No connection: {cause}")),
        _ if error.is_connect() => Unsent::Unanswered(format!("No connection: {cause}")),
        _ => Unsent::Unanswered(format!("The connection broke: {cause}")),
    }
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sender").field("reach", &self.allowed_targets).finish_non_exhaustive()
    }
}

/// Reads the response up to the maximum size. The status has already arrived, so an interrupted body is not an error.
async fn read(response: Response) -> Answer {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let headers = texts(response.headers());
    let mut body = Vec::new();
    let mut cut = false;
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else {
            cut = true;
            break;
        };
        let room = ANSWER_MAX_BYTES.saturating_sub(body.len());
        body.extend(chunk.iter().take(room));
        if chunk.len() > room {
            cut = true;
            break;
        }
    }
    Answer { status, retry_after, headers, body: String::from_utf8_lossy(&body).into_owned(), cut }
}

/// Headers as an object of strings; repeated headers are joined with a comma, as HTTP allows.
fn texts(headers: &HeaderMap) -> Json {
    let mut object: Map<String, Json> = Map::new();
    for name in headers.keys() {
        let values: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        object.insert(name.as_str().to_owned(), Json::from(values.join(", ")));
    }
    Json::Object(object)
}
