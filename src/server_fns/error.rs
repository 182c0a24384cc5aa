//! `DomainError` as the error type of server functions.

use crate::domain::error::{DomainError, ErrorCode, ErrorKind};
use http::StatusCode;
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

impl FromServerFnError for DomainError {
    type Encoder = JsonEncoding;

    /// Converts an error before or after the function itself. Its cause is not disclosed.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                DomainError::new(ErrorCode::RequestMalformed, "error-form-incomplete")
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => DomainError::new(ErrorCode::Internal, "error-unexpected-answer"),
        }
    }

    fn status_code(&self) -> StatusCode {
        // A form that cannot be parsed is a 400; a form with an invalid value is a 422.
        if self.code == ErrorCode::RequestMalformed { StatusCode::BAD_REQUEST } else { status_of(self.code.kind()) }
    }
}

/// The HTTP status of an error.
const fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotSignedIn => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Invalid | ErrorKind::NotPossible => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::Conflict | ErrorKind::KeyReused => StatusCode::CONFLICT,
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
