//! Reads a request body: a JSON object of limited size.

use super::{dialect::Dialect, json::UniqueValue, problems::UnsupportedRequest};
use crate::domain::error::{DomainError, ErrorCode};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{
        HeaderMap, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use serde_json::{Map, Value};
use std::marker::PhantomData;

/// Maximum body size. Each router enforces it with a layer.
pub const MAX_BYTES: usize = 64 * 1024;

/// A request body. A missing body counts as `{}`, so that every missing member is reported.
pub struct JsonObject<D> {
    /// The body, always a JSON object.
    pub body: Value,
    dialect: PhantomData<fn() -> D>,
}

impl<D> JsonObject<D> {
    const fn new(body: Value) -> Self {
        Self { body, dialect: PhantomData }
    }
}

impl<S: Send + Sync, D: Dialect> FromRequest<S> for JsonObject<D> {
    type Rejection = D::Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, D::Error> {
        // Rejects a body by its `Content-Length`, before reading it.
        if content_length(request.headers()).is_some_and(|length| length > MAX_BYTES) {
            return Err(too_large().into());
        }
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return too_large();
            }
            DomainError::plain(ErrorCode::RequestMalformed, "The body ended before it was complete.")
        })?;
        if bytes.is_empty() {
            return Ok(Self::new(Value::Object(Map::new())));
        }
        if !is_json {
            return Err(UnsupportedRequest::MediaType.into());
        }
        let UniqueValue(value) = serde_json::from_slice(&bytes).map_err(|error| {
            let what = if error.is_data() { "cannot be read" } else { "is not valid JSON" };
            DomainError::plain(ErrorCode::RequestMalformed, format!("The body {what}: {error}."))
        })?;
        if value.is_object() {
            return Ok(Self::new(value));
        }
        Err(DomainError::plain(ErrorCode::RequestMalformed, "The body must be a JSON object.").into())
    }
}

fn too_large() -> DomainError {
    let message = format!("The body is larger than {} kB, which no valid request is.", MAX_BYTES / 1024);
    DomainError::plain(ErrorCode::RequestTooLarge, message)
}

fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether the body is JSON. A body without a content type counts as JSON, the only type that this API accepts.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else { return true };
    let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
