//! Signatures of messages: HMAC-SHA256 over id, time and body (Standard Webhooks 1.0.0, symmetric).

use crate::domain::error::{DomainError, ErrorCode, Field};
use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// The prefix of secrets.
const PREFIX: &str = "whsec_";

/// The signing key of an endpoint. It is shown only to the merchant, so `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret {
    key: Vec<u8>,
}

impl SigningSecret {
    /// A secret from the given random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self { key: random.to_vec() }
    }

    /// Parses `whsec_` followed by base64 of 24 to 64 bytes.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let key = text.strip_prefix(PREFIX).and_then(|encoded| BASE64.decode(encoded.as_bytes()).ok());
        let key = key.filter(|key| (24..=64).contains(&key.len()));
        key.map(|key| Self { key })
            .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-signing-secret").on(Field::Secret))
    }

    /// The text that the merchant configures in the receiver.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.key))
    }

    /// One signature: `v1,` and base64.
    fn sign(&self, id: &str, timestamp: i64, body: &str) -> Option<String> {
        // HMAC accepts keys of every length, so this cannot fail.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body.as_bytes());
        Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The three headers of a message. During a rotation it is signed with each secret, so that a receiver with either of
/// them can verify it.
pub fn headers(id: &str, at: DateTime<Utc>, body: &str, secrets: &[&SigningSecret]) -> [(&'static str, String); 3] {
    let timestamp = at.timestamp();
    let signatures: Vec<String> = secrets.iter().filter_map(|secret| secret.sign(id, timestamp, body)).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}
