//! Reports.

mod reconciliation;
