//! Refusals as the error of server functions.

use crate::domain::error::{DomainError, ErrorCode};
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

    fn status_code(&self) -> http::StatusCode {
        use http::StatusCode;
        match self.code {
            ErrorCode::NotSignedIn | ErrorCode::InvalidCredentials | ErrorCode::InvalidApiKey => {
                StatusCode::UNAUTHORIZED
            }
            ErrorCode::Forbidden
            | ErrorCode::OwnRefund
            | ErrorCode::SandboxOnly
            | ErrorCode::SecondFactorMissing
            | ErrorCode::SecondFactorWrong => StatusCode::FORBIDDEN,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::RequestMalformed => StatusCode::BAD_REQUEST,
            ErrorCode::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::IdempotencyKeyReused
            | ErrorCode::ExpectedRefundableStale
            | ErrorCode::QuoteExpired
            | ErrorCode::QuoteMismatch
            | ErrorCode::PolicyStale
            | ErrorCode::ApprovalNotPossible
            | ErrorCode::ApprovalStale
            | ErrorCode::ConfirmationNotPossible
            | ErrorCode::RefundNotSettleable
            | ErrorCode::OrderNotCancelable
            | ErrorCode::WebhookDisabled
            | ErrorCode::RateMoved
            | ErrorCode::SecondFactorActive => StatusCode::CONFLICT,
            ErrorCode::RailUnavailable
            | ErrorCode::RateUnavailable
            | ErrorCode::RateStale
            | ErrorCode::MailUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
