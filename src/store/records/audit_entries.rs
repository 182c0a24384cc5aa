//! Reading the audit log: filtered, in pages, with the names of those who acted.

use crate::store::{
    Error, Store,
    engine::{
        Row,
        listing::{Conditions, in_reading_order},
    },
};
use crate::{
    domain::{
        ids::MerchantId,
        paging::{Page, PageRequest},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only those whose action begins like this: `refund`, `policy.changed`.
    pub action: Option<String>,
    /// Only those about this intent, refund, key or person, or done by this person or key.
    pub about: Option<Uuid>,
    /// Only those at or after.
    pub from: Option<DateTime<Utc>>,
    /// Only those at or before.
    pub to: Option<DateTime<Utc>>,
}

/// One entry as it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// Its place in the chain.
    pub number: i64,
    /// Who did it: a name, or the kind of actor.
    pub actor: String,
    /// The network address that it was done from.
    pub origin: Option<String>,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: Uuid,
    /// The facts, before and after.
    pub detail: Json,
    /// When.
    pub at: DateTime<Utc>,
    /// Its hash, which covers all before it.
    pub hash: String,
}

const COLUMNS: &str = "select id, number, actor_kind, actor_id, origin, action, subject_id, detail, at, hash,
    coalesce((select u.name from users u where u.id = actor_id), (select k.name from api_keys k where k.id = actor_id)) as actor_name";

impl AuditFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        // What is older than the chain has no number and no place in the order.
        conditions.and("number is not null", vec![]);
        if let Some(action) = &self.action {
            // Not a pattern, in which characters of the text would have a meaning, nor a range, which depends on the
            // collation of the database.
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
    /// One page of a merchant's audit log, in the order of the chain.
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
}

fn from_row(row: &Row) -> Result<AuditEntry, Error> {
    let kind: String = row.get("actor_kind")?;
    let name: Option<String> = row.get("actor_name")?;
    let actor = match (kind.as_str(), name) {
        ("api_key", Some(name)) => format!("API key {name}"),
        (_, Some(name)) => name,
        ("customer", None) => "The customer".to_owned(),
        ("system", None) => "Requite".to_owned(),
        (_, None) => kind,
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
