//! Reads the audit log.

use crate::{
    domain::{
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
    },
    error::Error,
    store::{
        Store,
        operations::audit::{AuditEntry, AuditFilter},
    },
};

/// A page of the audit log.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditEntry>, Error> {
    actor.require(Permission::ReadAudit)?;
    Ok(store.audit_entries(actor.merchant(), filter, page).await?)
}

/// How many entries match.
pub async fn total(store: &Store, actor: &Actor, filter: &AuditFilter) -> Result<Total, Error> {
    actor.require(Permission::ReadAudit)?;
    Ok(store.total_of_audit_entries(actor.merchant(), filter).await?)
}
