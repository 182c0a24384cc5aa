//! Reports over payments and refunds.

pub mod activity;
pub mod reconciliation;
