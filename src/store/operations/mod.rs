//! The API log, the watchdog for overdue states, and the check of the invariants.

pub mod api_log;
pub mod check;
pub mod watchdog;
