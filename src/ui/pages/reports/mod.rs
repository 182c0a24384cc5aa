//! Reports.

pub mod activity;
pub mod reconciliation;
