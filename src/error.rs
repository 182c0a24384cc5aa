//! Errors of use cases.

use crate::{
    domain::error::{DomainError, ErrorCode, ErrorKind},
    store,
    texts::errors::english,
};
use std::error::Error as StdError;

/// A refusal, which is returned to the caller unchanged, or a fault, which is logged and reported to the caller with a
/// neutral message.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request was understood and refused.
    #[error("{}", english(.0))]
    Refused(DomainError),
    /// The request was refused because something outside of this server does not allow it now, for the reason in `source`.
    #[error("{}", english(.refused))]
    NotNow {
        refused: DomainError,
        /// For the log.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The store failed. A refusal by the store is [`Error::Refused`], never this.
    #[error(transparent)]
    Store(store::Error),
    /// The chain failed, for the reason in `source`.
    #[error("the chain failed")]
    Chain {
        /// Whether retrying may help.
        temporary: bool,
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The request was stored, and its response could not be made.
    #[error("the response to a stored request cannot be created")]
    AfterCommit(#[source] Box<Self>),
    /// Another fault of the server: an error of the layer where it happened, see [`Error::fault`].
    #[error(transparent)]
    Fault(Box<dyn StdError + Send + Sync>),
}

impl From<DomainError> for Error {
    fn from(refused: DomainError) -> Self {
        Self::Refused(refused)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(error) => Self::Refused(error),
            fault => Self::Store(fault),
        }
    }
}

impl Error {
    /// A fault with its cause.
    pub fn fault(error: impl StdError + Send + Sync + 'static) -> Self {
        Self::Fault(Box::new(error))
    }

    /// The fault of a step that follows a commit in the same request, such as a read for the response.
    pub fn after_commit(self) -> Self {
        match self {
            Self::Refused(_) | Self::NotNow { .. } => self,
            fault => Self::AfterCommit(Box::new(fault)),
        }
    }

    /// The error for the caller. Logs a fault with its cause, in the span of the request, and as a warning what is not
    /// available now. Nothing else logs them.
    pub fn into_domain_error(self) -> DomainError {
        match self {
            Self::Refused(error) => {
                if error.code.kind() == ErrorKind::Unavailable {
                    tracing::warn!(code = error.code.as_str(), "request refused: {}", english(&error));
                }
                error
            }
            Self::NotNow { refused, source } => {
                let (code, cause) = (refused.code.as_str(), with_causes(source.as_ref()));
                tracing::warn!(code, cause, "request refused: {}", english(&refused));
                refused
            }
            fault => {
                tracing::error!(error = %with_causes(&fault), "request failed");
                let message = match &fault {
                    Self::AfterCommit(_) => "error-after-commit",
                    Self::Store(store::Error::OutcomeUnknown(_)) => "error-outcome-unknown",
                    Self::Store(error) if error.code() == ErrorCode::DatabaseUnavailable => {
                        "error-database-unavailable"
                    }
                    Self::Refused(_) | Self::NotNow { .. } | Self::Store(_) | Self::Chain { .. } | Self::Fault(_) => {
                        "error-internal"
                    }
                };
                DomainError::new(fault.code(), message)
            }
        }
    }

    /// The stable error code that clients see.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(error) | Self::NotNow { refused: error, .. } => error.code,
            Self::Store(error) => error.code(),
            Self::AfterCommit(_) => ErrorCode::OutcomeUnknown,
            Self::Chain { .. } | Self::Fault(_) => ErrorCode::Internal,
        }
    }

    /// Whether a retry may succeed without a repair by a person.
    pub const fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Store(store::Error::Database(_) | store::Error::OutcomeUnknown(_))
                | Self::Chain { temporary: true, .. }
        )
    }
}

/// An error with its causes in one line: `cannot listen on 127.0.0.1:80: permission denied`. The texts of most errors
/// leave out the cause; a cause that is already in the text is not repeated.
pub fn with_causes(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    for cause in causes(error) {
        let cause = cause.to_string();
        if !line.contains(&cause) {
            line.push_str(": ");
            line.push_str(&cause);
        }
    }
    line
}

/// The causes of an error, nearest first.
pub fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}
