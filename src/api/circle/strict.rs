//! Responses for keys whose clients accept only the vendor's older shapes.

use crate::{api::input::caller, domain::people::actor::Actor, wire::circle::strict::fit};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header::CONTENT_LENGTH,
    middleware::Next,
    response::Response,
};
use serde_json::Value;

/// A layer that fits successful responses to the shapes if the key says so.
pub async fn fit_responses(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_strict = matches!(caller::any(&parts), Some(Actor::ApiKey { strict_circle: true, .. }));
    let response = next.run(Request::from_parts(parts, body)).await;
    if !is_strict || !response.status().is_success() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // Responses are small: lists are paged, and there are no files.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Ok(mut response) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    fit(&mut response);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(response.to_string()))
}
