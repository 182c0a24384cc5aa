//! Reading the audit log: filtered, paged, with the actors' names.

use crate::store::{
    Error, Store,
    engine::{
        Row,
        listing::{Conditions, in_reading_order},
    },
};
use crate::{
    domain::{
        error::ErrorText,
        ids::MerchantId,
        names::Named,
        paging::{Page, PageRequest, Total},
        people::actor::ActorKind,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

/// Filters of a list of audit entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// A prefix of the action: `refund`, `policy.changed`.
    pub action: Option<String>,
    /// The id of the changed intent, refund, key or person, or of the person or key who acted.
    pub about: Option<Uuid>,
    /// Earliest time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time, inclusive.
    pub to: Option<DateTime<Utc>>,
}

/// An audit entry as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    pub id: Uuid,
    /// Position in the merchant's chain.
    pub number: i64,
    /// Who acted.
    pub actor: ErrorText,
    /// The network address the request came from.
    pub origin: Option<String>,
    /// Such as `refund.created`.
    pub action: String,
    /// The id of the changed resource.
    pub subject: Uuid,
    /// The facts, with the values before and after.
    pub detail: Json,
    pub at: DateTime<Utc>,
    /// The entry's hash, which covers all previous entries.
    pub hash: String,
}

pub(super) const COLUMNS: &str = "select id, number, actor_kind, actor_id, origin, action, subject_id, detail, at, hash,
    coalesce((select u.name from users u where u.id = actor_id), (select k.name from api_keys k where k.id = actor_id)) as actor_name";

impl AuditFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        // Entries from before the chain have no number and so no place in the order.
        conditions.and("number is not null", vec![]);
        if let Some(action) = &self.action {
            // Not `like`, because `%` and `_` in the input would be wildcards, and not a range, because its result
            // depends on the collation of the database.
            let beginning = format!("substr(action, 1, {}) = ?", action.chars().count());
            conditions.and(&beginning, values![action.as_str()]);
        }
        conditions.and_some("at >= ?", self.from);
        conditions.and_some("at <= ?", self.to);
        if let Some(about) = self.about {
            conditions.and("(subject_id = ? or actor_id = ?)", values![about, about]);
        }
        conditions
    }
}

impl Store {
    /// Returns one page of the merchant's audit log, in chain order.
    pub async fn audit_entries(
        &self,
        merchant: MerchantId,
        filter: &AuditFilter,
        request: &PageRequest,
    ) -> Result<Page<AuditEntry>, Error> {
        let (sql, values) = filter.conditions(merchant).page(COLUMNS, "audit_entries", "number", request);
        let rows = in_reading_order(self.database.snapshot().await?.all(sql, values).await?, request);
        let entries = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(entries, request, |entry| entry.id))
    }

    /// Returns how many entries of the merchant's audit log match.
    pub async fn total_of_audit_entries(&self, merchant: MerchantId, filter: &AuditFilter) -> Result<Total, Error> {
        filter.conditions(merchant).total(&mut self.database.snapshot().await?, "audit_entries").await
    }
}

pub(super) fn from_row(row: &Row) -> Result<AuditEntry, Error> {
    let kind: String = row.get("actor_kind")?;
    let name: Option<String> = row.get("actor_name")?;
    let actor = match ActorKind::parse(&kind) {
        Some(kind) => kind.label(name.as_deref()),
        None => ErrorText::name(kind),
    };
    Ok(AuditEntry {
        id: row.get("id")?,
        number: row.get("number")?,
        actor,
        origin: row.get("origin")?,
        action: row.get("action")?,
        subject: row.get("subject_id")?,
        detail: row.get("detail")?,
        at: row.get("at")?,
        hash: row.get::<Option<String>>("hash")?.unwrap_or_default(),
    })
}
