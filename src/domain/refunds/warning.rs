//! Warnings about the address of a refund, and the reason that overrides them. Whoever overrides one must not override
//! another without knowing it, so a reason names the warnings that it is about.

use crate::domain::{
    error::{DomainError, ErrorCode, Field},
    names::Named,
};
use strum::{IntoStaticStr, VariantArray};

/// A warning that a reason can override.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The names in the APIs and in the database, which are the codes of the errors.
#[strum(serialize_all = "snake_case")]
pub enum Warning {
    /// The address is similar to an earlier one.
    AddressLooksAlike,
    /// There is a contract at the address.
    AddressIsContract,
    /// An account of the server has paid the address, and no refund here has that payment: a restored backup may have lost
    /// the refund, which would be paid again. People are warned, and programs without an idempotency key. A program that
    /// repeats its request with the same key gets the same refund.
    AddressPaidBefore,
}

impl Warning {
    /// The error of a refund that does not override it.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::AddressLooksAlike => ErrorCode::AddressLooksAlike,
            Self::AddressIsContract => ErrorCode::AddressIsContract,
            Self::AddressPaidBefore => ErrorCode::AddressPaidBefore,
        }
    }

    /// Parses a code that a request names.
    pub fn parse_code(code: &str) -> Result<Self, DomainError> {
        Self::parse(code).ok_or_else(|| {
            let error = DomainError::new(ErrorCode::TextInvalid, "error-warning-unknown");
            error.with("names", Self::names().join(", "))
        })
    }

    /// The codes in the order of the declaration, each once, with spaces between.
    pub fn codes(warnings: &[Self]) -> String {
        Self::all().filter(|warning| warnings.contains(warning)).map(Self::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Reads [`Warning::codes`]. What is not a code is left out: it overrides nothing.
    pub fn of_codes(codes: &str) -> Vec<Self> {
        codes.split_whitespace().filter_map(Self::parse).collect()
    }
}

/// Why a refund is sent despite warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideReason {
    pub text: String,
    /// The overridden warnings; `None` if the request does not name them.
    pub overrides: Option<Vec<Warning>>,
}

impl OverrideReason {
    /// Rejects warnings that are overridden without a reason.
    pub fn new(text: Option<String>, overrides: Option<Vec<Warning>>) -> Result<Option<Self>, DomainError> {
        match (text, overrides) {
            (Some(text), overrides) => Ok(Some(Self { text, overrides })),
            (None, Some(named)) if !named.is_empty() => Err(DomainError::required(Field::OverrideReason)),
            (None, _) => Ok(None),
        }
    }

    /// Whether it overrides a warning, if `number` of them apply. Without names it is about a similar address, as it was
    /// before there were other warnings, and only if nothing else is wrong with the address.
    pub fn covers(&self, warning: Warning, number: usize) -> bool {
        match &self.overrides {
            Some(named) => named.contains(&warning),
            None => warning == Warning::AddressLooksAlike && number == 1,
        }
    }
}
