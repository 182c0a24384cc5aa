//! The database that the use cases call. One method is one transaction, and callers never see the transaction itself.
//!
//! A method loads rows under lock, lets the domain decide, and writes the result together with the timeline entry, the
//! audit entry and the outbox event. There is one implementation for both engines; `engine` hides what differs.

pub mod address_book;
pub mod chain;
pub mod customers;
pub mod engine;
mod error;
mod failure;
pub mod intents;
pub mod ledger;
mod lookups;
pub mod mail;
pub mod notices;
pub mod notifications;
pub mod operations;
pub mod people;
pub mod policy;
pub mod records;
pub mod refunds;
pub mod reports;
pub mod saved_views;
pub mod search;
mod unit_of_work;
pub mod webhooks;

pub use engine::{Database, migrations};
pub use error::{CorruptColumn, Error};

use reports::turns::Turns;
use std::sync::Arc;
use unit_of_work::Subscriber;

/// The subscribers called for each recorded event, in this order. They are listed here because they build messages from
/// every part of the store: if `records` knew them, it would depend on all the other modules.
const SUBSCRIBERS: &[Subscriber] = &[
    |work, event, _| Box::pin(webhooks::queue::enqueue_for_endpoints(work, event)),
    |work, event, facts| Box::pin(notifications::coingate::enqueue_callbacks(work, event, facts)),
    |work, event, facts| Box::pin(notifications::circle::enqueue_notifications(work, event, facts)),
];

/// The store that use cases call.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    subscribers: &'static [Subscriber],
    /// The name under which this server leases work.
    server: Arc<str>,
    statement_turns: Turns,
}

impl Store {
    /// Wraps an open, migrated database.
    pub fn new(database: Database) -> Self {
        Self { database, subscribers: SUBSCRIBERS, server: "requite".into(), statement_turns: Turns::default() }
    }

    /// The same with the name of this server.
    #[must_use]
    pub fn named(self, server: &str) -> Self {
        Self { server: server.into(), ..self }
    }

    /// Closes every connection after running transactions have ended.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
