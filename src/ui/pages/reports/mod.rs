//! Reports.

pub mod reconciliation;
pub mod statement;
pub mod statements;
