//! The signer's log of requests: a hash chain in the memory's file. An entry that is changed, removed or added later
//! breaks it, and the signer does not start with a broken one.

use super::memory::Error;
use crate::domain::counted::counted;
use alloy_primitives::{B256, hex, keccak256};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

/// How many requests that sign nothing are written in a minute. The others are counted, since whoever can send requests
/// could otherwise fill the disk.
pub(super) const WRITTEN_PER_MINUTE: u32 = 20;
/// The outcome of a request that was signed anew. Its detail is the hash of the transaction.
const SIGNED: &str = "signed";

/// An entry before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The id of the user who asked.
    pub peer: u32,
    pub request: &'static str,
    pub outcome: &'static str,
    pub detail: String,
}

impl Entry {
    pub fn signed(peer: u32, request: &'static str, hash: B256) -> Self {
        Self { peer, request, outcome: SIGNED, detail: hash.to_string() }
    }
}

/// Requests that are counted and not yet written.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counted: BTreeMap<(u32, &'static str, &'static str), u64>,
    minute: Option<DateTime<Utc>>,
    written: u32,
}

impl Tally {
    /// Whether an entry may still be written in this minute. Otherwise it is counted.
    pub fn admit(&mut self, entry: &Entry, now: DateTime<Utc>) -> bool {
        if self.minute.is_none_or(|minute| now.signed_duration_since(minute) >= TimeDelta::minutes(1)) {
            self.minute = Some(now);
            self.written = 0;
        }
        if self.written < WRITTEN_PER_MINUTE {
            self.written += 1;
            return true;
        }
        self.count(entry.peer, entry.request, entry.outcome);
        false
    }

    pub fn count(&mut self, peer: u32, request: &'static str, outcome: &'static str) {
        let number = self.counted.entry((peer, request, outcome)).or_default();
        *number = number.saturating_add(1);
    }

    /// What was counted, as entries to be written before the next one.
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |(&(peer, request, outcome), number): (&(u32, &'static str, &'static str), &u64)| Entry {
            peer,
            request,
            outcome,
            detail: format!("{}, not written one by one", counted(*number, "time")),
        };
        self.counted.iter().map(entry).collect()
    }

    /// Forgets what was counted, once it is written.
    pub fn clear(&mut self) {
        self.counted.clear();
    }
}

/// Appends entries within a transaction.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let last = sqlx::query("select sequence, hash from log order by sequence desc limit 1");
    let (mut sequence, mut previous) = match last.fetch_optional(&mut *connection).await? {
        Some(row) => (row.try_get::<i64, _>(0)?, row.try_get(1)?),
        None => (0, String::new()),
    };
    for Entry { peer, request, outcome, detail } in entries {
        sequence = sequence.checked_add(1).ok_or(Error::Value)?;
        let at = now.timestamp_millis();
        previous = chained(&previous, sequence, at, i64::from(*peer), [request, outcome, detail]);
        sqlx::query(
            "insert into log (sequence, at, peer, request, outcome, detail, hash) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(sequence)
        .bind(at)
        .bind(i64::from(*peer))
        .bind(*request)
        .bind(*outcome)
        .bind(detail)
        .bind(&previous)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The hash of an entry and of all before it.
fn chained(previous: &str, sequence: i64, at: i64, peer: i64, texts: [&str; 3]) -> String {
    // JSON, so that no two entries have the same text.
    let entry = serde_json::json!([previous, sequence, at, peer, texts]);
    hex::encode(Sha256::digest(entry.to_string()))
}

/// Recomputes the chain, and compares it with the signatures: each has its entry, and its bytes have its hash.
pub(super) async fn verify(connection: &mut SqliteConnection) -> Result<(), Error> {
    let mut previous = String::new();
    let mut expected = 0;
    let mut signed = Vec::new();
    let sql = "select sequence, at, peer, request, outcome, detail, hash from log where sequence > $1
        order by sequence limit 1000";
    loop {
        let rows = sqlx::query(sql).bind(expected).fetch_all(&mut *connection).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            expected += 1;
            let [request, outcome, detail]: [&str; 3] = [row.try_get(3)?, row.try_get(4)?, row.try_get(5)?];
            let sequence: i64 = row.try_get(0)?;
            let hash = chained(&previous, sequence, row.try_get(1)?, row.try_get(2)?, [request, outcome, detail]);
            if sequence != expected || hash != row.try_get::<&str, _>(6)? {
                return Err(Error::Changed(format!("entry {expected} of the log")));
            }
            if outcome == SIGNED {
                signed.push(detail.to_owned());
            }
            previous = hash;
        }
    }
    verify_signatures(connection, &signed).await
}

/// Compares the signatures with the hashes that the log has of them.
async fn verify_signatures(connection: &mut SqliteConnection, logged: &[String]) -> Result<(), Error> {
    let mut logged = logged.iter();
    let mut last = 0;
    let sql = "select sequence, hash, raw from signatures where sequence > $1 order by sequence limit 1000";
    loop {
        let rows = sqlx::query(sql).bind(last).fetch_all(&mut *connection).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            last = row.try_get(0)?;
            let (hash, raw): (&str, &str) = (row.try_get(1)?, row.try_get(2)?);
            let computed = hex::decode(raw).map(|raw| keccak256(raw).to_string()).unwrap_or_default();
            if computed != hash {
                return Err(Error::Changed(format!("signature {last}")));
            }
            if logged.next().is_none_or(|logged| logged != hash) {
                return Err(Error::Changed("signatures and log differ".to_owned()));
            }
        }
    }
    match logged.next() {
        None => Ok(()),
        Some(_) => Err(Error::Changed("signatures and log differ".to_owned())),
    }
}
