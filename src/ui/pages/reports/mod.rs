//! Reports.

pub mod reconciliation;
