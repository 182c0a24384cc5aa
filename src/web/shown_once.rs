//! Secrets that are shown only in the response to the form that created them, since only their hash is stored.

use crate::{domain::people::second_factor::RecoveryCode, store::people::api_key::ApiKey};

/// Provided as context to the page that answers the form.
#[derive(Clone, Debug)]
pub enum ShownOnce {
    /// Recovery codes.
    RecoveryCodes(Vec<RecoveryCode>),
    /// A key and its secret.
    ApiKey(Box<ApiKey>, String),
}
