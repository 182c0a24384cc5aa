//! Fingerprints of requests, for idempotency.

use sha2::{Digest, Sha256};

/// SHA-256 over the parts of a parsed request, in hexadecimal. Length prefixes ensure that different lists of
/// parts never have the same encoding. `Debug` is not used, so that fingerprints stay stable across versions.
pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// SHA-256 of a secret, in hexadecimal: the form in which tokens are stored.
pub fn of_secret(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
