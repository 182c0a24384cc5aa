//! What the inside answers when it does not answer what was asked.

use crate::domain::error::{DomainError, ErrorCode};

/// Either a refusal, which is told as it is, or a fault, which is logged and told as one neutral sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request was understood and is not carried out.
    #[error("{0}")]
    Refused(#[from] DomainError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Something else failed that no request can be blamed for.
    #[error("{0}")]
    Fault(String),
}

impl Error {
    /// What may be told outside. The cause of a fault is logged here, once, in the span of the request.
    pub fn into_domain_error(self) -> DomainError {
        match self {
            Self::Refused(error) => error,
            fault => {
                tracing::error!(error = %fault, "request failed");
                DomainError::new(ErrorCode::Internal, "Something went wrong on our side. Nothing was changed.")
            }
        }
    }

    /// The stable code.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(error) => error.code,
            Self::Database(_) | Self::Fault(_) => ErrorCode::Internal,
        }
    }
}
