//! Records every request with a known API key, and its response, in the API log.

use super::input::{body::MAX_BYTES, caller, idempotency};
use crate::{
    domain::{
        ids::{ApiKeyId, ApiLogId, MerchantId},
        operations::redaction,
        people::actor::Actor,
    },
    state::Requite,
    store::operations::api_log::ApiLogEntry,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use serde_json::Value;

/// Records a request. The layer runs inside authentication. Requests without a known key are only in the server's own
/// log, because they belong to no merchant.
pub async fn note(State(requite): State<Requite>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Some((merchant_id, key_id, key_name)) = key(caller::any(&parts)) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let context = requite.context();
    let (id, begun) = (ApiLogId(context.id()), context.now);
    let (method, uri, headers) = (parts.method.clone(), parts.uri.clone(), parts.headers.clone());
    let (body, sent) = buffer_body(body, &headers).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let (parts, body) = response.into_parts();
    // Responses are small: lists are paged, and there are no files.
    let answered = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let (request_body, response_body) = redaction::exchange(&sent, &answered);
    requite.api_log.push(ApiLogEntry {
        id,
        merchant_id,
        key_id,
        key_name,
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: redaction::query(uri.query().unwrap_or_default()),
        status: parts.status.as_u16().into(),
        milliseconds: (requite.context().now - begun).num_milliseconds(),
        request_id: text(&headers, "x-request-id").unwrap_or_default(),
        idempotency_key: idempotency_key(&headers, &sent),
        request_body,
        response_body,
        created_at: begun,
    });
    Response::from_parts(parts, Body::from(answered))
}

fn key(caller: Option<&Actor>) -> Option<(MerchantId, ApiKeyId, String)> {
    match caller? {
        Actor::ApiKey { id, merchant, name, .. } => Some((*merchant, *id, name.clone())),
        Actor::User { .. } | Actor::Customer { .. } | Actor::Anonymous { .. } | Actor::System { .. } => None,
    }
}

/// The body, and a copy of it if its `Content-Length` is within the limit.
async fn buffer_body(body: Body, headers: &HeaderMap) -> (Body, Bytes) {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_none_or(|length| length > MAX_BYTES) {
        return (body, Bytes::new());
    }
    match to_bytes(body, MAX_BYTES).await {
        Ok(bytes) => (Body::from(bytes.clone()), bytes),
        // The body was cut off; the handler gets the same error.
        Err(error) => (Body::from_stream(futures::stream::once(async { Err::<Bytes, _>(error) })), Bytes::new()),
    }
}

fn idempotency_key(headers: &HeaderMap, sent: &[u8]) -> Option<String> {
    let in_body = || {
        let body: Value = serde_json::from_slice(sent).ok()?;
        Some(body.get("idempotencyKey")?.as_str()?.chars().take(idempotency::LENGTH_MAX).collect())
    };
    text(headers, idempotency::HEADER).or_else(in_body)
}

/// A header, cut to the length of an idempotency key, so that a client cannot fill the log.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.chars().take(idempotency::LENGTH_MAX).collect())
}
