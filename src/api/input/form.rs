//! Parameters by name, from the query and from a body that is a form or JSON. Members of a JSON object get the names
//! that they have in a form, such as `created_at[from]`, and a list is `status[]`.

use super::body::MAX_BYTES;
use crate::domain::error::{DomainError, ErrorCode};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap};
use url::form_urlencoded;

/// Maximum nesting depth.
const DEEPEST: usize = 4;
/// Maximum exponent, positive or negative.
const EXPONENT_MAX: i64 = 64;

/// Values by name, as text.
pub type RawParameters = HashMap<String, String>;

/// Reads the query and then the body; the body's values override those of the query.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<RawParameters, DomainError> {
    let mut parameters = of_form(request.uri().query().unwrap_or_default().as_bytes())?;
    let is_json = is_json(request.headers());
    let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("The body is larger than {} kB.", MAX_BYTES / 1024);
            return DomainError::new(ErrorCode::RequestTooLarge, message);
        }
        malformed("The body ended before it was complete.")
    })?;
    // Without a body, its content type does not matter.
    if !bytes.is_empty() {
        parameters.extend(if is_json? { of_json(&bytes)? } else { of_form(&bytes)? });
    }
    Ok(parameters)
}

fn malformed(message: &'static str) -> DomainError {
    DomainError::new(ErrorCode::RequestMalformed, message)
}

fn is_json(headers: &HeaderMap) -> Result<bool, DomainError> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Ok(true),
        "" | "application/x-www-form-urlencoded" => Ok(false),
        _ => Err(malformed(
            "Send a form or JSON, with Content-Type 'application/x-www-form-urlencoded' or 'application/json'.",
        )),
    }
}

fn of_form(bytes: &[u8]) -> Result<RawParameters, DomainError> {
    let pairs: RawParameters =
        form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    // Bytes that are not UTF-8 were replaced by this character, which no client sends on purpose.
    if pairs.iter().any(|(name, value)| name.contains('\u{fffd}') || value.contains('\u{fffd}')) {
        return Err(malformed("The parameters are not encoded in UTF-8."));
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
    let members: BTreeMap<String, Box<RawValue>> =
        serde_json::from_slice(object).map_err(|_| malformed("The body must be a JSON object."))?;
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
