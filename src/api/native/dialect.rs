//! The conventions of Requite's own surface: `Authorization: Bearer <API key>`, and problem documents.

use super::problem::Problem;
use crate::api::input::{self, caller::Scheme, dialect::Dialect};

pub struct Native;

impl Dialect for Native {
    const SCHEMES: &'static [Scheme] = &[Scheme::Bearer];
    const REFUSES_UNKNOWN_PARAMETERS: bool = true;
    type Error = Problem;
}

/// An API client with a key that has scope `S`.
pub type Caller<S> = input::access::Caller<Native, S>;
pub type JsonObject = input::body::JsonObject<Native>;
