//! The conventions of Requite's own routes: `Authorization: Bearer <API key>`, and problem documents.

use super::problem::Problem;
use crate::api::input::{self, caller::Scheme, dialect::Dialect};

/// Requite's own surface.
pub struct Native;

impl Dialect for Native {
    const SCHEME: Scheme = Scheme::Bearer;
    type Error = Problem;
}

/// A program with a key that has the scope.
pub type Caller<S> = input::access::Caller<Native, S>;
/// The body of a request.
pub type JsonObject = input::body::JsonObject<Native>;
