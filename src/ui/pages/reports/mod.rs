//! Reports.

pub mod activity;
pub mod reconciliation;
pub mod statement;
pub mod statements;
