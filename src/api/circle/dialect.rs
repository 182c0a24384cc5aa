//! Circle's conventions: `Authorization: Bearer <API key>`, and Circle's error body.

use super::error::ApiError;
use crate::api::input::{self, caller::Scheme, dialect::Dialect};

pub struct Circle;

impl Dialect for Circle {
    const SCHEMES: &'static [Scheme] = &[Scheme::Bearer];
    type Error = ApiError;
}

/// An API client with a key that has scope `S`.
pub type Caller<S> = input::access::Caller<Circle, S>;
pub type JsonObject = input::body::JsonObject<Circle>;
