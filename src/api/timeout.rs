//! A request that takes too long is answered in the format of its surface.

use super::{circle, coingate, native, surface::Surface};
use crate::domain::error::{DomainError, ErrorCode};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Duration;

/// Less than the server allows any request, whose answer has no body.
pub const WITHIN: Duration = Duration::from_secs(25);

/// Answers when the time is over. What the request was doing then is cut off, and may have been stored.
pub async fn answer(State(within): State<Duration>, request: Request, next: Next) -> Response {
    let surface = Surface::of(request.uri().path());
    let only_reads = request.method().is_safe();
    if let Ok(response) = tokio::time::timeout(within, next.run(request)).await {
        return response;
    }
    let error = if only_reads {
        DomainError::plain(ErrorCode::DatabaseUnavailable, "This takes too long. Nothing was changed.")
    } else {
        DomainError::plain(ErrorCode::OutcomeUnknown, "This takes too long, so it is not known whether it was stored.")
    };
    tracing::error!(code = error.code.as_str(), "a request took too long");
    match surface {
        Surface::Circle => circle::error::ApiError::from(error).into_response(),
        Surface::Native => native::problem::Problem::from(error).into_response(),
        Surface::CoinGate => coingate::error::ApiError::from(error).into_response(),
    }
}
