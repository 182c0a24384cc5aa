//! Circle's conventions: `Authorization: Bearer <API key>` (1.1), and its own error body.

use super::error::ApiError;
use crate::api::input::{self, caller::Scheme, dialect::Dialect};

/// Circle's surface.
pub struct Circle;

impl Dialect for Circle {
    const SCHEME: Scheme = Scheme::Bearer;
    type Error = ApiError;
}

/// A program with a key that has the scope.
pub type Caller<S> = input::access::Caller<Circle, S>;
/// The body of a request.
pub type JsonObject = input::body::JsonObject<Circle>;
