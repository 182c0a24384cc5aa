//! What a reconciliation of an account that pays refunds has found and done, for people.

use crate::domain::ids::RefundId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The part of a reconciliation that is remembered. What has to be explained is stored by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationRecord {
    /// Refunds whose transfers were found in the signer's memory, and are followed now.
    pub adopted: Vec<RefundId>,
    /// Refunds that were found to have ended, with the names of the states of their transfers.
    pub ended: Vec<(RefundId, String)>,
    /// The refunds that a transaction without an explanation can be assigned to, by its hash; none for a transaction that
    /// was not compared.
    #[serde(default)]
    pub fitting: BTreeMap<String, Vec<RefundId>>,
    /// What has to become final first, or has to be done first. These texts are as they are stored (`ErrorText::stored`).
    pub waiting: Vec<String>,
    /// What cannot be proven.
    pub unproven: Vec<String>,
    /// The blocks that were searched, both inclusive.
    pub searched: (u64, u64),
    pub next_nonce: u64,
}
