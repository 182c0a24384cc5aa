//! The API log, overdue states and the check of invariants.

pub mod api_log;
pub mod check;
pub mod watchdog;
