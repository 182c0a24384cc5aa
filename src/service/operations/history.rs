//! What is recorded of a payment intent or of a refund.

use crate::{
    domain::people::actor::{Actor, Permission},
    error::Error,
    service::customers::masking,
    store::{
        Store,
        operations::history::{History, HistoryEntry, HistoryOf},
    },
};

/// Who did what and why, what colleagues have noted, and which mails and callbacks told of it, newest first. From where
/// somebody acted is shown to those who may read the audit log, and the customer to those who may see customers.
pub async fn list(store: &Store, actor: &Actor, of: HistoryOf) -> Result<History, Error> {
    actor.require(Permission::Read)?;
    let mut history = masking::history(actor, store.history(actor.merchant(), of).await?);
    if !actor.may(Permission::ReadAudit) {
        for entry in &mut history.entries {
            if let HistoryEntry::Change(change) = entry {
                change.origin = None;
            }
        }
    }
    Ok(history)
}
