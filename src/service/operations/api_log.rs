//! The log of what programs asked: gathered in memory, written by a worker, kept for some days.
//!
//! A request does not wait for its entry to be written, and reading does not become writing. What is gathered when a server
//! is killed is lost; what happened to money is in the audit log, in the transaction that did it.

use crate::{
    domain::{
        ids::ApiLogId,
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
    },
    error::Error,
    state::Requite,
    store::operations::api_log::{ApiLogEntry, ApiLogFilter},
};
use chrono::{DateTime, Duration, Utc};
use std::sync::{Mutex, PoisonError};

/// The most entries that wait to be written. More are dropped: a log that fills the memory would stop what it tells of.
const WAITING: usize = 5_000;
/// How often old entries are looked for.
const PRUNE_EVERY: Duration = Duration::hours(1);

/// What waits to be written.
#[derive(Debug, Default)]
pub struct ApiLog(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    entries: Vec<ApiLogEntry>,
    dropped: u64,
    pruned_at: Option<DateTime<Utc>>,
}

impl ApiLog {
    /// Takes an entry to be written soon.
    pub fn take(&self, entry: ApiLogEntry) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.entries.len() < WAITING {
            waiting.entries.push(entry);
        } else {
            waiting.dropped += 1;
        }
    }

    fn all(&self) -> (Vec<ApiLogEntry>, u64) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (std::mem::take(&mut waiting.entries), std::mem::take(&mut waiting.dropped))
    }

    /// Whether old entries have to be looked for now.
    fn is_prune_due(&self, now: DateTime<Utc>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = waiting.pruned_at.is_none_or(|at| now - at >= PRUNE_EVERY);
        if due {
            waiting.pruned_at = Some(now);
        }
        due
    }
}

/// Writes what waits, and forgets what is old.
pub async fn write(requite: &Requite) -> Result<(), Error> {
    let now = requite.context().now;
    let (entries, dropped) = requite.api_log.all();
    if dropped > 0 {
        tracing::warn!(dropped, "{dropped} requests are not in the API log: there were too many to write");
    }
    if !entries.is_empty() {
        requite.store.add_api_log(&entries).await?;
    }
    if requite.api_log.is_prune_due(now) {
        requite.store.prune_api_log(now - requite.settings.api_log_lifetime).await?;
    }
    Ok(())
}

/// One page of requests.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &ApiLogFilter,
    page: &PageRequest,
) -> Result<Page<ApiLogEntry>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_log(actor.merchant(), filter, page).await?)
}

/// One request.
pub async fn get(requite: &Requite, actor: &Actor, id: ApiLogId) -> Result<ApiLogEntry, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_log_entry(actor.merchant(), id).await?)
}
