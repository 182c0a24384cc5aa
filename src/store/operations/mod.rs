//! The API log, the audit log, the watchdog for overdue states, and the check of the invariants.

pub mod api_log;
pub mod audit;
pub mod check;
pub mod watchdog;
