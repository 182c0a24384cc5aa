//! Reports over payments and refunds.

pub mod payouts;
pub mod reconciliation;
