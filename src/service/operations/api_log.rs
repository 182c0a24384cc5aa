//! The API log: queued in memory, written by a worker, kept for some days.
//!
//! Requests do not wait for their log entry, so reading causes no write. Entries in memory are lost if the server is
//! killed; movements of money are in the audit log, in the same transaction.

use crate::{
    api_log_queue::ApiLogQueue,
    context::Context,
    domain::{
        counted::counted,
        ids::ApiLogId,
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{
        Store,
        operations::api_log::{ApiLogEntry, ApiLogFilter},
    },
};
use chrono::Duration;

/// Writes the queued entries and deletes those that are older than their lifetime.
pub async fn write(store: &Store, context: &Context<'_>, queue: &ApiLogQueue, lifetime: Duration) -> Result<(), Error> {
    let (entries, dropped) = queue.drain();
    if dropped > 0 {
        let requests = counted(dropped, "request");
        tracing::warn!(dropped, "the API log lacks {requests}, because its queue was full");
    }
    if !entries.is_empty() {
        store.add_api_log(&entries).await?;
    }
    if queue.is_prune_due(context.now) {
        store.prune_api_log(context.now - lifetime).await?;
    }
    Ok(())
}

/// A page of requests.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &ApiLogFilter,
    page: &PageRequest,
) -> Result<Page<ApiLogEntry>, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.api_log(actor.merchant(), filter, page).await?)
}

/// How many requests match.
pub async fn total(store: &Store, actor: &Actor, filter: &ApiLogFilter) -> Result<Total, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.total_of_api_log(actor.merchant(), filter).await?)
}

pub async fn get(store: &Store, actor: &Actor, id: ApiLogId) -> Result<ApiLogEntry, Error> {
    actor.require(Permission::ManageApiKeys)?;
    Ok(store.api_log_entry(actor.merchant(), id).await?)
}
