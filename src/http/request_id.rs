//! The request id, which is in the response and in the log.

use crate::{
    context::Entropy,
    service::{
        intents::pay_page,
        people::password_reset,
        refunds::{confirmation, receipt},
    },
};
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Request},
};
use std::{fmt, sync::Arc};
use tower_http::request_id::{MakeRequestId, RequestId};
use uuid::Builder;

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Maximum length of a client's id; twice the length of a UUID.
const LENGTH_MAX: usize = 64;

/// Creates the id of a request, a UUID of version 4 as Circle does. An id that the client sent is kept.
#[derive(Clone)]
pub struct MakeId(
    /// The source of the random bytes.
    pub Arc<dyn Entropy>,
);

impl fmt::Debug for MakeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MakeId")
    }
}

impl MakeRequestId for MakeId {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        let mut random = [0; 16];
        self.0.fill(&mut random);
        Builder::from_random_bytes(random).into_uuid().to_string().parse().ok().map(RequestId::new)
    }
}

/// Removes a client's id if the header occurs more than once, or if it is too long or contains other characters than
/// allowed, since it is copied to responses and logs.
pub fn without_invalid_id<B>(mut request: Request<B>) -> Request<B> {
    let mut values = request.headers().get_all(HEADER).iter();
    let is_one = values.next().is_some_and(is_id) && values.next().is_none();
    if !is_one {
        request.headers_mut().remove(HEADER);
    }
    request
}

fn is_id(value: &HeaderValue) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+/=".contains(byte);
    let text = value.as_bytes();
    (1..=LENGTH_MAX).contains(&text.len()) && text.iter().all(allowed)
}

/// The tracing span of a request. It contains the path without the query, which may contain a person's search text. For
/// a confirmation page, whose path contains a secret token, only the part before the token.
pub fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.headers().get(HEADER).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = loggable(request.uri().path()), id)
}

/// The path, without the secret of a customer's link.
fn loggable(path: &str) -> &str {
    [confirmation::PAGE, pay_page::PAGE, password_reset::PAGE, receipt::PAGE]
        .into_iter()
        .find(|page| path.starts_with(page))
        .unwrap_or(path)
}
