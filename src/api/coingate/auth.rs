//! Who is calling: `Authorization: Token <API key>` (2.1).

use super::error::ApiError;
use crate::{
    api::caller::{self, Scheme},
    domain::actor::Actor,
    state::Requite,
};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A program with a key that works.
pub struct ApiCaller(
    /// The key as an actor.
    pub Actor,
);

impl FromRequestParts<Requite> for ApiCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &Requite) -> Result<Self, ApiError> {
        Ok(Self(caller::of(parts, Scheme::Token)?))
    }
}
