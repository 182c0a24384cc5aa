//! The memo that identifies the customer of a shared address: XRP's destination tag, Stellar's and Hedera's memo.
//!
//! An exchange cannot assign a deposit without its memo, and often keeps it. The address alone does not show whether it
//! is shared, so on networks where exchanges use memos, omitting one must be explicit.

use super::{Address, AddressMemo, network::Network};
use crate::domain::error::{DomainError, ErrorCode, ErrorText, Field};
use serde::{Serialize, Serializer};
use std::fmt;

/// The longest memo on any network, in bytes: Algorand's note.
pub const MAX_BYTES: usize = 1_000;

/// Whether transfers on a network can have a memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoRule {
    /// Transfers cannot have a memo. One that is provided would be lost, so it is rejected.
    None,
    /// A memo is possible but rarely needed.
    Optional(MemoFormat),
    /// Shared addresses need a memo; the caller must declare when the customer needs none.
    Expected(MemoFormat),
}

/// The format of a network's memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoFormat {
    /// A number from 0 to 4294967295: XRP's destination tag.
    Tag,
    Text {
        bytes: usize,
    },
    /// A text of 28 bytes, or a hash of 64 hexadecimal digits (Stellar's `MEMO_TEXT` and `MEMO_HASH`).
    Stellar,
}

impl MemoRule {
    /// The format of the memo, where the network has one.
    pub const fn form(self) -> Option<MemoFormat> {
        match self {
            Self::None => None,
            Self::Optional(form) | Self::Expected(form) => Some(form),
        }
    }

    /// The common name for the memo on this network.
    pub const fn name(self) -> &'static str {
        match self.form() {
            Some(MemoFormat::Tag) => "destination tag",
            _ => "memo",
        }
    }
}

/// A memo that is valid for its network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memo(String);

impl Memo {
    /// The text as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Validates the memo of a transfer against the address and the checkbox 'no memo needed'.
    ///
    /// # Errors
    ///
    /// A memo is provided where the network or the address has no place for it; it is missing where it is expected and
    /// not declared unnecessary; it contradicts the address or the checkbox; or its format is wrong.
    pub fn decide(address: &Address, typed: Option<&str>, not_needed: bool) -> Result<Option<Self>, DomainError> {
        let network = address.network();
        let rule = network.memo_rule();
        let typed = typed.map(str::trim).filter(|text| !text.is_empty());
        let Some(form) = rule.form() else { return require_none(network, typed) };
        let typed = typed.map(|text| parse(form, text)).transpose()?;
        if typed.is_some() && not_needed {
            return Err(conflict("error-memo-and-not-needed".into()));
        }
        match (address.memo(), typed) {
            (AddressMemo::Inside, None) => Ok(None),
            (AddressMemo::Inside, Some(_)) => Err(conflict("error-memo-inside".into())),
            (AddressMemo::Tag(tag), None) => Ok(Some(Self(tag.to_string()))),
            (AddressMemo::Tag(tag), Some(memo)) if memo.0 == tag.to_string() => Ok(Some(memo)),
            (AddressMemo::Tag(tag), Some(_)) => Err(conflict(ErrorText::new("error-memo-other-tag").with("tag", tag))),
            (AddressMemo::Silent | AddressMemo::NotNeeded, Some(memo)) => Ok(Some(memo)),
            (AddressMemo::NotNeeded, None) => Ok(None),
            (AddressMemo::Silent, None) if not_needed || matches!(rule, MemoRule::Optional(_)) => Ok(None),
            (AddressMemo::Silent, None) => Err(missing(network)),
        }
    }
}

impl fmt::Display for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Memo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

fn require_none(network: Network, typed: Option<&str>) -> Result<Option<Memo>, DomainError> {
    let Some(_) = typed else { return Ok(None) };
    let error = DomainError::new(ErrorCode::MemoNotSupported, "error-memo-not-supported");
    Err(error.with("network", network.title()).on(Field::DestinationMemo))
}

fn missing(network: Network) -> DomainError {
    let message = match network.memo_rule().form() {
        Some(MemoFormat::Tag) => "error-memo-missing-tag",
        _ => "error-memo-missing",
    };
    DomainError::new(ErrorCode::MemoMissing, message).with("network", network.title()).on(Field::DestinationMemo)
}

fn conflict(message: ErrorText) -> DomainError {
    DomainError::new(ErrorCode::MemoConflict, message).on(Field::DestinationMemo)
}

/// Parses a memo. Only printable ASCII is accepted, since people must be able to compare it.
fn parse(form: MemoFormat, text: &str) -> Result<Memo, DomainError> {
    let invalid = |message: ErrorText| DomainError::new(ErrorCode::MemoInvalid, message).on(Field::DestinationMemo);
    if !text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return Err(invalid("error-memo-characters".into()));
    }
    match form {
        MemoFormat::Tag => {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let tag = text.parse::<u32>().ok().filter(|_| digits);
            // Without leading zeros, so that equal tags are equal texts.
            tag.map(|tag| Memo(tag.to_string()))
                .ok_or_else(|| invalid(ErrorText::new("error-memo-tag").with("most", u32::MAX)))
        }
        MemoFormat::Text { bytes } if text.len() <= bytes => Ok(Memo(text.to_owned())),
        MemoFormat::Text { bytes } => Err(invalid(ErrorText::new("error-memo-too-long").with("most", bytes))),
        MemoFormat::Stellar if text.len() <= 28 => Ok(Memo(text.to_owned())),
        MemoFormat::Stellar if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(Memo(text.to_ascii_lowercase()))
        }
        MemoFormat::Stellar => Err(invalid("error-memo-stellar".into())),
    }
}
