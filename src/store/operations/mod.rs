//! The API log, the audit log, the watchdog for overdue states, the check of the invariants, and the state of the server.

pub mod api_log;
pub mod audit;
pub mod check;
mod check_chains;
pub mod health;
pub mod watchdog;
