//! Whether the database can be written, and what waits in the queues.

use crate::store::{
    Error, Store,
    engine::{lease::LeaseQueue, server_name::ServerName},
    mail, refunds, webhooks,
};
use crate::values;
use chrono::{DateTime, Utc};

/// The queues that workers on all servers share, with the names that operators see.
const QUEUES: [(&str, LeaseQueue); 3] =
    [("refunds", refunds::payout::QUEUE), ("callbacks", webhooks::queue::QUEUE), (MAILS, mail::QUEUE)];
/// The queue that a server without a mail server does not empty.
pub const MAILS: &str = "mails";

/// A queue, and since when its oldest entry is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueAge {
    pub queue: &'static str,
    pub oldest_due: Option<DateTime<Utc>>,
}

impl Store {
    /// Writes and commits a row. A full disk, a read-only database or a broken connection makes it fail, as it would any
    /// other change; a query would notice none of them.
    pub async fn probe_writer(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into writer_probe (id, at) values (1, $1) on conflict (id) do update set at = excluded.at";
        transaction.execute(sql, values![now]).await?;
        transaction.commit().await
    }

    /// Returns the age of each queue.
    pub async fn queue_ages(&self, now: DateTime<Utc>) -> Result<Vec<QueueAge>, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let mut ages = Vec::with_capacity(QUEUES.len());
        for (name, queue) in QUEUES {
            ages.push(QueueAge { queue: name, oldest_due: queue.oldest_due(&mut snapshot, now).await? });
        }
        Ok(ages)
    }

    /// Takes back the work that this server had leased when it last stopped, so that it need not wait for the leases to
    /// end. Does nothing if another running server has the same name; the result is `None` then. Keep the result as long
    /// as the server runs.
    pub async fn take_back_leases(&self, now: DateTime<Utc>) -> Result<Option<(ServerName, u64)>, Error> {
        let Some(name) = self.database.lock_name(&self.server).await? else { return Ok(None) };
        let mut transaction = self.database.begin().await?;
        let mut ended = 0;
        for (_, queue) in QUEUES {
            ended += queue.end_leases_of(&mut transaction, &self.server, now).await?;
        }
        transaction.commit().await?;
        Ok(Some((name, ended)))
    }
}
