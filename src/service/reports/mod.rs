//! Reports over payments and refunds.

pub mod activity;
pub mod balances;
pub mod kept_rates;
pub mod reconciliation;
pub mod statements;
