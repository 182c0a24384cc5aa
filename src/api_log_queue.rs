//! Entries of the API log, gathered in memory until a worker writes them.

use crate::store::operations::api_log::ApiLogEntry;
use chrono::{DateTime, Duration, Utc};
use std::sync::{Mutex, PoisonError};

/// The most entries that wait to be written. More are dropped: a log that fills the memory would stop what it tells of.
const WAITING: usize = 5_000;
/// How often old entries are looked for.
const PRUNE_EVERY: Duration = Duration::hours(1);

/// What waits to be written.
#[derive(Debug, Default)]
pub struct ApiLogQueue(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    entries: Vec<ApiLogEntry>,
    dropped: u64,
    pruned_at: Option<DateTime<Utc>>,
}

impl ApiLogQueue {
    /// Takes an entry to be written soon.
    pub fn take(&self, entry: ApiLogEntry) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.entries.len() < WAITING {
            waiting.entries.push(entry);
        } else {
            waiting.dropped += 1;
        }
    }

    /// Takes out what waits, and how many entries were dropped because too many waited.
    pub fn drain(&self) -> (Vec<ApiLogEntry>, u64) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (std::mem::take(&mut waiting.entries), std::mem::take(&mut waiting.dropped))
    }

    /// Whether old entries have to be looked for now.
    pub fn is_prune_due(&self, now: DateTime<Utc>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = waiting.pruned_at.is_none_or(|at| now - at >= PRUNE_EVERY);
        if due {
            waiting.pruned_at = Some(now);
        }
        due
    }
}
