//! The audit log: append-only and hash-chained, so that verification finds and names changed, removed and reordered
//! entries.
//!
//! Each merchant has a chain. An entry's hash covers its content, its number and the previous hash. The length and the
//! newest hash are stored separately in `audit_chains`, so that entries missing at the end are noticed too. Someone who
//! can rewrite the whole database can rewrite the chain: keep the hash that `requite audit verify` prints somewhere
//! else, and compare.

use super::Change;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
};
use crate::{
    context::Context,
    domain::{ids::MerchantId, names::Named, people::actor::Actor},
    values,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// The previous hash of the first entry.
const BEGINNING: &str = "";
/// Number of entries read per query.
const BATCH: i64 = 1_000;

/// The hashed content of an audit entry, in the order in which it is hashed.
struct HashedEntry {
    merchant: Uuid,
    number: i64,
    id: Uuid,
    actor_kind: String,
    actor_id: Option<Uuid>,
    action: String,
    subject: Uuid,
    detail: Json,
    at: DateTime<Utc>,
    origin: Option<String>,
}

impl HashedEntry {
    /// Returns the SHA-256 of the previous hash and every field, as one JSON array with sorted keys. The encoding is
    /// unambiguous: no two entries give the same text.
    fn hash(&self, before: &str) -> String {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let mut members = vec![
            json!(before),
            json!(self.merchant),
            json!(self.number),
            json!(self.id),
            json!(self.actor_kind),
            json!(self.actor_id),
            json!(self.action),
            json!(self.subject),
            json!(sorted(&self.detail)),
            json!(at),
        ];
        // Entries from before the origin was recorded have none, and their hash must stay the same.
        members.extend(self.origin.iter().map(|origin| json!(origin)));
        let members = Json::Array(members);
        Sha256::digest(members.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Serialises JSON with sorted keys, because PostgreSQL does not keep the order in which they were written.
fn sorted(json: &Json) -> String {
    match json {
        Json::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let texts: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}:{}", Json::from(name.as_str()), sorted(value)))
                .collect();
            format!("{{{}}}", texts.join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Appends an entry to the merchant's audit chain and locks the chain until the transaction ends. Call it after taking
/// every other lock: two transactions that lock chain and balances in different orders would deadlock. Returns the
/// entry's number.
pub(in crate::store) async fn append(
    transaction: &mut Transaction,
    context: &Context<'_>,
    actor: &Actor,
    change: &Change<'_>,
) -> Result<i64, Error> {
    let merchant = actor.merchant();
    let (length, head) = lock_chain(transaction, merchant).await?;
    let entry = HashedEntry {
        merchant: merchant.0,
        number: length + 1,
        id: context.id(),
        actor_kind: actor.kind().as_str().to_owned(),
        actor_id: actor.id(),
        action: change.action.to_owned(),
        subject: change.subject,
        detail: change.detail.clone(),
        at: context.now,
        origin: actor.origin(),
    };
    let hash = entry.hash(&head);
    transaction
        .execute(
            "insert into audit_entries (id, merchant_id, actor_kind, actor_id, action, subject_id, detail, at, number, hash,
                origin)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            values![
                entry.id,
                merchant,
                entry.actor_kind,
                entry.actor_id,
                entry.action,
                entry.subject,
                entry.detail,
                entry.at,
                entry.number,
                &hash,
                entry.origin
            ],
        )
        .await?;
    transaction
        .execute(
            "update audit_chains set length = $1, head = $2 where merchant_id = $3",
            values![entry.number, hash, merchant],
        )
        .await?;
    Ok(entry.number)
}

/// Sorts rows by merchant. A transaction that locks several chains must lock them in this order, or it could deadlock
/// with another.
pub(in crate::store) fn sort_by_merchant(rows: &mut [Row]) -> Result<(), Error> {
    let read = |row: &Row| row.get::<Uuid>("merchant_id");
    rows.iter().try_for_each(|row| read(row).map(drop))?;
    rows.sort_by_cached_key(|row| read(row).unwrap_or_default());
    Ok(())
}

/// Locks the merchant's audit chain until the transaction ends. Returns its length and its newest hash.
pub(in crate::store) async fn lock_chain(
    transaction: &mut Transaction,
    merchant: MerchantId,
) -> Result<(i64, String), Error> {
    let select = format!("select length, head from audit_chains where merchant_id = $1{}", transaction.for_update());
    if let Some(row) = transaction.optional(select.clone(), values![merchant]).await? {
        return Ok((row.get("length")?, row.get("head")?));
    }
    transaction
        .execute(
            "insert into audit_chains (merchant_id, length, head) values ($1, 0, $2) on conflict do nothing",
            values![merchant, BEGINNING],
        )
        .await?;
    let row = transaction.one(select, values![merchant]).await?;
    Ok((row.get("length")?, row.get("head")?))
}

/// The result of verifying a merchant's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChainReport {
    pub merchant: MerchantId,
    /// The expected number of entries, from `audit_chains`.
    pub length: i64,
    /// The newest hash, from `audit_chains`. Keep a copy elsewhere.
    pub head: String,
    /// Number of entries from before the chain was introduced. They are not protected.
    pub unchained: i64,
    /// Sorted by entry number.
    pub problems: Vec<AuditChainProblem>,
}

/// Evidence of tampering with the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditChainProblem {
    /// The content does not match the hash, or the entry was moved to another number.
    Changed {
        /// Position in the chain.
        number: i64,
        id: Uuid,
    },
    /// The entry was removed.
    Missing {
        /// Position in the chain.
        number: i64,
    },
    /// The entry's number is beyond the length of the chain.
    Surplus {
        /// Position in the chain.
        number: i64,
        id: Uuid,
    },
    /// The newest entry's hash differs from the one stored in `audit_chains`.
    HeadDiffers,
}

impl fmt::Display for AuditChainProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { number, id } => write!(f, "entry {number} ({id}) was changed or moved"),
            Self::Missing { number } => write!(f, "entry {number} is missing"),
            Self::Surplus { number, id } => write!(f, "entry {number} ({id}) was added behind the end"),
            Self::HeadDiffers => f.write_str("the newest hash differs from the one kept beside the chain"),
        }
    }
}

