//! What carries callbacks out: an HTTP client that goes nowhere but to the public internet, follows nobody, waits for nobody
//! long, and remembers what came back.

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

/// How long an endpoint has for its whole answer.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// How much of an answer is kept; the rest is not even read.
pub const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where to.
    pub url: String,
    /// Names and values of its headers.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or a form.
    pub body: String,
    /// How long its answer is waited for, if not as long as usual.
    pub deadline: Option<Duration>,
}

/// Why there was no answer, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The address must not be called, so nothing was sent.
    NotAllowed(String),
    /// No connection, or no time left.
    Unanswered(String),
}

impl Unsent {
    /// The sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::NotAllowed(sentence) | Self::Unanswered(sentence) => sentence,
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The value of `Retry-After`.
    pub retry_after: Option<String>,
    /// Every header, as an object of texts.
    pub headers: Json,
    /// At most [`ANSWER_MAX_BYTES`] of it, as text.
    pub body: String,
    /// Whether there was more.
    pub cut: bool,
}

/// Sends messages.
pub struct Sender {
    allowed_targets: AllowedTargets,
    guard: Arc<Guard>,
    timeout: Duration,
    // Made when first used: it reads the certificates of the machine, which most commands never need.
    client: OnceLock<Result<Client, String>>,
}

impl Sender {
    /// What the settings say, or why they cannot be.
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

    /// One that goes so far, asks this for addresses, and is as patient as that.
    pub fn new(allowed_targets: AllowedTargets, lookup: Arc<dyn Lookup>, timeout: Duration) -> Self {
        Self { allowed_targets, guard: Arc::new(Guard::new(allowed_targets, lookup)), timeout, client: OnceLock::new() }
    }

    /// How far it goes.
    pub const fn allowed_targets(&self) -> AllowedTargets {
        self.allowed_targets
    }

    /// Sends a message. An answer with any status is an answer; without one there is a sentence that says why.
    pub async fn send(&self, message: &Message) -> Result<Answer, Unsent> {
        // Settings may have changed since the address was taken. This also looks at addresses that are written as numbers,
        // which nobody looks up, so that the guard would never see them.
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
        // Refused when another part of the program did it already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .redirect(redirect::Policy::none())
            // A proxy would look names up by itself, behind the guard's back.
            .no_proxy()
            .dns_resolver(self.guard.clone())
            // Each message proves anew where it goes.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| format!("no client for callbacks can be made: {error}"))
    }
}

/// Why there is no answer, in words. The innermost cause is the one that helps.
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

/// Reads an answer as far as it is kept. The status has been said by then, so an end in the middle changes nothing.
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

/// Headers as an object of texts; one that comes twice is joined with a comma, as HTTP says it may be.
fn texts(headers: &HeaderMap) -> Json {
    let mut object: Map<String, Json> = Map::new();
    for name in headers.keys() {
        let values: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        object.insert(name.as_str().to_owned(), Json::from(values.join(", ")));
    }
    Json::Object(object)
}
