//! Queues that several servers share: a server takes rows that are due for a limited time, its lease. When it dies, its
//! leases end and another server takes over.
//!
//! A queue is a table with a state, `next_attempt_at` and `leased_until`. The end of a lease also says whose it is: nobody
//! takes a row before its lease has ended, so no two leases of one row end at the same time.

use super::{Error, Row, Transaction};
use crate::values;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// One of the queues.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct LeaseQueue {
    table: &'static str,
    open: &'static str,
}

impl LeaseQueue {
    /// A table, and the condition of rows that are not done yet, which begins with the name of a column.
    pub const fn new(table: &'static str, open: &'static str) -> Self {
        Self { table, open }
    }

    /// The condition of rows that can be taken: not done, due, and nobody's. `prefix` stands before each column, and `now` is
    /// the number of the placeholder that has the time.
    pub fn due(&self, prefix: &str, now: usize) -> String {
        let (open, free) = (self.open, Self::free(prefix, now));
        format!("{prefix}{open} and {prefix}next_attempt_at <= ${now} and {free}")
    }

    /// The condition of rows that nobody holds.
    pub fn free(prefix: &str, now: usize) -> String {
        format!("({prefix}leased_until is null or {prefix}leased_until <= ${now})")
    }

    /// The condition of a row that is still held under the lease that ends at the placeholder `held_until`.
    pub fn held(&self, held_until: usize) -> String {
        format!("{} and leased_until = ${held_until}", self.open)
    }

    /// Whether anything can be taken. Nearly always nothing; then no writer is needed.
    pub async fn has_due(&self, snapshot: &mut Transaction, now: DateTime<Utc>) -> Result<bool, Error> {
        let sql = format!("select id from {} where {} limit 1", self.table, self.due("", 1));
        Ok(snapshot.optional(sql, values![now]).await?.is_some())
    }

    /// Locks rows that can be taken, the longest due first, to be held with [`LeaseQueue::hold`]. Rows that another server is
    /// just taking are left out.
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

    /// Holds a locked row.
    pub async fn hold(&self, transaction: &mut Transaction, id: Uuid, until: DateTime<Utc>) -> Result<(), Error> {
        let sql = format!("update {} set leased_until = $1 where id = $2", self.table);
        transaction.execute(sql, values![until, id]).await.map(drop)
    }

    /// Whether a row is still held.
    pub async fn is_held(
        &self,
        transaction: &mut Transaction,
        id: Uuid,
        held_until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let sql = format!("select id from {} where id = $1 and {}", self.table, self.held(2));
        Ok(transaction.optional(sql, values![id, held_until]).await?.is_some())
    }

    /// Holds a row longer; `false` when it is not held any more.
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

    /// Gives a row back, to be due again later. Without effect when it is not held any more.
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
