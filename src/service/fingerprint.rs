//! What makes two requests the same.

use sha2::{Digest, Sha256};

/// SHA-256 over the parts of a typed command, in hexadecimal. Each part is preceded by its length, so that no two lists of
/// parts read the same. Written out field by field, not by `Debug`, so that a new version of Requite still knows old requests.
pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_string());
        hasher.update(":");
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// SHA-256 of a secret, in hexadecimal: how tokens are kept.
pub fn of_secret(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
