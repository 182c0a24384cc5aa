//! The `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header).

use super::problems::Problems;
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::IdempotencyKey,
};
use axum::http::HeaderMap;
use utoipa::IntoParams;
use uuid::Uuid;

/// The header's name, also in errors.
pub const HEADER: &str = "Idempotency-Key";

/// The key in the header, if there is one. The header is a structured field, a string in quotes; keys without quotes
/// are accepted too. A key must be a UUID, as in Circle's bodies.
pub fn in_header(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problems> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    let key = Uuid::try_parse(text).ok().filter(|_| values.next().is_none());
    let message = "The idempotency key in the header is not one UUID.";
    key.map(|key| Some(IdempotencyKey(key)))
        .ok_or_else(|| Problems::at(HEADER, DomainError::new(ErrorCode::IdempotencyKeyInvalid, message)))
}

/// The header as a parameter, only for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyHeader {
    /// Your idempotency key, a UUID. The same request with the same key returns what the first request created.
    #[param(rename = "Idempotency-Key", value_type = String, pattern = r#"^"?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"?$"#, required = false, nullable = false)]
    pub idempotency_key: Option<String>,
}
