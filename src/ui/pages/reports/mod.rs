//! Reports.

pub mod activity;
mod activity_charts;
pub mod reconciliation;
pub mod statement;
pub mod statements;
