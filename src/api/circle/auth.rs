//! Who is calling: `Authorization: Bearer <API key>` (1.1).

use super::error::ApiError;
use crate::{
    domain::{
        actor::Actor,
        refusal::{ErrorCode, Refusal},
    },
    http::session::client_address,
    service::api_key,
    state::Requite,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};

/// A program with a key that works. As an argument of a handler it stands before the body, so that a stranger's body is
/// never read.
pub struct ApiCaller(
    /// The key as an actor.
    pub Actor,
);

impl FromRequestParts<Requite> for ApiCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, requite: &Requite) -> Result<Self, ApiError> {
        let secret = bearer(&parts.headers).ok_or_else(|| {
            Refusal::new(
                ErrorCode::InvalidApiKey,
                "The request has no 'Authorization: Bearer' header that can be read.",
            )
        })?;
        let caller = api_key::authenticate(requite, secret).await?;
        Ok(Self(caller.at(client_address(requite, parts))))
    }
}

/// The key in the header. The scheme's name has no case (RFC 9110, section 11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    let secret = secret.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !secret.is_empty()).then_some(secret)
}
