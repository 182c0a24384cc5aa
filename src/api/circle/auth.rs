//! Who is calling: `Authorization: Bearer <API key>` (1.1).

use super::error::ApiError;
use crate::{
    api::{
        caller::{self, Scheme},
        openapi,
    },
    domain::people::actor::Actor,
    state::Requite,
};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::request::Parts,
};

/// A program with a key that works and is good for the route, as far as the API's document says what it needs; the service asks
/// again. As an argument of a handler it stands before the body, so that the body of somebody who may not is never read.
pub struct ApiCaller(
    /// The key as an actor.
    pub Actor,
);

impl FromRequestParts<Requite> for ApiCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Requite) -> Result<Self, ApiError> {
        let actor = caller::of(parts, Scheme::Bearer)?;
        let route = parts.extensions.get::<MatchedPath>();
        if let Some(scope) = route.and_then(|route| openapi::scope_of(&parts.method, route.as_str())) {
            actor.require_scope(scope)?;
        }
        Ok(Self(actor))
    }
}
