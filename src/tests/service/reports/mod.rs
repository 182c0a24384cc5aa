//! Reports.

mod activity;
mod reconciliation;
mod statements;
