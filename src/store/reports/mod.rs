//! Reports over payments and refunds together.

pub mod activity;
pub mod closing;
pub mod kept_rates;
pub mod months;
pub mod movements;
pub mod reconciliation;
pub mod statements;
pub mod transfers;
