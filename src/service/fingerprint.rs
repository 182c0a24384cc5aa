//! Fingerprints of requests, for idempotency.

/// Over the parts of a parsed request.
pub use crate::domain::fingerprint::of;
use crate::domain::ids::IdempotencyKey;
use sha2::{Digest, Sha256};

/// SHA-256 of a secret, in hexadecimal: the form in which tokens are stored.
pub fn of_secret(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

/// The idempotency key that a text stands for: a UUID of version 8 (RFC 9562) with 122 bits of its SHA-256, because the
/// database stores keys as UUIDs. Two texts of a merchant get the same one by accident with a probability of 2^-122. Somebody
/// who searches for two such texts would only collide with themselves: keys belong to a merchant, and the fingerprint of the
/// request is compared too.
pub fn key_of(text: &str) -> IdempotencyKey {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(Sha256::digest(text)).for_each(|(byte, hashed)| *byte = hashed);
    IdempotencyKey(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
