//! Why a request is not carried out: a stable code, one sentence for a person, and the input that it is about.

mod code;

pub use code::{ErrorCode, ErrorKind};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// A request that was understood and is not carried out. It has changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainError {
    /// The stable reason.
    pub code: ErrorCode,
    /// One sentence for a person, with the facts of this case.
    pub message: Cow<'static, str>,
    /// The input it is about, as a path in the native spelling: `amount`, `destination.address`.
    pub field: Option<Cow<'static, str>>,
    /// The most that would be accepted, in the currency of the amount that is too large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Decimal>,
}

impl DomainError {
    /// A refusal of the whole request.
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), field: None, most: None }
    }

    /// The same refusal, blamed on one input.
    #[must_use]
    pub fn on(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same refusal of an amount, with the most that there can be instead.
    #[must_use]
    pub const fn at_most(mut self, most: Decimal) -> Self {
        self.most = Some(most);
        self
    }

    /// A refusal for an id that is unknown, or known to somebody else only.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// A refusal for an input that was left out.
    pub fn required(field: &'static str) -> Self {
        Self::new(ErrorCode::Required, "This is required.").on(field)
    }
}

impl fmt::Display for DomainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DomainError {}
