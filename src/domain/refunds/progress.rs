//! How far a refund has come, as its page shows it and its island asks for it.

use serde::{Deserialize, Serialize};

/// How far a refund has come, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Name of the status.
    pub status: String,
    /// The status as a person reads it.
    pub title: String,
    /// What happens next and who must act.
    pub sentence: String,
    /// Whether nothing can follow.
    pub is_final: bool,
    /// The transaction on the chain.
    pub transaction_hash: Option<String>,
    /// The steps so far, the newest first.
    pub steps: Vec<ProgressStep>,
}

/// One step of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressStep {
    /// Name of the status.
    pub status: String,
    /// The status as a person reads it.
    pub title: String,
    /// What there is to say about it.
    pub detail: Option<String>,
    /// When, in UTC, for people.
    pub at: String,
    /// When, for programs.
    pub datetime: String,
}
