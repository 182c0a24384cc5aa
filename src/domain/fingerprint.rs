//! Fingerprints of what has several parts.

use sha2::{Digest, Sha256};

/// SHA-256 over the parts, in hexadecimal. Length prefixes ensure that different lists of parts never have the same
/// encoding. `Debug` is not used for parts, so that fingerprints stay stable across versions.
pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
