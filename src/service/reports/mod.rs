//! Reports over payments and refunds together.

pub mod reconciliation;
