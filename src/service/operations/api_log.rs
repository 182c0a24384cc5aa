//! The API log: queued in memory, written by a worker, kept for some days.
//!
//! Requests do not wait for their log entry, so reading causes no write. Entries in memory are lost if the server is
//! killed; movements of money are in the audit log, in the same transaction.

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

/// Writes the queued entries and deletes old ones.
pub async fn write(requite: &Requite) -> Result<(), Error> {
    let now = requite.context().now;
    let (entries, dropped) = requite.api_log.drain();
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

/// A page of requests.
pub async fn list(
    requite: &Requite,
    actor: &Actor,
    filter: &ApiLogFilter,
    page: &PageRequest,
) -> Result<Page<ApiLogEntry>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_log(actor.merchant(), filter, page).await?)
}

pub async fn get(requite: &Requite, actor: &Actor, id: ApiLogId) -> Result<ApiLogEntry, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(requite.store.api_log_entry(actor.merchant(), id).await?)
}
