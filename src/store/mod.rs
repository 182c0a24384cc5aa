//! The database behind use cases: one method is one atomic unit of work, and no transaction leaks out.
//!
//! A method loads facts under lock, asks the domain, and writes what it decided together with the timeline, the audit entry
//! and the outgoing event. There is one implementation for both engines; `database` hides what differs.

pub mod access;
pub mod api_keys;
pub mod api_log;
pub mod approvals;
pub mod audit;
pub mod audit_entries;
mod callbacks;
pub mod check;
pub mod confirmations;
pub mod database;
pub mod drafts;
mod intent_rows;
pub mod intents;
pub mod ledger;
pub mod listing;
pub mod mails;
pub mod movements;
pub mod notification_subscriptions;
mod notifications;
pub mod order_endings;
pub mod orders;
pub mod payments;
pub mod policies;
pub mod quotes;
pub mod recipients;
pub mod reconciliation;
pub mod records;
pub mod refund_creation;
mod refund_steps;
pub mod refunds;
pub mod sandbox_chain;
pub mod screenings;
pub mod second_factor;
pub mod settlement;
pub mod statements;
pub mod watchdog;
pub mod webhook_deliveries;
pub mod webhook_endpoints;
pub mod webhook_outcomes;
pub mod webhook_queue;

pub use database::Database;

use crate::error::Error;

/// All that Requite remembers.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
}

impl Store {
    /// Works on an open, migrated database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<(), Error> {
        self.database.snapshot().await?.one("select 1 as alive", vec![]).await?;
        Ok(())
    }

    /// Closes every connection, after what is running has ended.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
