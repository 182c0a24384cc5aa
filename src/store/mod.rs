//! The database behind use cases: one method is one atomic unit of work, and no transaction leaks out.
//!
//! A method loads facts under lock, asks the domain, and writes what it decided together with the timeline, the audit entry
//! and the outgoing event. There is one implementation for both engines; `database` hides what differs.

pub mod address_book;
pub mod chain;
pub mod engine;
mod error;
pub mod intents;
pub mod ledger;
pub mod mail;
pub mod notifications;
pub mod operations;
pub mod people;
pub mod policy;
pub mod records;
pub mod refunds;
pub mod reports;
mod unit_of_work;
pub mod webhooks;

pub use engine::Database;
pub use error::{CorruptColumn, Error};

use unit_of_work::Subscriber;

/// What is done for each event, in this order. Named here, because the messages are made of everything that the store has:
/// if `records` knew them, every part of the store would need every other one.
const SUBSCRIBERS: &[Subscriber] = &[
    |work, event, _| Box::pin(webhooks::queue::enqueue_for_endpoints(work, event)),
    |work, event, facts| Box::pin(notifications::coingate::enqueue_callbacks(work, event, facts)),
    |work, event, facts| Box::pin(notifications::circle::enqueue_notifications(work, event, facts)),
];

/// The database as use cases see it.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    subscribers: &'static [Subscriber],
}

impl Store {
    /// Works on an open, migrated database.
    pub const fn new(database: Database) -> Self {
        Self { database, subscribers: SUBSCRIBERS }
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
