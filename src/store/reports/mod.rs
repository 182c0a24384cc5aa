//! Reports over payments and refunds together.

pub mod activity;
pub mod balance_lists;
pub mod closing;
pub mod holds;
pub mod house_currency;
pub mod kept_rates;
pub mod months;
pub mod movements;
mod periods;
pub mod reconciliation;
pub mod statements;
pub mod transfers;
pub(super) mod turns;
