//! Parameters by name, from the query and from a body that is a form, in one of its two encodings, or JSON. Members of a
//! JSON object get the names that they have in a form, such as `created_at[from]`, and a list is `status[]`.

use super::{body::MAX_BYTES, json::UniqueMembers};
use crate::domain::error::{DomainError, ErrorCode};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use serde_json::value::RawValue;
use std::collections::HashMap;
use url::form_urlencoded;

/// Maximum nesting depth.
const DEEPEST: usize = 4;
/// Maximum exponent, positive or negative.
const EXPONENT_MAX: i64 = 64;

const NOT_UTF_8: &str = "The parameters are not encoded in UTF-8.";

/// Values by name, as text.
pub type RawParameters = HashMap<String, String>;

/// Reads the query and then the body; the body's values override those of the query.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<RawParameters, DomainError> {
    let mut parameters = of_form(request.uri().query().unwrap_or_default().as_bytes())?;
    let encoding = Encoding::of(request.headers());
    let (parts, body) = request.into_parts();
    let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), state)
        .await
        .map_err(|rejection| unreadable(rejection.status()))?;
    // Without a body, its content type does not matter.
    if !bytes.is_empty() {
        parameters.extend(match encoding? {
            Encoding::Json => of_json(&bytes)?,
            Encoding::Form => of_form(&bytes)?,
            Encoding::Multipart => of_multipart(Request::from_parts(parts, Body::from(bytes)), state).await?,
        });
    }
    Ok(parameters)
}

fn unreadable(status: StatusCode) -> DomainError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let message = format!("The body is larger than {} kB.", MAX_BYTES / 1024);
        return DomainError::plain(ErrorCode::RequestTooLarge, message);
    }
    malformed("The body ended before it was complete.")
}

fn malformed(message: &'static str) -> DomainError {
    DomainError::plain(ErrorCode::RequestMalformed, message)
}

/// The encoding of a body.
enum Encoding {
    Json,
    Form,
    /// A form as browsers send it with files; PHP's curl sends it for an array of fields.
    Multipart,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Self, DomainError> {
        let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "application/json" => Ok(Self::Json),
            "" | "application/x-www-form-urlencoded" => Ok(Self::Form),
            "multipart/form-data" => Ok(Self::Multipart),
            _ => Err(malformed(
                "Send a form or JSON, with Content-Type 'application/x-www-form-urlencoded', 'multipart/form-data' or \
                 'application/json'.",
            )),
        }
    }
}

async fn of_multipart<S: Send + Sync>(request: Request, state: &S) -> Result<RawParameters, DomainError> {
    let broken = "The body is not multipart/form-data with the boundary that Content-Type names.";
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| malformed(broken))?;
    let mut parameters = RawParameters::new();
    while let Some(part) = parts.next_field().await.map_err(|_| malformed(broken))? {
        let name = part.name().ok_or_else(|| malformed("A part of the body has no name."))?.to_owned();
        let bytes = part.bytes().await.map_err(|_| malformed(broken))?;
        let value = String::from_utf8(bytes.into()).map_err(|_| malformed(NOT_UTF_8))?;
        parameters.insert(name, value);
    }
    Ok(parameters)
}

fn of_form(bytes: &[u8]) -> Result<RawParameters, DomainError> {
    let pairs: RawParameters =
        form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    // Bytes that are not UTF-8 were replaced by this character, which no client sends on purpose.
    if pairs.iter().any(|(name, value)| name.contains('\u{fffd}') || value.contains('\u{fffd}')) {
        return Err(malformed(NOT_UTF_8));
    }
    Ok(pairs)
}

fn of_json(bytes: &[u8]) -> Result<RawParameters, DomainError> {
    let mut parameters = RawParameters::new();
    add_members(&mut parameters, None, bytes, 0)?;
    Ok(parameters)
}

fn add_members(
    parameters: &mut RawParameters,
    of: Option<&str>,
    object: &[u8],
    depth: usize,
) -> Result<(), DomainError> {
    // Numbers are kept as they were written, so an amount never becomes a float.
    let UniqueMembers(members): UniqueMembers<Box<RawValue>> = serde_json::from_slice(object)
        .map_err(|_| malformed("The body must be a JSON object, and no member may be given twice."))?;
    for (member, raw) in members {
        let name = of.map_or_else(|| member.clone(), |of| format!("{of}[{member}]"));
        add(parameters, name, raw.get().trim(), depth)?;
    }
    Ok(())
}

/// Adds a value. `null` becomes an empty text, as in a form.
fn add(parameters: &mut RawParameters, name: String, value: &str, depth: usize) -> Result<(), DomainError> {
    let text = match value.as_bytes().first() {
        Some(b'{') if depth < DEEPEST => return add_members(parameters, Some(&name), value.as_bytes(), depth + 1),
        Some(b'[' | b'{') => {
            parameters.insert(format!("{name}[]"), String::new());
            return Ok(());
        }
        Some(b'"') => serde_json::from_str(value).map_err(|_| malformed("A text of the body is not valid Unicode."))?,
        Some(b'n') => String::new(),
        Some(b'-' | b'0'..=b'9') => without_exponent(value),
        _ => value.to_owned(),
    };
    parameters.insert(name, text);
    Ok(())
}

/// Writes a JSON number without an exponent: Python sends 0.00005 as 5e-05. It is exact, because only the point is
/// moved. A number with a larger exponent is returned unchanged, and refused when it is parsed.
fn without_exponent(number: &str) -> String {
    let moved = number.split_once(['e', 'E']).and_then(|(digits, exponent)| {
        let exponent = exponent.parse::<i64>().ok().filter(|exponent| exponent.abs() <= EXPONENT_MAX)?;
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let digits = format!("{whole}{fraction}");
        let point = i64::try_from(whole.len()).ok()? + exponent;
        let Some(point) = usize::try_from(point).ok().filter(|point| *point > 0) else {
            let zeros = "0".repeat(usize::try_from(-point).ok()?);
            return Some(format!("{sign}0.{zeros}{digits}"));
        };
        let (whole, fraction) = digits.split_at(point.min(digits.len()));
        let point_and = if fraction.is_empty() { "" } else { "." };
        Some(format!("{sign}{whole:0<point$}{point_and}{fraction}"))
    });
    moved.unwrap_or_else(|| number.to_owned())
}
