//! What is shown only with the answer to the form that made it, since nothing but its hash is kept.

use crate::{domain::people::second_factor::RecoveryCode, store::people::api_keys::ApiKey};

/// Provided to the page that answers the form; no other request has it.
#[derive(Clone, Debug)]
pub enum ShownOnce {
    /// Recovery codes.
    RecoveryCodes(Vec<RecoveryCode>),
    /// A key and its secret.
    ApiKey(Box<ApiKey>, String),
}
