//! The differences between surfaces when a request is read: how the key is sent, and how errors are returned.

use super::{
    caller::Scheme,
    problems::{Problems, UnsupportedRequest},
};
use crate::domain::{error::DomainError, people::api_key::Scope};
use axum::response::IntoResponse;

/// The conventions of one surface. The extractors in this folder are generic over it and return errors in its format.
pub trait Dialect: Send + Sync + 'static {
    /// The accepted schemes of the `Authorization` header, the documented one first.
    const SCHEMES: &'static [Scheme];

    /// Whether parameters of the query that an operation does not have are refused. The vendors' clients send others.
    const REFUSES_UNKNOWN_PARAMETERS: bool = false;

    /// An error response.
    type Error: IntoResponse + From<Problems> + From<DomainError> + From<UnsupportedRequest>;

    /// The error for a key without the scope.
    fn scope_missing(error: DomainError, _: Scope) -> DomainError {
        error
    }
}
