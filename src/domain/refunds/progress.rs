//! The progress of a refund, for its page and its island.

use serde::{Deserialize, Serialize};

/// The progress of a refund, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Whether the status is final.
    pub is_final: bool,
    /// Differs when the other parts of the page show something else.
    pub version: String,
    /// The timeline, newest first.
    pub steps: Vec<ProgressStep>,
}

/// One step of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressStep {
    pub status: String,
    /// The status for users.
    pub title: String,
    /// Details.
    pub detail: Option<String>,
    /// The time in UTC, for users.
    pub at: String,
    /// The time for programs.
    pub datetime: String,
}
