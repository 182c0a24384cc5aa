//! What is shown only in the response to a form: secrets, since only their hash is stored, and what is masked elsewhere,
//! since each look at it is recorded.

use crate::{
    domain::people::second_factor::RecoveryCode, service::customers::masking::Personal, store::people::api_key::ApiKey,
};

/// What is shown, provided as context to the page that is the response to the form.
#[derive(Clone, Debug)]
pub enum ShownOnce {
    RecoveryCodes(Vec<RecoveryCode>),
    /// A key and its secret.
    ApiKey(Box<ApiKey>, String),
    /// What is masked of a customer, and the page that the form was sent from.
    Customer(Personal, String),
}
