//! Idempotency keys: the `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header), and Circle's member.

use super::problems::Problems;
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::IdempotencyKey,
    },
    service::fingerprint,
};
use axum::http::HeaderMap;
use utoipa::IntoParams;
use uuid::Uuid;

/// The header's name, also in errors.
pub const HEADER: &str = "Idempotency-Key";
/// The longest key, in characters.
pub const LENGTH_MAX: usize = 255;

/// The key in the header, if there is one. The header is a structured field, a string in quotes; keys without quotes
/// are accepted too.
pub fn in_header(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problems> {
    read_header(headers, parse)
}

/// The same on Circle's surface, where a key must be a UUID.
pub fn uuid_in_header(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problems> {
    read_header(headers, |text| {
        let message = "The idempotency key in the header is not one UUID.";
        let key = Uuid::try_parse(text).map(IdempotencyKey);
        key.map_err(|_| DomainError::plain(ErrorCode::IdempotencyKeyInvalid, message))
    })
}

fn read_header(
    headers: &HeaderMap,
    parse: fn(&str) -> Result<IdempotencyKey, DomainError>,
) -> Result<Option<IdempotencyKey>, Problems> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        let message = "The request has more than one idempotency key.";
        return Err(Problems::at(HEADER, DomainError::plain(ErrorCode::IdempotencyKeyInvalid, message)));
    }
    let text = unquoted(value.to_str().unwrap_or_default().trim());
    parse(&text).map(Some).map_err(|error| Problems::at(HEADER, error))
}

/// The content of a structured field's string (RFC 9651, section 3.3.3); any other text unchanged.
fn unquoted(text: &str) -> String {
    let Some(inside) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { return text.to_owned() };
    let mut characters = inside.chars();
    // A backslash escapes the next character.
    std::iter::from_fn(|| characters.next().and_then(|next| if next == '\\' { characters.next() } else { Some(next) }))
        .collect()
}

/// A key of any spelling. UUIDs are keys themselves; any other text stands for a UUID that is derived from it.
pub fn parse(text: &str) -> Result<IdempotencyKey, DomainError> {
    let is_too_long = text.chars().count() > LENGTH_MAX;
    if text.trim().is_empty() || is_too_long || text.chars().any(char::is_control) {
        let message = format!("An idempotency key is a text of 1 to {LENGTH_MAX} characters.");
        return Err(DomainError::plain(ErrorCode::IdempotencyKeyInvalid, message));
    }
    Ok(Uuid::try_parse(text).map_or_else(|_| fingerprint::key_of(text), IdempotencyKey))
}

/// The header as a parameter, only for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyHeader {
    /// Your idempotency key: any text of up to 255 characters, such as a UUID. The same request with the same key returns
    /// what the first request created.
    #[param(rename = "Idempotency-Key", value_type = String, min_length = 1, max_length = 255, required = false, nullable = false)]
    pub idempotency_key: Option<String>,
}

/// The header as a parameter of Circle's surface, only for the document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct UuidIdempotencyHeader {
    /// Your idempotency key, a UUID. The same request with the same key returns what the first request created.
    #[param(rename = "Idempotency-Key", value_type = String, pattern = r#"^"?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"?$"#, required = false, nullable = false)]
    pub idempotency_key: Option<String>,
}
