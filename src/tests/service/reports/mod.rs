//! Reports.

mod activity;
mod house_currency;
mod reconciliation;
mod statements;
