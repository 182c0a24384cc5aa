//! Overdue states, what moved at our own addresses, notices, and redaction of logs.

pub mod books;
pub mod networks;
pub mod notice;
pub mod redaction;
pub mod watchdog;
