//! Reports over payments and refunds.

pub mod reconciliation;
