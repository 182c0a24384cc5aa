//! Domain errors: a stable code, a sentence for the user, and the input concerned.

mod code;
mod field;

pub use code::{ErrorCode, ErrorKind};
pub use field::Field;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// A valid request that was rejected. It has changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainError {
    pub code: ErrorCode,
    /// One sentence for the user, with the facts of this case.
    pub message: Cow<'static, str>,
    /// The input that is wrong, if it is a single one.
    pub field: Option<Field>,
    /// The maximum that would be accepted, in the currency of the amount that is too large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Decimal>,
}

impl DomainError {
    /// An error that concerns the whole request.
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), field: None, most: None }
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

    /// An error for an id that does not exist, or belongs to another merchant.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// An error for a missing input.
    pub fn required(field: Field) -> Self {
        Self::new(ErrorCode::Required, "This is required.").on(field)
    }
}

impl fmt::Display for DomainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DomainError {}
