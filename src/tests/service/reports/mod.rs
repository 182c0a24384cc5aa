//! Reports.

mod activity;
mod reconciliation;
