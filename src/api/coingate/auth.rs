//! Who is calling: `Authorization: Token <API key>` (2.1).

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
    http::{header::AUTHORIZATION, request::Parts},
};

/// A program with a key that works.
pub struct ApiCaller(
    /// The key as an actor.
    pub Actor,
);

impl FromRequestParts<Requite> for ApiCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, requite: &Requite) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let secret = header.and_then(|header| header.trim().split_once(' ')).and_then(|(scheme, secret)| {
            let secret = secret.trim();
            (scheme.eq_ignore_ascii_case("token") && !secret.is_empty()).then_some(secret)
        });
        let secret = secret.ok_or_else(|| {
            Refusal::new(ErrorCode::InvalidApiKey, "The request has no 'Authorization: Token' header that can be read.")
        })?;
        let caller = api_key::authenticate(requite, secret).await?;
        Ok(Self(caller.at(client_address(requite, parts))))
    }
}
