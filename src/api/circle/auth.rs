//! Who is calling: `Authorization: Bearer <API key>` (1.1).

use super::error::ApiError;
use crate::{
    api::caller::{self, Scheme},
    domain::actor::Actor,
    state::Requite,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A program with a key that works. As an argument of a handler it stands before the body, so that a stranger's body is
/// never read.
pub struct ApiCaller(
    /// The key as an actor.
    pub Actor,
);

impl FromRequestParts<Requite> for ApiCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Requite) -> Result<Self, ApiError> {
        Ok(Self(caller::of(parts, Scheme::Bearer)?))
    }
}
