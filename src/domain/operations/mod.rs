//! Overdue states, and redaction of logs.

pub mod networks;
pub mod redaction;
pub mod watchdog;
