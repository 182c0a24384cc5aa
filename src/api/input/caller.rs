//! Authenticates API clients and applies their rate limit, once for all surfaces.

use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        names::Named,
        people::actor::Actor,
    },
    limits::api_keys::RateLimitState,
    service::people::api_key,
    state::Requite,
    web::client_address::client_address,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use strum::{IntoStaticStr, VariantArray};

/// A scheme of the `Authorization` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the header.
pub enum Scheme {
    /// On every surface.
    Bearer,
    /// On CoinGate's surface only.
    Token,
}

/// The result of authentication. The surface turns an error into its own format.
#[derive(Clone, Debug)]
struct IdentifiedCaller {
    scheme: Scheme,
    caller: Result<Actor, DomainError>,
    /// The key, even if the request is refused.
    key: Option<Actor>,
}

/// The authenticated key, or the reason why there is none.
pub fn of(parts: &Parts, schemes: &[Scheme]) -> Result<Actor, DomainError> {
    let identified = parts.extensions.get::<IdentifiedCaller>();
    let identified = identified.filter(|identified| schemes.contains(&identified.scheme));
    match identified {
        Some(identified) => identified.caller.clone(),
        None => {
            let names = schemes.iter().map(|scheme| format!("'Authorization: {}'", scheme.as_str()));
            let names = names.collect::<Vec<_>>().join(" or ");
            let message = format!("The request has no {names} header that can be read.");
            Err(DomainError::plain(ErrorCode::InvalidApiKey, message))
        }
    }
}

/// The key of a request, on any surface.
pub fn any(parts: &Parts) -> Option<&Actor> {
    parts.extensions.get::<IdentifiedCaller>().and_then(|identified| identified.key.as_ref())
}

/// Authenticates the request, takes a token from the key's bucket, and adds the rate limit headers.
pub async fn attach_caller(State(requite): State<Requite>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut left = None;
    if let Some((scheme, secret)) = credentials(&parts.headers) {
        let (context, mode, from) = (requite.context(), requite.settings.mode, client_address(&requite, &parts));
        let known = api_key::authenticate(&requite.store, &context, mode, secret, from).await;
        let key = known.as_ref().ok().cloned();
        let mut caller = known.map_err(crate::error::Error::into_domain_error);
        if let Ok(Actor::ApiKey { id, .. }) = &caller {
            let rate_limit = requite.key_limits.take(*id);
            left = Some(rate_limit);
            if let Err(error) = rate_limit.require() {
                caller = Err(error);
            }
        }
        parts.extensions.insert(IdentifiedCaller { scheme, caller, key });
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(remaining) = left {
        // Public routes respond normally even if the key is over its limit.
        let refused = response.status() == StatusCode::TOO_MANY_REQUESTS;
        add_rate_limit_headers(response.headers_mut(), remaining, refused);
    }
    response
}

/// The scheme and the key. Scheme names are case-insensitive (RFC 9110, section 11.1).
fn credentials(headers: &HeaderMap) -> Option<(Scheme, &str)> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    let scheme = Scheme::all().find(|known| scheme.eq_ignore_ascii_case(known.as_str()))?;
    let secret = secret.trim();
    (!secret.is_empty()).then_some((scheme, secret))
}

/// Adds the headers of draft-ietf-httpapi-ratelimit-headers: the quota and its window in seconds, the remaining
/// requests, and the seconds until the quota is full again.
fn add_rate_limit_headers(headers: &mut HeaderMap, rate_limit: RateLimitState, refused: bool) {
    let RateLimitState { limit, remaining, full_in, wait } = rate_limit;
    let mut set = |name: HeaderName, text: String| {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    };
    set(HeaderName::from_static("ratelimit-policy"), format!("\"key\";q={limit};w=60"));
    set(HeaderName::from_static("ratelimit"), format!("\"key\";r={remaining};t={full_in}"));
    if let Some(seconds) = wait.filter(|_| refused) {
        set(header::RETRY_AFTER, seconds.to_string());
    }
}