impl Store {
    /// Verifies every merchant's chain on one snapshot of the database.
    pub async fn verify_audit(&self) -> Result<Vec<AuditChainReport>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let chains = snapshot
            .all(
                "select m.id, coalesce(c.length, 0) as length, coalesce(c.head, '') as head,
                    (select count(*) from audit_entries a where a.merchant_id = m.id and a.number is null) as unchained
                 from merchants m left join audit_chains c on c.merchant_id = m.id order by m.created_at, m.id",
                vec![],
            )
            .await?;
        let mut reports = Vec::with_capacity(chains.len());
        for chain in chains {
            let mut report = AuditChainReport {
                merchant: MerchantId(chain.get("id")?),
                length: chain.get("length")?,
                head: chain.get("head")?,
                unchained: chain.get("unchained")?,
                problems: Vec::new(),
            };
            verify_chain(&mut snapshot, &mut report).await?;
            reports.push(report);
        }
        Ok(reports)
    }
}

async fn verify_chain(snapshot: &mut Transaction, report: &mut AuditChainReport) -> Result<(), Error> {
    let (mut number, mut before) = (0, BEGINNING.to_owned());
    loop {
        let rows = snapshot
            .all(
                format!(
                    "select id, merchant_id, actor_kind, actor_id, action, subject_id, detail, at, number, hash, origin
                     from audit_entries where merchant_id = $1 and number > $2 order by number limit {BATCH}"
                ),
                values![report.merchant, number],
            )
            .await?;
        for row in &rows {
            let entry = from_row(row)?;
            report.problems.extend((number + 1..entry.number).map(|number| AuditChainProblem::Missing { number }));
            let gap = entry.number > number + 1;
            let hash = row.get::<Option<String>>("hash")?.unwrap_or_default();
            // After a gap the previous hash is unknown, so this entry's own hash cannot be checked.
            if entry.number > report.length {
                report.problems.push(AuditChainProblem::Surplus { number: entry.number, id: entry.id });
            } else if !gap && entry.hash(&before) != hash {
                report.problems.push(AuditChainProblem::Changed { number: entry.number, id: entry.id });
            }
            number = entry.number;
            before = hash;
        }
        if rows.is_empty() {
            break;
        }
    }
    report.problems.extend((number + 1..=report.length).map(|number| AuditChainProblem::Missing { number }));
    if report.problems.is_empty() && before != report.head {
        report.problems.push(AuditChainProblem::HeadDiffers);
    }
    Ok(())
}

fn from_row(row: &Row) -> Result<HashedEntry, Error> {
    Ok(HashedEntry {
        merchant: row.get("merchant_id")?,
        number: row.get("number")?,
        id: row.get("id")?,
        actor_kind: row.get("actor_kind")?,
        actor_id: row.get("actor_id")?,
        action: row.get("action")?,
        subject: row.get("subject_id")?,
        detail: row.get("detail")?,
        at: row.get("at")?,
        origin: row.get("origin")?,
    })
}
