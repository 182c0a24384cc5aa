//! The parameters of a request: form-encoded or JSON in the body, and in the query (2.1). CoinGate's own client sends those of
//! a list in the body of a GET.

use super::error::{ApiError, Subject};
use crate::domain::refusal::{ErrorCode, Refusal};
use axum::{
    body::Bytes,
    extract::{FromRequest, Query, Request},
    http::{HeaderMap, Uri, header::CONTENT_TYPE},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;
use std::collections::HashMap;

/// No request of this API is longer.
pub const MAX_BYTES: usize = 64 * 1024;

/// Parameters by name, and what was found wrong with them so far.
pub struct Parameters {
    given: HashMap<String, String>,
    wrong: Vec<Refusal>,
}

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let mut given = of_query(request.uri());
        let is_json = is_json(request.headers());
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                let message = format!("The body is larger than {} kB.", MAX_BYTES / 1024);
                return Refusal::new(ErrorCode::RequestTooLarge, message);
            }
            Refusal::new(ErrorCode::RequestMalformed, "The body ended before it was complete.")
        })?;
        given.extend(if is_json { of_json(&bytes)? } else { of_form(&bytes)? });
        Ok(Self { given, wrong: Vec::new() })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

fn of_query(uri: &Uri) -> HashMap<String, String> {
    Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map(|Query(pairs)| pairs.into_iter().collect())
        .unwrap_or_default()
}

fn of_form(bytes: &[u8]) -> Result<HashMap<String, String>, Refusal> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes)
        .map_err(|_| Refusal::new(ErrorCode::RequestMalformed, "The body is not form-encoded."))?;
    Ok(pairs.into_iter().collect())
}

/// Numbers and truths as they are written; an explicit null is an empty text, as a form would send it.
fn of_json(bytes: &[u8]) -> Result<HashMap<String, String>, Refusal> {
    if bytes.is_empty() {
        return Ok(HashMap::new());
    }
    let malformed = || Refusal::new(ErrorCode::RequestMalformed, "The body must be a JSON object.");
    // Numbers stay as they were written: an amount never becomes a float on the way.
    let members: HashMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_slice(bytes).map_err(|_| malformed())?;
    members
        .into_iter()
        .filter_map(|(name, raw)| {
            let text = match serde_json::from_str(raw.get()) {
                Ok(Value::String(text)) => text,
                Ok(Value::Null) => String::new(),
                Ok(Value::Bool(_) | Value::Number(_)) => raw.get().trim().to_owned(),
                Ok(Value::Array(_) | Value::Object(_)) => return None,
                Err(_) => return Some(Err(malformed())),
            };
            Some(Ok((name, text)))
        })
        .collect()
}

impl Parameters {
    /// A parameter as it was sent, also when it is empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// A parameter that says something.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given(name).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Notes what is wrong.
    pub fn note(&mut self, refusal: Refusal) {
        self.wrong.push(refusal);
    }

    /// A parameter that has to be there, read into a type.
    pub fn required<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        match self.text(name).map(read) {
            None => {
                self.note(Refusal::new(ErrorCode::Required, "can't be blank").on(name));
                None
            }
            Some(result) => result.map_err(|refusal| self.note(refusal.on(name))).ok(),
        }
    }

    /// A parameter that may be left out, read into a type.
    pub fn optional<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        let result = read(self.text(name)?);
        result.map_err(|refusal| self.note(refusal.on(name))).ok()
    }

    /// A text of at most so many characters.
    pub fn short_text(&mut self, name: &'static str, max: usize) -> String {
        let read = |text: &str| {
            if text.chars().count() > max || text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            {
                let message = format!("is longer than {max} characters, or has invisible ones");
                return Err(Refusal::new(ErrorCode::TextInvalid, message));
            }
            Ok(text.to_owned())
        };
        self.optional(name, read).unwrap_or_default()
    }

    /// A yes or no.
    pub fn truth(&mut self, name: &'static str) -> Option<bool> {
        self.optional(name, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(Refusal::new(ErrorCode::RequestMalformed, "must be boolean or not present")),
        })
    }

    /// A moment, or a day, which means its beginning.
    pub fn moment(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        self.optional(name, |text| {
            let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN).and_utc());
            // A plus sign that was not escaped arrives as a blank.
            DateTime::parse_from_rfc3339(&text.replace(' ', "+"))
                .map(|at| at.to_utc())
                .or_else(|_| day())
                .map_err(|_| Refusal::new(ErrorCode::FilterInvalid, "is not a time such as 2026-11-23T08:00:00Z"))
        })
    }

    /// What was read, unless something was wrong with any parameter.
    pub fn finish<T>(self, subject: Subject, read: Option<T>) -> Result<T, ApiError> {
        match read {
            Some(read) if self.wrong.is_empty() => Ok(read),
            _ if self.wrong.is_empty() => Err(ApiError::of(subject, vec![Refusal::required("request")])),
            _ => Err(ApiError::of(subject, self.wrong)),
        }
    }
}

/// A whole number.
pub fn whole_number(text: &str) -> Result<i64, Refusal> {
    text.parse().map_err(|_| Refusal::new(ErrorCode::RequestMalformed, "is not a whole number"))
}
