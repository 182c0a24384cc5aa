//! Secrets that are shown only in the response to the form that created them, since only their hash is stored.

use crate::{domain::people::second_factor::RecoveryCode, store::people::api_key::ApiKey};

/// The secret, provided as context to the page that is the response to the form.
#[derive(Clone, Debug)]
pub enum ShownOnce {
    RecoveryCodes(Vec<RecoveryCode>),
    /// A key and its secret.
    ApiKey(Box<ApiKey>, String),
}
