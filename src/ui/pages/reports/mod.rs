//! Reports.

pub mod payouts;
pub mod reconciliation;
