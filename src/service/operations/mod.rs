//! The audit log, the API log and overdue states.

pub mod api_log;
pub mod audit;
pub mod watchdog;
