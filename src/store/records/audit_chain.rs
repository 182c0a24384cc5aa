//! The audit log: append-only, and chained by hashes, so that a changed, removed or reordered entry is found and named.
//!
//! Each merchant has a chain. An entry's hash covers its content, its number and the hash before it; the newest number and
//! hash are kept beside the chain, so that entries missing at its end are noticed too. Whoever can rewrite the whole
//! database can rewrite the chain: keep the hash that `requite audit verify` prints somewhere else, and compare.

use super::Change;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
};
use crate::{
    context::Context,
    domain::{ids::MerchantId, people::actor::Actor},
    values,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// The hash before the first entry.
const BEGINNING: &str = "";
/// How many entries are read at once.
const BATCH: i64 = 1_000;

/// What a chain consists of, in the order in which it is hashed.
struct Entry {
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

impl Entry {
    /// SHA-256 over the hash before and every member, as one JSON array with sorted keys: no two entries share a text.
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
        // Entries from before it was kept have none, and hash as they did.
        members.extend(self.origin.iter().map(|origin| json!(origin)));
        let members = Json::Array(members);
        Sha256::digest(members.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The text of a document with its keys in order; PostgreSQL keeps them in another one than they were written in.
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

/// Appends an entry to its merchant's chain, which is held until the transaction ends. To be called after every other lock
/// of the transaction was taken: two transactions that take chain and balances in different orders would wait for each
/// other. Answers the number of the entry.
pub(in crate::store) async fn append(
    transaction: &mut Transaction,
    actor: &Actor,
    context: &Context<'_>,
    change: &Change<'_>,
) -> Result<i64, Error> {
    let merchant = actor.merchant();
    let (length, head) = lock_chain(transaction, merchant).await?;
    let entry = Entry {
        merchant: merchant.0,
        number: length + 1,
        id: context.id(),
        actor_kind: actor.kind().to_owned(),
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

/// Puts rows of several merchants in the one order in which their chains may be held together.
pub(in crate::store) fn sort_by_merchant(rows: &mut [Row]) -> Result<(), Error> {
    let read = |row: &Row| row.get::<Uuid>("merchant_id");
    rows.iter().try_for_each(|row| read(row).map(drop))?;
    rows.sort_by_cached_key(|row| read(row).unwrap_or_default());
    Ok(())
}

async fn lock_chain(transaction: &mut Transaction, merchant: MerchantId) -> Result<(i64, String), Error> {
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

/// A merchant's chain, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// Whose.
    pub merchant: MerchantId,
    /// How many entries it should have.
    pub length: i64,
    /// The newest hash; what to keep elsewhere.
    pub head: String,
    /// Entries from before there were chains; they prove nothing.
    pub unchained: i64,
    /// What is wrong, in the order of the chain.
    pub problems: Vec<ChainProblem>,
}

/// Something that was done to the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainProblem {
    /// Its content is not what was hashed, or it stands where another stood.
    Changed {
        /// Its number.
        number: i64,
        /// Its id.
        id: Uuid,
    },
    /// It is not there any more.
    Missing {
        /// Its number.
        number: i64,
    },
    /// There is one more than the chain knows of.
    Surplus {
        /// Its number.
        number: i64,
        /// Its id.
        id: Uuid,
    },
    /// The newest hash is not the one that is kept beside the chain.
    HeadDiffers,
}

impl fmt::Display for ChainProblem {
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
    /// Recomputes every chain on one moment of the database.
    pub async fn verify_audit(&self) -> Result<Vec<ChainReport>, Error> {
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
            let mut report = ChainReport {
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

async fn verify_chain(snapshot: &mut Transaction, report: &mut ChainReport) -> Result<(), Error> {
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
            report.problems.extend((number + 1..entry.number).map(|number| ChainProblem::Missing { number }));
            let gap = entry.number > number + 1;
            let hash = row.get::<Option<String>>("hash")?.unwrap_or_default();
            // After a gap the hash before is not known, so the entry itself cannot be judged.
            if entry.number > report.length {
                report.problems.push(ChainProblem::Surplus { number: entry.number, id: entry.id });
            } else if !gap && entry.hash(&before) != hash {
                report.problems.push(ChainProblem::Changed { number: entry.number, id: entry.id });
            }
            number = entry.number;
            before = hash;
        }
        if rows.is_empty() {
            break;
        }
    }
    report.problems.extend((number + 1..=report.length).map(|number| ChainProblem::Missing { number }));
    if report.problems.is_empty() && before != report.head {
        report.problems.push(ChainProblem::HeadDiffers);
    }
    Ok(())
}

fn from_row(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
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
