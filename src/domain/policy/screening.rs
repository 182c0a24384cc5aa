//! What a list of addresses that must not be paid says of one of them.

use crate::domain::{
    address::canonical,
    error::{DomainError, ErrorCode},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

/// When an address is looked up. Lists change, so it is done again before money leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// When the refund is made.
    Entry,
    /// When somebody approves it.
    Approval,
    /// Right before it is handed to the rail.
    Payout,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Stage; 3] = [Self::Entry, Self::Approval, Self::Payout];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Approval => "approval",
            Self::Payout => "payout",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}

/// What a source said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screened {
    /// Which list was asked; `none` when there is none.
    pub list: String,
    /// Which version of it.
    pub version: String,
    /// Why the address is on it, if it is.
    pub hit: Option<String>,
}

impl Screened {
    /// What is said where nobody has imported a list.
    pub fn without_list() -> Self {
        Self { list: "none".to_owned(), version: String::new(), hit: None }
    }

    /// What a person reads of a hit.
    pub fn sentence(&self) -> Option<String> {
        let reason = self.hit.as_ref()?;
        Some(format!("This address is on the deny list {} {}: {reason}", self.list, self.version))
    }

    /// Refuses an address that is on the list.
    pub fn require_clear(&self) -> Result<(), DomainError> {
        match self.sentence() {
            None => Ok(()),
            Some(message) => Err(DomainError::new(ErrorCode::DestinationDenied, message).on("destination.address")),
        }
    }
}

/// A look-up as it is kept with a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreeningRecord {
    /// When in the life of the refund.
    pub stage: Stage,
    /// What was said.
    pub screened: Screened,
    /// When.
    pub at: DateTime<Utc>,
}

/// A deny list as it is imported: `{"name": "OFAC SDN", "version": "2026-11-20", "date": "2026-11-20", "addresses":
/// [{"address": "0x…", "reason": "…"}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DenyListFile {
    /// What it is called.
    pub name: String,
    /// Which version it is, in its maker's own counting.
    pub version: String,
    /// The day that it is of.
    pub date: NaiveDate,
    /// The addresses that must not be paid.
    pub addresses: Vec<DeniedAddress>,
}

/// An address on a deny list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeniedAddress {
    /// The address, in any of the ways in which its network writes it.
    pub address: String,
    /// Why it is on the list.
    #[serde(default)]
    pub reason: String,
}

impl DenyListFile {
    /// Reads a file; tells in words what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let list: Self = serde_json::from_str(text).map_err(|error| format!("it is not a deny list: {error}"))?;
        if list.name.trim().is_empty() || list.version.trim().is_empty() {
            return Err("a deny list has a name and a version".to_owned());
        }
        if list.addresses.is_empty() {
            return Err("it has no addresses; a list that denies nothing is more likely a mistake".to_owned());
        }
        Ok(list)
    }

    /// Each address once, in the form in which refunds keep theirs, with its reason. Addresses of networks that Requite
    /// does not send on stay as they are.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let form = |text: &str| canonical(text).unwrap_or_else(|| text.trim().to_owned());
        self.addresses
            .iter()
            .map(|denied| {
                let reason = denied.reason.trim();
                (form(&denied.address), if reason.is_empty() { "no reason is given." } else { reason }.to_owned())
            })
            .collect()
    }
}
