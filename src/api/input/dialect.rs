//! What differs between the surfaces when a request is read: how a key is sent, and how a refusal is answered.

use super::{
    caller::Scheme,
    problems::{Problems, UnsupportedRequest},
};
use crate::domain::{error::DomainError, people::api_key::Scope};
use axum::response::IntoResponse;

/// The conventions of one surface. The extractors of this kit are generic over it and reject in its shape.
pub trait Dialect: Send + Sync + 'static {
    /// How a key is announced.
    const SCHEME: Scheme;

    /// An error response.
    type Error: IntoResponse + From<Problems> + From<DomainError> + From<UnsupportedRequest>;

    /// The error for a key without the scope.
    fn scope_missing(error: DomainError, _: Scope) -> DomainError {
        error
    }
}
