//! What keeps a server healthy: overdue states, and removing private data from logs.

pub mod redaction;
pub mod watchdog;
