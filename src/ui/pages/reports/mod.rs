//! Reports.

pub mod activity;
mod activity_charts;
pub mod balance;
pub mod balances;
pub mod reconciliation;
pub mod statement;
pub mod statements;
mod top_up;
