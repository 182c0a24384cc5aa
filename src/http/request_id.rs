//! The id that ties an answer, a log line and a complaint together.

use crate::service::confirmation;
use axum::{body::Body, http::Request};
use tower_http::request_id::{MakeRequestId, RequestId};
use uuid::Uuid;

/// Gives a request an id. One that a client sends is kept (Circle: `X-Request-Id`, a UUID).
#[derive(Clone, Copy, Debug)]
pub struct MakeId;

impl MakeRequestId for MakeId {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        Uuid::now_v7().to_string().parse().ok().map(RequestId::new)
    }
}

/// The span in which everything about a request is logged. The path alone, since a query may hold what a person searched for;
/// of a page whose address is a secret, the part before it.
pub fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    // Whatever a client sends is cut, so that it cannot fill the log.
    let id: String = id.chars().take(64).collect();
    tracing::info_span!("request", method = %request.method(), path = loggable(request.uri().path()), id)
}

fn loggable(path: &str) -> &str {
    if path.starts_with(confirmation::PAGE) { confirmation::PAGE } else { path }
}
