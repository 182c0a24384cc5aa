//! Refusals as the error of server functions.

use super::error_kind::{ErrorKind, kind_of};
use crate::domain::error::{DomainError, ErrorCode};
use http::StatusCode;
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

impl FromServerFnError for DomainError {
    type Encoder = JsonEncoding;

    /// What went wrong before the function was reached, or on the way to it. Causes are not repeated to the outside.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                DomainError::new(ErrorCode::RequestMalformed, "The form is incomplete.")
            }
            _ => DomainError::new(ErrorCode::Internal, "The server did not answer as expected."),
        }
    }

    fn status_code(&self) -> StatusCode {
        // A form that could not be read at all is told from one with a wrong value in it.
        if self.code == ErrorCode::RequestMalformed { StatusCode::BAD_REQUEST } else { status_of(kind_of(self.code)) }
    }
}

/// The status of a refusal, of a server function, a page or a file.
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
