//! Domain errors: a stable code, a text for the user, and the input concerned.

mod code;
mod field;
mod text;

pub use code::{ErrorCode, ErrorKind};
pub use field::Field;
pub use text::{ErrorText, TextValue, ValueKind};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// A valid request that was rejected. It has changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainError {
    pub code: ErrorCode,
    /// What the user reads, with the facts of this case. `texts::errors` writes it in a language.
    pub message: ErrorText,
    /// The input that is wrong, if it is a single one.
    pub field: Option<Field>,
    /// The maximum that would be accepted, in the currency of the amount that is too large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Decimal>,
}

impl DomainError {
    /// An error that concerns the whole request, with the id of its text.
    pub fn new(code: ErrorCode, message: impl Into<ErrorText>) -> Self {
        Self { code, message: message.into(), field: None, most: None }
    }

    /// An error whose text is the same in every language: only programs read it.
    pub fn plain(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code, ErrorText::plain(message))
    }

    /// Adds a value that the text names.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<TextValue>) -> Self {
        Self { message: self.message.with(name, value), ..self }
    }

    /// Sets the input that the error refers to.
    #[must_use]
    pub const fn on(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// Sets the maximum amount that would be accepted.
    #[must_use]
    pub const fn at_most(mut self, most: Decimal) -> Self {
        self.most = Some(most);
        self
    }

    /// An error for what does not exist, or belongs to another merchant.
    pub fn not_found(message: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, message)
    }

    /// An error for a missing input.
    pub fn required(field: Field) -> Self {
        Self::new(ErrorCode::Required, "error-required").on(field)
    }
}

/// For the log, where the layers above `texts` write the sentence instead.
impl fmt::Display for DomainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for DomainError {}
