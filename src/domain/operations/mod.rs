//! Overdue states, and redaction of logs.

pub mod redaction;
pub mod watchdog;
