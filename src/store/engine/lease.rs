//! Queues shared by several servers. A server leases due rows for a limited time; when it dies, its leases end and
//! another server takes the rows over. A server that starts again ends its own leases at once (`server_name.rs`).
//!
//! A queue is a table with a state, `next_attempt_at` and `leased_until`. The end of a lease also identifies its owner:
//! a row is never taken before its lease has ended, so no two leases of a row end at the same time.

use super::{Error, Row, StoreError, Transaction};
use crate::values;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A queue table.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct LeaseQueue {
    table: &'static str,
    open: &'static str,
}

impl LeaseQueue {
    /// Describes a queue by its table and the condition of unfinished rows. The condition must begin with a column
    /// name.
    pub const fn new(table: &'static str, open: &'static str) -> Self {
        Self { table, open }
    }

    /// Returns the SQL condition of rows that can be leased: unfinished, due and not leased. `prefix` is put before
    /// each column; `now` is the number of the placeholder for the current time.
    pub fn due(&self, prefix: &str, now: usize) -> String {
        let (open, free) = (self.open, Self::free(prefix, now));
        format!("{prefix}{open} and {prefix}next_attempt_at <= ${now} and {free}")
    }

    /// Returns the SQL condition of rows that are not leased.
    pub fn free(prefix: &str, now: usize) -> String {
        format!("({prefix}leased_until is null or {prefix}leased_until <= ${now})")
    }

    /// Returns the SQL condition of an unfinished row still leased until the time in placeholder `held_until`.
    pub fn held(&self, held_until: usize) -> String {
        format!("{} and leased_until = ${held_until}", self.open)
    }

    /// Returns whether any row can be leased. Nearly always none can, so ask in a read transaction before beginning a
    /// write transaction.
    pub async fn has_due(&self, snapshot: &mut Transaction, now: DateTime<Utc>) -> Result<bool, Error> {
        let sql = format!("select id from {} where {} limit 1", self.table, self.due("", 1));
        Ok(snapshot.optional(sql, values![now]).await?.is_some())
    }

    /// Locks rows that can be leased, the longest due first; lease them with [`LeaseQueue::lease`]. Rows that another
    /// server has locked are skipped.
    pub async fn lock_due(
        &self,
        transaction: &mut Transaction,
        select: &str,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Row>, Error> {
        let Self { table, .. } = self;
        let (due, lock) = (self.due("", 1), transaction.for_update_skip_locked());
        let sql = format!("{select} from {table} where {due} order by next_attempt_at limit {limit}{lock}");
        transaction.all(sql, values![now]).await
    }

    /// Leases a locked row to a server.
    pub async fn lease(
        &self,
        transaction: &mut Transaction,
        id: Uuid,
        until: DateTime<Utc>,
        server: &str,
    ) -> Result<(), Error> {
        let sql = format!("update {} set leased_until = $1, leased_by = $2 where id = $3", self.table);
        transaction.execute(sql, values![until, server, id]).await.map(drop)
    }

    /// Ends the leases of a server that has stopped. Returns how many there were.
    pub async fn end_leases_of(
        &self,
        transaction: &mut Transaction,
        server: &str,
        now: DateTime<Utc>,
    ) -> Result<u64, Error> {
        let sql = format!(
            "update {} set leased_until = null where {} and leased_by = $1 and leased_until > $2",
            self.table, self.open
        );
        transaction.execute(sql, values![server, now]).await
    }

    /// Returns since when the row that has waited longest could have been leased.
    pub async fn oldest_due(
        &self,
        snapshot: &mut Transaction,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = format!(
            "select next_attempt_at from {} where {} order by next_attempt_at limit 1",
            self.table,
            self.due("", 1)
        );
        Ok(snapshot.optional(sql, values![now]).await?.map(|row| row.get("next_attempt_at")).transpose()?)
    }

    /// Returns whether the lease is still valid.
    pub async fn is_held(
        &self,
        transaction: &mut Transaction,
        id: Uuid,
        held_until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let sql = format!("select id from {} where id = $1 and {}", self.table, self.held(2));
        Ok(transaction.optional(sql, values![id, held_until]).await?.is_some())
    }

    /// Extends a lease. Returns `false` if the lease was lost.
    pub async fn extend(
        &self,
        transaction: &mut Transaction,
        id: Uuid,
        held_until: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let sql = format!("update {} set leased_until = $1 where id = $2 and {}", self.table, self.held(3));
        Ok(transaction.execute(sql, values![until, id, held_until]).await? == 1)
    }

    /// Releases a row and schedules its next attempt. Does nothing if the lease was lost.
    pub async fn release(
        &self,
        transaction: &mut Transaction,
        id: Uuid,
        held_until: DateTime<Utc>,
        next_attempt_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let sql = format!(
            "update {} set leased_until = null, next_attempt_at = $1 where id = $2 and {}",
            self.table,
            self.held(3)
        );
        transaction.execute(sql, values![next_attempt_at, id, held_until]).await.map(drop)
    }
}
