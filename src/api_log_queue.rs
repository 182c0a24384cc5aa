//! Queue of API log entries in memory, until a worker writes them.

use crate::store::operations::api_log::ApiLogEntry;
use chrono::{DateTime, Duration, Utc};
use std::sync::{Mutex, PoisonError};

/// Maximum number of waiting entries. More are dropped, so that the log cannot exhaust the memory.
const WAITING: usize = 5_000;
/// Interval at which old entries are deleted.
const PRUNE_EVERY: Duration = Duration::hours(1);

/// Entries to be written.
#[derive(Debug, Default)]
pub struct ApiLogQueue(Mutex<QueuedEntries>);

#[derive(Debug, Default)]
struct QueuedEntries {
    entries: Vec<ApiLogEntry>,
    dropped: u64,
    pruned_at: Option<DateTime<Utc>>,
}

impl ApiLogQueue {
    /// Queues an entry.
    pub fn push(&self, entry: ApiLogEntry) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.entries.len() < WAITING {
            waiting.entries.push(entry);
        } else {
            waiting.dropped += 1;
        }
    }

    /// Drains the queue, and returns the number of entries that were dropped because it was full.
    pub fn drain(&self) -> (Vec<ApiLogEntry>, u64) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (std::mem::take(&mut waiting.entries), std::mem::take(&mut waiting.dropped))
    }

    /// Whether old entries should be deleted now.
    pub fn is_prune_due(&self, now: DateTime<Utc>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = waiting.pruned_at.is_none_or(|at| now - at >= PRUNE_EVERY);
        if due {
            waiting.pruned_at = Some(now);
        }
        due
    }
}
