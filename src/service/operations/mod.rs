//! The audit log, the API log, overdue states, and the state of the server.

pub mod api_log;
pub mod audit;
pub mod health;
pub mod watchdog;
