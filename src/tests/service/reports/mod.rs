//! Reports.

mod activity;
mod balances;
mod house_currency;
mod reconciliation;
mod statements;
