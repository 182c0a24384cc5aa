//! Sends webhooks: an HTTP client that connects only to the public internet, follows no redirects, has a timeout, and
//! records the response.

pub mod guard;

use crate::{
    config::{Mode, Settings},
    domain::{
        error::{DomainError, ErrorText},
        webhooks::{allowed_targets::AllowedTargets, url::EndpointUrl},
    },
    error::causes,
    texts::errors::english_text,
};
use futures::StreamExt;
use guard::{NotPublic, PublicResolver, Resolver, SystemLookup};
use reqwest::{Client, Response, header::HeaderMap, redirect};
use serde_json::{Map, Value as Json};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// Timeout of a whole request.
pub const TIMEOUT: Duration = Duration::from_secs(15);
/// Maximum size read of a response.
pub const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// The request of a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or a form.
    pub body: String,
    /// A timeout other than the default.
    pub deadline: Option<Duration>,
}

/// Why there was no response, as a sentence for the merchant. It never contains the URL, which may contain a secret.
#[derive(Debug)]
pub enum SendError {
    /// The URL is not allowed, so nothing was sent.
    NotAllowed(DomainError),
    /// The host name resolves to an address that is not allowed, so nothing was sent.
    NotPublic(NotPublic),
    TimedOut(Duration),
    NoConnection(reqwest::Error),
    Broken(reqwest::Error),
    /// The HTTP client cannot be created, so no message can be sent.
    NoClient(Arc<reqwest::Error>),
}

impl SendError {
    /// The sentence in every language.
    pub fn text(&self) -> ErrorText {
        match self {
            Self::NotAllowed(error) => error.message.clone(),
            Self::NotPublic(_) => ErrorText::new("webhooks-error-not-public"),
            Self::TimedOut(deadline) => {
                ErrorText::new("webhooks-error-timed-out").with("seconds", deadline.as_secs().to_string())
            }
            Self::NoConnection(error) => ErrorText::new("webhooks-error-no-connection").with("cause", innermost(error)),
            Self::Broken(error) => ErrorText::new("webhooks-error-broken").with("cause", innermost(error)),
            Self::NoClient(error) => ErrorText::new("webhooks-error-no-client").with("cause", error.to_string()),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&english_text(&self.text()))
    }
}

impl std::error::Error for SendError {}

/// The innermost cause of an error, which is the most specific.
fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| "unknown cause".to_owned(), ToString::to_string)
}

/// A production server is configured to allow webhooks to loopback addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "webhooks to this machine are for sandboxes; a production server refuses them (REQUITE_WEBHOOK_ALLOW_LOOPBACK)"
)]
pub struct LoopbackInProduction;

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse {
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

/// An HTTP client for webhooks.
pub struct Sender {
    allowed_targets: AllowedTargets,
    guard: Arc<PublicResolver>,
    timeout: Duration,
    // Created on first use, because it loads the system's certificates, which most commands do not need.
    client: OnceLock<Result<Client, Arc<reqwest::Error>>>,
}

impl Sender {
    /// Creates the client from the settings; fails if they contradict each other.
    pub fn of(settings: &Settings) -> Result<Self, LoopbackInProduction> {
        let allowed_targets = match (settings.webhook_allow_loopback, settings.mode) {
            (false, _) => AllowedTargets::public(),
            (true, Mode::Sandbox) => AllowedTargets::public_and_loopback(),
            (true, Mode::Production) => return Err(LoopbackInProduction),
        };
        let allowed_targets = allowed_targets.with_ports(&settings.callback_ports);
        Ok(Self::new(allowed_targets, Arc::new(SystemLookup), TIMEOUT))
    }

    /// Creates a client with these targets, resolver and timeout.
    pub fn new(allowed_targets: AllowedTargets, lookup: Arc<dyn Resolver>, timeout: Duration) -> Self {
        Self {
            allowed_targets,
            guard: Arc::new(PublicResolver::new(allowed_targets, lookup)),
            timeout,
            client: OnceLock::new(),
        }
    }

    pub const fn allowed_targets(&self) -> AllowedTargets {
        self.allowed_targets
    }

    /// Sends a message. A response with any status is `Ok`; the error says why there is none.
    pub async fn send(&self, message: &Message) -> Result<HttpResponse, SendError> {
        // The settings may have changed since the URL was stored. This check also covers IP addresses in URLs, which
        // are not resolved, so the guard would never see them.
        let url = EndpointUrl::parse(&message.url, self.allowed_targets).map_err(SendError::NotAllowed)?;
        let client = self.client.get_or_init(|| self.build().map_err(Arc::new)).as_ref();
        let client = client.map_err(|error| SendError::NoClient(error.clone()))?;
        let deadline = message.deadline.unwrap_or(self.timeout);
        let mut request = client.post(url.as_str()).body(message.body.clone()).timeout(deadline);
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.map_err(|error| explain(error.without_url(), deadline))?;
        Ok(read(response).await)
    }

    fn build(&self) -> Result<Client, reqwest::Error> {
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
    }
}

fn explain(error: reqwest::Error, deadline: Duration) -> SendError {
    if error.is_timeout() {
        return SendError::TimedOut(deadline);
    }
    let not_public = causes(&error).find_map(|cause| cause.downcast_ref::<NotPublic>()).copied();
    match not_public {
        Some(not_public) => SendError::NotPublic(not_public),
        None if error.is_connect() => SendError::NoConnection(error),
        None => SendError::Broken(error),
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("reach", &self.allowed_targets).finish_non_exhaustive()
    }
}

/// Reads the response up to the maximum size. The status has already arrived, so an interrupted body is not an error.
async fn read(response: Response) -> HttpResponse {
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
    HttpResponse { status, retry_after, headers, body: String::from_utf8_lossy(&body).into_owned(), cut }
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
