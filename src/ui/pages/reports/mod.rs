//! Reports.

pub mod activity;
pub mod balance;
pub mod balances;
pub mod reconciliation;
pub mod statement;
pub mod statements;
mod top_up;
