//! Mail to customers.

pub mod outbox;
