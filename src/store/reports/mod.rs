//! Reports over payments and refunds together.

pub mod activity;
pub mod reconciliation;
pub mod statements;
pub mod transfers;
