//! Screening of addresses against a deny list.

use crate::domain::{
    address::canonical,
    error::{DomainError, ErrorCode, ErrorText, Field},
    text::{self, Lines, TextError},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;
use strum::{IntoStaticStr, VariantArray};

/// When an address is screened. Lists change, so it is repeated before money leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum ScreeningStage {
    /// When the refund is created.
    Entry,
    /// When it is approved.
    Approval,
    /// Right before the payout is sent.
    Payout,
}

/// The result of screening an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreeningResult {
    /// The name of the list; `none` when there is none.
    pub list: String,
    /// The version of the list.
    pub version: String,
    /// Why the address is on the list, if it is.
    pub hit: Option<String>,
}

impl ScreeningResult {
    /// The result when no list has been imported.
    pub fn without_list() -> Self {
        Self { list: "none".to_owned(), version: String::new(), hit: None }
    }

    /// The message for a match.
    pub fn text(&self) -> Option<ErrorText> {
        let reason = self.hit.as_ref()?;
        let text = ErrorText::new("error-on-deny-list").with("list", self.list.as_str());
        Some(text.with("version", self.version.as_str()).with("reason", reason.as_str()))
    }

    /// Rejects an address on the list.
    pub fn require_clear(&self) -> Result<(), DomainError> {
        match self.text() {
            None => Ok(()),
            Some(message) => Err(DomainError::new(ErrorCode::DestinationDenied, message).on(Field::DestinationAddress)),
        }
    }
}

/// A screening result stored with a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreeningRecord {
    pub stage: ScreeningStage,
    pub screened: ScreeningResult,
    pub at: DateTime<Utc>,
}

/// A deny list as imported: `{"name": "OFAC SDN", "version": "2026-11-20", "date": "2026-11-20", "addresses":
/// [{"address": "0x…", "reason": "…"}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DenyListFile {
    pub name: String,
    /// The publisher's version.
    pub version: String,
    /// The date of the list.
    pub date: NaiveDate,
    /// Addresses that must not be paid.
    pub addresses: Vec<DeniedAddress>,
}

/// An address on a deny list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeniedAddress {
    /// In any notation of its network.
    pub address: String,
    /// Why it is on the list.
    #[serde(default)]
    pub reason: String,
}

/// Maximum length of the name and of the version of a list.
const TITLE_MAX: usize = 200;

/// What is wrong with a file that is to be a deny list.
#[derive(Debug, thiserror::Error)]
pub enum DenyListError {
    #[error("it is not a deny list")]
    Malformed(#[from] serde_json::Error),
    #[error("a deny list has a name and a version")]
    Unnamed,
    #[error("its name or version cannot be read")]
    Unreadable(TextError),
    #[error("it has no addresses; a list that denies nothing is more likely a mistake")]
    Empty,
}

impl DenyListFile {
    /// Parses a file.
    pub fn parse(text: &str) -> Result<Self, DenyListError> {
        let list: Self = serde_json::from_str(text)?;
        for title in [&list.name, &list.version] {
            text::parse(title, Lines::One, TITLE_MAX)
                .map_err(DenyListError::Unreadable)?
                .ok_or(DenyListError::Unnamed)?;
        }
        if list.addresses.is_empty() {
            return Err(DenyListError::Empty);
        }
        Ok(list)
    }

    /// Maps each address, in canonical form, to its reason. Addresses of unsupported networks stay unchanged.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let form = |text: &str| canonical(text).unwrap_or_else(|| text.trim().to_owned());
        self.addresses
            .iter()
            .map(|denied| {
                // A list is not refused because of a sign in a name on it, since all its other addresses would not be
                // denied then.
                let reason = text::revealed(denied.reason.trim());
                (form(&denied.address), if reason.is_empty() { "no reason is given.".to_owned() } else { reason })
            })
            .collect()
    }
}
