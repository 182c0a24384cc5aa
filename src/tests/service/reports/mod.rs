//! Reports.

mod reconciliation;
mod statements;
